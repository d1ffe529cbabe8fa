"""Values for every message: usual ones, empty ones, and a name that must be escaped."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from branch.content.provenance import Source
from branch.exam_calendar.model import Phase
from branch.guidance.knowledge import Standing
from branch.guidance.tallies import Tally
from branch.notices.model import Link, NoticeState, Progress, Reach
from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.outbox.model import Fate
from branch.outcomes.model import OutcomeKind
from branch.outcomes.rates import Basis
from branch.outcomes.suppression import ShownCohort, ShownGroup
from branch.papers.model import CallPlan, Paper, Readers
from branch.people.life import Life
from branch.people.model import (
    AuditRecord,
    Deed,
    Grant,
    GrantId,
    Person,
    PersonId,
    Role,
    TelegramId,
)
from branch.research.achievement import Claim, Kind, Level
from branch.research.model import Problem, ProblemId, ProblemState, Topic, TopicId, TopicKind
from branch.research.overview import ResearchCounts
from branch.theme_days.afterwards import Feedback
from branch.theme_days.attendance import MemberYear
from branch.theme_days.model import (
    Counts,
    DayAudience,
    DayPlan,
    DayState,
    ThemeDay,
    ThemeDayId,
    Worries,
)
from branch.theme_days.questions import QuestionId, SpeakerQuestion
from branch.theme_days.series import SeriesPlan
from branch.tickets.model import Pseudonym, Rating, Ticket, TicketId, TicketState
from branch.tickets.records import Event, Move
from branch.tickets.thread import Side
from handlers.date_words import CalendarLine, StepWords
from texts.language import Language

Values = dict[str, Any]

AWKWARD = "<b>&\"'李"
"""Everything a name can do to HTML. A sample that holds it expects it to be shown as typed."""

AWKWARD_ADDRESS = 'https://yz.chsi.com.cn/?a=1&b="<x>'
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def person(**changes: Any) -> Person:
    usual: Values = {
        "id": PersonId(7),
        "telegram_id": TelegramId(70_000_000_007),
        "name": "林小满",
        "language": Language.ZH,
        "role": Role.STUDENT,
        "cohort": 2027,
        "intake": 2027,
        "consented_at": NOON,
    }
    return Person(**(usual | changes))


ON_ROSTER = (
    SimpleNamespace(cohort=2027, class_name=AWKWARD, name=AWKWARD),
    SimpleNamespace(cohort=2027, class_name=None, name=None),
)
SHOWN_COHORTS = (
    ShownCohort(
        cohort=2015,
        basis=Basis.RATE_ONLY,
        whole=ShownGroup(rate=0.274),
        unrostered=0,
        source=AWKWARD,
        note=AWKWARD,
    ),
    ShownCohort(
        cohort=2027,
        basis=Basis.ROSTER,
        whole=ShownGroup(
            n=120,
            advanced=57,
            rate=0.475,
            interval=(0.388, 0.564),
            verified_advanced=50,
            verified_rate=50 / 120,
            unverified=7,
            unknown=20,
            cells={OutcomeKind.ADVANCED_EXAM: 20, OutcomeKind.WORKING: None},
        ),
        classes=(
            ShownGroup(name=AWKWARD, n=30, advanced=12, rate=0.4, interval=(0.2, 0.6), unknown=6),
            ShownGroup(name=None, n=30),
            ShownGroup(name="材料2302"),
        ),
        unrostered=8,
    ),
    ShownCohort(cohort=2028, basis=Basis.NONE, whole=ShownGroup(), unrostered=None),
    ShownCohort(cohort=2029, basis=Basis.ROSTER, whole=ShownGroup(n=40), unrostered=0),
    ShownCohort(cohort=2030, basis=Basis.ROSTER, whole=ShownGroup(), unrostered=0),
)
OUTCOMES = (
    SimpleNamespace(state="verified", target=AWKWARD, reason=None, reported_at=NOON),
    SimpleNamespace(state="reported", target=None, reason=None, reported_at=NOON),
    SimpleNamespace(state="refused", target=None, reason=AWKWARD, reported_at=NOON),
)
REACH = Reach(people=120, unreachable=3, switched_off=2, resting=4)
PROGRESSES = (
    Progress(
        fates={
            Fate.DELIVERED: 700,
            Fate.UNREACHABLE: 5,
            Fate.REFUSED: 2,
            Fate.UNKNOWN: 1,
            Fate.WAITING: 104,
        },
        receipts=600,
        rate=24.5,
        next_at=NOON,
    ),
    Progress(fates={Fate.DELIVERED: 3}),
)
FIGURE_LINES = [
    SimpleNamespace(name="问题", value="1,204", before="980", note=""),
    SimpleNamespace(name=AWKWARD, value="40.0%", before="", note="44 / 110，31%–49%"),
]
REFUSED_NOTICE: Values = {
    "words": "生日",
    "known": ["姓名", "班级"],
    "lacking": [("班级", 3), ("届", 1)],
    "most": 4096,
    "units": 5000,
    "reason": "Bad Request",
}


def review(**changes: Any) -> Values:
    usual: Values = {
        "everybody": True,
        "chosen": True,
        "wanted": [],
        "without": [],
        "reach": REACH,
        "gist": "明天三点开会",
        "attached": [],
        "links": [],
        "kind": "活动",
        "urgent": False,
        "wants_receipt": False,
        "send_at": None,
        "recurs_as": "",
        "next_times": [],
        "spread": 0,
        "useful_days": 3,
    }
    return usual | changes


def notice_card(**changes: Any) -> Values:
    usual: Values = {
        "number": 12,
        "gist": "明天三点开会",
        "author": "王学长",
        "state": "running",
        "paused_itself": False,
        "starts_at": NOON,
        "recurs_as": "每周四 19:00" if changes.get("state") == "recurring" else "",
        "to_come": False,
        "recipients": 812,
        "progress": PROGRESSES[0],
        "bar": "▰▰▰▱▱▱",
        "percent": 50,
        "wants_receipt": False,
        "edition": 0,
        "amending": False,
        "kind": "活动",
        "urgent": False,
        "minutes_left": 5,
        "waits_until": NOON,
    }
    return usual | changes


def listed(state: str, **changes: Any) -> Values:
    usual: Values = {
        "number": 12,
        "gist": "明天三点开会",
        "state": state,
        "at": NOON,
        "recipients": 812,
        "author": "王学长",
    }
    return usual | changes


def line(phase: Phase, name: str = "初试") -> CalendarLine:
    when = Markup("12 月 19 日（周六，还有 <b>27</b> 天）")
    return CalendarLine(name=name, phase=phase, when=when)


def step(**changes: Any) -> StepWords:
    usual: Values = {
        "line": _OPEN,
        "intake": 2027,
        "daily": "",
        "note": "",
        "provinces": [],
        "source": Source(name="研招网", url="https://yz.chsi.com.cn/"),
        "checked_on": TODAY,
    }
    return StepWords(**(usual | changes))


def grant(name: str, until: datetime | None) -> Grant:
    return Grant(
        id=GrantId(3),
        person_id=PersonId(7),
        name=name,
        role=Role.MEMBER,
        granted_at=NOON,
        until=until,
    )


def record(actor: int | None, about: int | None) -> AuditRecord:
    return AuditRecord(
        at=NOON,
        actor=None if actor is None else PersonId(actor),
        deed=Deed.ROLE_GRANTED,
        about=None if about is None else PersonId(about),
    )


def ticket(**changes: Any) -> Ticket:
    usual: Values = {
        "id": TicketId(12),
        "asker": PersonId(7),
        "gist": "390 分该保一志愿还是冲一冲",
        "asked_at": NOON,
        "promised_at": NOON + timedelta(hours=24),
    }
    return Ticket(**(usual | changes))


_TICKETS = (
    ticket(),
    ticket(gist=AWKWARD, state=TicketState.CLAIMED, member=PersonId(8), member_name=AWKWARD),
    ticket(gist="😀" * 60, state=TicketState.ANSWERED, answered_at=NOON, intake=2027),
)
_QUESTION = "<b>390 分</b>该保一志愿还是冲一冲？&lt;i&gt;"

_RATED = ticket(
    state=TicketState.CLOSED, answered_at=NOON, closed_at=NOON, rating=Rating(2, AWKWARD, NOON)
)
_SLEEPING = ticket(
    asker=None,
    pseudonym=Pseudonym(5),
    urgent=True,
    tags=("奖学金", AWKWARD),
    snoozed_until=NOON + timedelta(days=1),
)


def said(side: Side, text: str, **changes: Any) -> Values:
    usual: Values = {
        "side": str(side),
        "text": text,
        "who": None if side is Side.ASKER else AWKWARD,
        "at": NOON,
        "attached": [],
        "edited": False,
        "standing": None,
    }
    return usual | changes


_SAID = [
    said(Side.ASKER, _QUESTION, edited=True, attached=["图片 1 张", AWKWARD]),
    said(Side.MEMBER, "先想清楚", standing="✓ 已送达"),
    said(Side.NOTE, "他上次也问过"),
    said(Side.ASKER, "", attached=["语音 1 条"]),
]
_CARD: Values = {
    "ticket": _TICKETS[0],
    "who": "安静的水獭",
    "state": "等人接",
    "subject": None,
    "asleep": False,
    "said": _SAID,
    "left_out": 0,
}
_EVENT = Event(ticket=TicketId(12), move=Move.ANSWERED, at=NOON, by=PersonId(8), by_name=AWKWARD)


class Entry:
    """As much of an entry as its screen reads."""

    def __init__(self, *, intake: int | None, source: Source) -> None:
        self.intake = intake
        self.source = source
        self.checked_on = TODAY
        self.review_after = TODAY


def answer(**changes: Any) -> Values:
    entry = Entry(intake=2027, source=Source(name="研招网", url="https://yz.chsi.com.cn/"))
    usual: Values = {
        "question": "今年考研哪天考",
        "body": "在 <b>12 月 19 日</b>。\n\n<blockquote expandable>四门 &amp; 两天</blockquote>",
        "translated": True,
        "stale": False,
        "unchecked": False,
        "other_intake": False,
        "past_intake": False,
        "others": (),
        "entry": entry,
    }
    return usual | changes


def dated(phase: Phase, **changes: Any) -> Values:
    usual: Values = {
        "phase": str(phase),
        "first": date(2026, 12, 19),
        "last": date(2026, 12, 20),
        "year": False,
        "days": 27,
        "days_to_end": 28,
        "ends": None,
        "usual": "mid October",
        "next_intake": 2028,
        "next_first": None,
        "next_last": None,
    }
    return usual | changes


def undated(phase: Phase, **changes: Any) -> Values:
    nothing = {"first": None, "last": None, "days": None, "days_to_end": None}
    return dated(phase, **(nothing | changes))


def _dates() -> Iterable[Values]:
    for phase in (Phase.UPCOMING, Phase.UNDER_WAY, Phase.OVER):
        yield dated(phase)
        yield dated(phase, last=date(2026, 12, 19), year=True, days=0, usual="")
        yield dated(phase, last=date(2027, 1, 3), days=1, days_to_end=0)
        yield dated(phase, ends=NOON)
        yield dated(phase, next_first=date(2027, 12, 25), next_last=date(2027, 12, 26))
    for phase in (Phase.NOT_ANNOUNCED, Phase.PROBABLY_OVER):
        yield undated(phase)
        yield undated(phase, usual="")
        yield undated(phase, usual="10 月中下旬")


def _answers() -> Iterable[Values]:
    plain, unknown = Source(name=AWKWARD), Source(name="研招网", url=AWKWARD_ADDRESS)
    yield answer()
    yield answer(question=AWKWARD)
    yield answer(translated=False, stale=True, unchecked=True)
    yield answer(others=[1, 2])
    yield answer(past_intake=True, entry=Entry(intake=None, source=plain))
    yield answer(other_intake=True, question=AWKWARD, entry=Entry(intake=2026, source=unknown))


class Written:
    """As much of a revision as a screen reads."""

    def __init__(self, by_name: str | None) -> None:
        self.by_name = by_name
        self.at = NOON


class DateEdit(Written):
    def __init__(self, deed: str, by_name: str | None) -> None:
        super().__init__(by_name)
        self.deed = deed


class KnownEntry(Entry):
    def __init__(self, *, intake: int | None, source: Source, needs_check: str | None) -> None:
        super().__init__(intake=intake, source=source)
        self.needs_check = needs_check


def known(**changes: Any) -> Values:
    source = Source(name="研招网", url="https://yz.chsi.com.cn/")
    usual: Values = {
        "lead": "",
        "entry": KnownEntry(intake=2027, source=source, needs_check=None),
        "question": "今年考研哪天考",
        "body": Markup("在 <b>12 月 19 日</b>。\n\n<blockquote expandable>四门</blockquote>"),
        "reliability": "A 官方",
        "origin": "来自文件",
        "wordings": 8,
        "english": True,
        "related": [],
        "latest": None,
        "deed": "",
        "on_shelf": True,
        "conflict": False,
    }
    return usual | changes


def _known() -> Iterable[Values]:
    doubtful = KnownEntry(intake=None, source=Source(name=AWKWARD), needs_check=AWKWARD)
    yield known()
    yield known(on_shelf=False, latest=Written(None), deed="下线", wordings=1, english=False)
    yield known(
        lead="✅ 已上线。",
        entry=doubtful,
        question=AWKWARD,
        related=[AWKWARD, "初试"],
        latest=Written(AWKWARD),
        deed="修改",
        conflict=True,
    )


def preview(**changes: Any) -> Values:
    usual: Values = {
        "answer": Markup("📌 今年考研哪天考\n\n在 <b>12 月 19 日</b>。"),
        "changed": [],
        "wordings": 8,
        "enough": True,
        "too_long": False,
        "near": [],
    }
    return usual | changes


def standing(**counts: int) -> Standing:
    nothing = dict.fromkeys(("from_chat", "unchecked", "due", "retired", "conflicts"), 0)
    return Standing(**(nothing | {"total": 118} | counts))


def _reports() -> Iterable[Values]:
    usual: Values = {
        "name": "faq.csv",
        "new": 12,
        "changed": 0,
        "same": 3,
        **{key: [] for key in ("misfits", "doubled", "near", "unknown", "held", "broken", "drift")},
        **dict.fromkeys(("more_misfits", "more_doubled", "more_near"), 0),
        **dict.fromkeys(("not_compared", "left_out"), 0),
    }
    yield usual
    yield usual | {"drift": [AWKWARD, "初试几号"]}
    yield usual | {
        "name": AWKWARD,
        "misfits": [(2, "答案", AWKWARD)] * 6,
        "more_misfits": 40,
        "doubled": [(3, AWKWARD, 2, ""), (4, AWKWARD, None, AWKWARD)] * 3,
        "more_doubled": 1,
        "near": [(5, AWKWARD, AWKWARD)] * 6,
        "more_near": 2,
        "unknown": [AWKWARD],
        "held": [7, 8],
        "broken": [AWKWARD] * 6,
        "not_compared": 4000,
        "left_out": 9,
    }


def _nothing() -> list[Values]:
    return [{}]


class Stale:
    """As much of an entry to look at as its screen reads."""

    def __init__(self, *, disliked: bool, overdue: bool, words: tuple[str, ...] = ()) -> None:
        self.disliked = disliked
        self.overdue = overdue
        self.words = words
        self.helpful, self.not_helpful = 5, 4
        self.entry = Entry(intake=None, source=Source(name="研招网"))


def _overdue() -> Stale:
    return Stale(disliked=False, overdue=True)


def _disliked(*words: str) -> Stale:
    return Stale(disliked=True, overdue=True, words=words)


_GAP: Values = {"days": 7, "heading": "复试要带电脑吗", "times": 5}
_NO_GAPS: Values = {"days": 7, "questions": 0, "kinds": 0, "left_out": 0}
_WEEK: Values = {"questions": 23, "kinds": 9, "disliked": 0, "overdue": 0}
_TERM = NOON + timedelta(days=280)
_LINK = "https://t.me/linghang_bot?start=join_x-Y_9"
_LINES = [line(phase, AWKWARD) for phase in Phase]
_SOURCES = (
    Source(name=""),
    Source(name=AWKWARD),
    Source(name="研招网", url="https://yz.chsi.com.cn/"),
)
_STEP: Values = {
    "intake": 2027,
    "name": AWKWARD,
    "when": Markup("2 月 26 日（周五，还有 <b>93</b> 天）"),
}
_CLASHES: Sequence[Values] = [
    {"clash": None, "clash_name": "", "clash_before": False},
    *(
        {
            "clash": SimpleNamespace(first_day=date(2026, 12, 19)),
            "clash_name": AWKWARD,
            "clash_before": before,
        }
        for before in (True, False)
    ),
]
_MINE: Values = {
    "intake": 2027,
    "asked": True,
    "paused": False,
    "milestones": [],
    "leads": ["提前 7 天", "当天"],
    "coming": [],
}
_OPEN = CalendarLine(
    name=AWKWARD,
    phase=Phase.NOT_ANNOUNCED,
    when=Markup("往年 2 月下旬"),
    earlier=[(2026, date(2026, 2, 28), date(2026, 2, 28)), (2025, TODAY, date(2026, 12, 3))],
)
_NO_LINES: Values = {"dated": [], "undated": [], "past": []}

PLANS = [
    DayPlan(title="红色故事代代传", starts_at=NOON, place="材料楼 A204", capacity=40),
    DayPlan(
        title=AWKWARD,
        starts_at=NOON + timedelta(days=1),
        place=AWKWARD,
        speakers=AWKWARD,
        audience=DayAudience.MEMBERS,
        cover="AgAC",
    ),
    DayPlan(title="主题党日", starts_at=NOON, place=""),
]
_TIMES = [NOON, NOON + timedelta(days=28)]
_DAYS = [
    ThemeDay(id=ThemeDayId(number), plan=plan, state=DayState.OPEN, author=PersonId(1), version=0)
    for number, plan in enumerate(PLANS, start=1)
]
_SERIES = [
    SeriesPlan(name="红色故事代代传", description="讲给新生听"),
    SeriesPlan(
        name=AWKWARD,
        description=AWKWARD,
        logo="AgAC",
        recurs_as="每月第二个周四 19:00",
        place=AWKWARD,
        capacity=40,
    ),
]
_SPEAKER_QUESTIONS = [
    SpeakerQuestion(
        id=QuestionId(number),
        day=ThemeDayId(1),
        text=text,
        votes=votes,
        mine=bool(answer),
        voted=votes > 1,
        answer=answer,
        asked_at=NOON,
    )
    for number, (text, votes, answer) in enumerate(
        [(AWKWARD, 1, None), ("问" * 200, 7, AWKWARD)], start=1
    )
]
_YEARS = [
    MemberYear(person=PersonId(1), name=AWKWARD, came=5, excused=0, absent=0),
    MemberYear(person=PersonId(2), name="王一", came=2, excused=1, absent=2),
]

PROBLEMS = [
    Problem(
        id=ProblemId(1),
        name=AWKWARD,
        state=ProblemState.OPEN,
        solution="",
        author=PersonId(1),
        theme_day=None,
        topics=1,
        votes=0,
    ),
    Problem(
        id=ProblemId(2),
        name="钛合金" + AWKWARD,
        state=ProblemState.SOLVED,
        solution=AWKWARD,
        author=None,
        theme_day=3,
        topics=14,
        votes=9,
    ),
]
TOPIC = Topic(
    id=TopicId(1),
    kind=TopicKind.HOT,
    text=AWKWARD,
    person=PersonId(1),
    name=AWKWARD,
    at=NOON,
    problem=None,
)
CLAIMS = [
    Claim(
        kind=Kind.PATENT,
        title=AWKWARD,
        authors=(AWKWARD, "B"),
        venue=AWKWARD,
        year=2024,
        level=Level.INVENTION,
        number=AWKWARD,
    ),
    Claim(
        kind=Kind.PAPER,
        title=AWKWARD,
        authors=("A",),
        venue="Acta Materialia",
        year=1980,
        level=Level.SCI,
        doi="10.1016/j.actamat.2020.01.001",
        evidence=Enclosure(EnclosureKind.DOCUMENT, "file", AWKWARD),
    ),
]
RESEARCH_COUNTS = [
    ResearchCounts(problems=0, solved=0, loose=0, confirmed=0, waiting=0),
    ResearchCounts(problems=12, solved=3, loose=5, confirmed=40, waiting=2),
]


CALL_PLANS = [
    CallPlan(theme="党建引领科研攻关", deadline=NOON),
    CallPlan(theme=AWKWARD, deadline=NOON),
]
GUIDED_CALLS = [
    CALL_PLANS[0],
    CallPlan(
        theme=AWKWARD,
        deadline=NOON,
        guidance="写身边的事。\n三千字左右。",
        least=100,
        body_most=5000,
        readers=Readers.EVERYBODY,
        own=("所在党小组", "指导教师"),
    ),
]
LATE_CALLS = [*GUIDED_CALLS, replace(GUIDED_CALLS[1], late_code="夏天2026", guidance=AWKWARD)]
PAPER_TABLES = [
    SimpleNamespace(
        call=SimpleNamespace(plan=CALL_PLANS[1]),
        called=9,
        members=9,
        others=0,
        drafts=0,
        begun=[],
        accepted=7,
        awarded=3,
        absent=[],
    ),
    SimpleNamespace(
        call=SimpleNamespace(plan=CALL_PLANS[1]),
        called=9,
        members=7,
        others=2,
        drafts=1,
        begun=[AWKWARD],
        accepted=7,
        awarded=3,
        absent=["王一", AWKWARD],
    ),
]
WHOLE_PAPERS = [
    Paper(title="一", coauthors="", abstract="二", keywords=""),
    Paper(title=AWKWARD, coauthors=AWKWARD, abstract=AWKWARD, keywords=AWKWARD),
]
PAPERS = [Paper(), Paper(title=AWKWARD)]

ALERTS: list[Values] = [
    {"name": name, "telegram_id": 70_000_000_007, "at": NOON, "others": others}
    for name, others in (("林小满", 0), (AWKWARD, 1), ("字" * 128, 12))
]

SAMPLES: dict[str, list[Values]] = {
    "alarm/alert": ALERTS,
    "alarm/perhaps": ALERTS,
    "answers/answer": list(_answers()),
    "answers/choices": _nothing(),
    "answers/gone": _nothing(),
    "answers/none_of_these": [{"kept": True}, {"kept": False}],
    "answers/not_covered": [{"nearest": []}, {"nearest": [1]}],
    "answers/noted": [
        answer(reason="没答到点上", near=[]),
        answer(reason="Off the point", near=[1], question=AWKWARD),
    ],
    "answers/part": [
        {"number": 1, "count": 2, "question": "国家线多少", "more": False},
        {"number": 4, "count": 4, "question": AWKWARD, "more": True},
        {"number": 1, "count": 3, "question": "问" * 300, "more": True},
    ],
    "answers/topic": [{"emoji": "👩‍🏫", "name": "联系导师"}, {"emoji": "🗓", "name": AWKWARD}],
    "answers/topics": _nothing(),
    "answers/why": [answer(), answer(question=AWKWARD, stale=True)],
    "answers/words_kept": _nothing(),
    "answers/write_words": [{"question": "今年考研哪天考"}, {"question": AWKWARD}],
    "audit/audit": [
        {"records": []},
        {"records": [(record(None, None), AWKWARD, "")]},
        {"records": [(record(7, 7), "加入", ""), (record(7, 8), "授予角色", AWKWARD)] * 10},
    ],
    "boundaries/abuse": _nothing(),
    "boundaries/despair": [{"told": True}, {"told": False}],
    "boundaries/elsewhere": [{"nearest": ()}, {"nearest": [1]}],
    "boundaries/instruct": _nothing(),
    "boundaries/perhaps_despair": [{"told": True}, {"told": False}],
    "boundaries/personal": [{"nearest": ()}, {"nearest": [1]}],
    "boundaries/smalltalk": _nothing(),
    "boundaries/smalltalk_bye": _nothing(),
    "boundaries/smalltalk_greeting": _nothing(),
    "boundaries/smalltalk_thanks": _nothing(),
    "boundaries/smalltalk_who_are_you": _nothing(),
    "calendar/calendar": [
        {**_NO_LINES, "intake": 2027, "asked_intake": None, "dated": [line(Phase.UPCOMING)]},
        {**_NO_LINES, "intake": 2027, "asked_intake": 2027, "undated": _LINES},
        {**_NO_LINES, "intake": 2027, "asked_intake": 2027, "past": _LINES},
        {
            "intake": 2027,
            "asked_intake": 2031,
            "dated": _LINES,
            "undated": [*_LINES, _OPEN],
            "past": _LINES,
        },
    ],
    "calendar/drawn": [{"at": NOON}],
    "calendar/event": [
        {"daily": None, "note": "", "source": Source(name=AWKWARD)},
        {
            "daily": "9:00–22:00",
            "note": AWKWARD,
            "source": Source(name="研招网", url=AWKWARD_ADDRESS),
        },
    ],
    "calendar/file": [{"intake": 2027, "count": 1}, {"intake": 2027, "count": 12}],
    "calendar/nothing_dated": [{"intake": 2028}],
    "calendar/picture": [{"intake": 2027}],
    "calendar/step": [
        {"step": step()},
        {
            "step": step(
                line=line(Phase.OVER, AWKWARD),
                daily=AWKWARD,
                note=AWKWARD,
                provinces=[(AWKWARD, AWKWARD)],
                source=Source(name=AWKWARD),
                checked_on=None,
            )
        },
        {"step": step(source=Source(name=AWKWARD, url=AWKWARD_ADDRESS))},
        {"step": step(source=Source(name=""))},
    ],
    "calendar/steps": [{"intake": 2027}],
    "cancel/left": _nothing(),
    "cancel/nothing": _nothing(),
    "dates/date": list(_dates()),
    "dates/line": list(_dates()),
    "dates/status": list(_dates()),
    "dates/whole": list(_dates()),
    "dates_edit/confirm": [
        {**_STEP, "after": _STEP["when"], "source": source, "told": told, **clash}
        for source in _SOURCES[1:]
        for told in (0, 1, 300)
        for clash in _CLASHES
    ],
    "dates_edit/dates": [
        {**_STEP, "told": 0, "latest": None, "wrong": ""},
        {**_STEP, "told": 1, "latest": Written(None), "wrong": AWKWARD},
        {**_STEP, "told": 300, "latest": Written(AWKWARD), "wrong": ""},
    ],
    "dates_edit/done": [{**_STEP, "corrected": corrected} for corrected in (0, 1, 300)],
    "dates_edit/history": [
        {**_STEP, "history": []},
        {
            **_STEP,
            "history": [
                (DateEdit("changed", AWKWARD), Markup("12 月 19 日（周六）")),
                (DateEdit("undone", None), ""),
            ],
        },
    ],
    "dates_edit/left": [{"intake": 2027}],
    "dates_edit/milestone": [{"intake": 2027}],
    "dates_edit/not_written": [{"latest": None}, {"latest": Written(AWKWARD)}],
    "dates_edit/source": [
        {"source": source, "wrong": wrong} for source in _SOURCES for wrong in ("", AWKWARD)
    ],
    "duties/mine": [
        {"words": words, "some": some, "away_until": until}
        for words, some, until in (((), False, None), (("浙大", AWKWARD), True, NOON))
    ],
    "duties/too_many_known": [{"most": 20, "longest": 30}],
    "duties/write_known": [{"most": 20}],
    "errors/draft_forgotten": _nothing(),
    "errors/mishap": [{"reference": "7F3A"}, {"reference": AWKWARD}],
    "groups/hello": [{"username": "linghang_bot"}],
    "groups/despair": [{"username": "linghang_bot"}],
    "groups/in_private": [{"username": "linghang_bot"}],
    "groups/likeliest": [
        {"question": question, "link": AWKWARD_ADDRESS, "username": "linghang_bot"}
        for question in ("初试几号考", AWKWARD)
    ],
    "groups/off_topic": _nothing(),
    "groups/short": [
        {**values, "link": AWKWARD_ADDRESS, "more": more}
        for values in [answer(), answer(question=AWKWARD)]
        for more in (False, True)
    ],
    "help/help": [{"member": role > 0, "secretary": role > 1} for role in range(3)],
    "invitations/accepted": [
        {"role": "党员", "term_until": None},
        {"role": AWKWARD, "term_until": _TERM},
    ],
    "invitations/claim_closed": _nothing(),
    "invitations/claimed": _nothing(),
    "invitations/confirm": [
        {"role": "党员", "term_until": None, "hours": 48},
        {"role": AWKWARD, "term_until": _TERM, "hours": 1},
    ],
    "invitations/expired": [{"expired_at": NOON}],
    "invitations/made": [
        {"role": "党员", "term_until": None, "expires_at": NOON, "link": _LINK},
        {"role": AWKWARD, "term_until": _TERM, "expires_at": NOON, "link": AWKWARD_ADDRESS},
    ],
    "invitations/role": _nothing(),
    "invitations/term": _nothing(),
    "invitations/unknown": _nothing(),
    "invitations/used": _nothing(),
    "knowledge/ask_retire": [{"question": "今年考研哪天考"}, {"question": AWKWARD}],
    "knowledge/broken": [
        {"broken": [("笔试几号", ["初试是哪天"], ["decline"])], "more": 0},
        {"broken": [(AWKWARD, [AWKWARD], [AWKWARD, "初试"])] * 6, "more": 12},
    ],
    "knowledge/checking": [{"questions": 412}],
    "knowledge/due": [
        {"count": 0, "entries": []},
        {
            "count": 60,
            "entries": [
                (Entry(intake=2026, source=Source(name="x")), AWKWARD),
                (Entry(intake=None, source=Source(name="x")), "问" * 80),
            ],
        },
    ],
    "knowledge/entry": list(_known()),
    "knowledge/field": [{"question": "学费", "changes": 0}, {"question": AWKWARD, "changes": 3}],
    "knowledge/found": [{"words": AWKWARD, "count": 0}, {"words": AWKWARD, "count": 8}],
    "knowledge/history": [
        {"question": AWKWARD, "revisions": []},
        {"question": "学费", "revisions": [(Written(AWKWARD), "修改"), (Written(None), "新增")]},
        {"question": "问" * 80, "revisions": [(Written("名" * 64), "修改")] * 10},
    ],
    "knowledge/home": [
        {"standing": standing()},
        {"standing": standing(from_chat=3, unchecked=2, due=5, retired=1, conflicts=1)},
    ],
    "knowledge/exported": _nothing(),
    "knowledge/import_file": _nothing(),
    "knowledge/import_report": list(_reports()),
    "knowledge/import_unusable": [
        {"reason": each} for each in ("too_large", "columns", "gone", "no_table")
    ],
    "knowledge/imported": [{"count": 1}, {"count": 5000}],
    "knowledge/lines": [
        {"field": "问法", "hint": "一行一个。", "lines": [], "hidden": 0, "wrong": ""},
        {"field": "问法", "hint": "x", "lines": [(61, AWKWARD)], "hidden": 60, "wrong": AWKWARD},
    ],
    "knowledge/misfit": [{"field": "来源", "wrong": "要有网址。"}],
    "knowledge/moved_on": [
        {"latest": Written(AWKWARD), "deed": "修改"},
        {"latest": Written(None), "deed": "下线"},
    ],
    "knowledge/never_still": _nothing(),
    "knowledge/new_body": [{"question": AWKWARD, "wrong": ""}, {"question": "x", "wrong": "长"}],
    "knowledge/new_question": [{"question": "", "wrong": ""}, {"question": "", "wrong": AWKWARD}],
    "knowledge/new_source": [{"question": AWKWARD, "wrong": ""}, {"question": "x", "wrong": "长"}],
    "knowledge/new_topic": [{"question": AWKWARD, "wrong": ""}, {"question": "x", "wrong": "没"}],
    "knowledge/new_wordings": [
        {"question": AWKWARD, "wrong": "", "lines": [], "missing": 3},
        {"question": "x", "wrong": "长", "lines": [(1, AWKWARD), (2, "二")], "missing": 0},
    ],
    "knowledge/nothing_to_undo": _nothing(),
    "knowledge/preview": [
        {**preview()},
        preview(
            changed=["问题", "答案"], wordings=1, enough=False, too_long=True, near=[AWKWARD, "二"]
        ),
    ],
    "knowledge/retired": [{"count": 0}, {"count": 3}],
    "knowledge/search": _nothing(),
    "knowledge/similar": [{"question": AWKWARD, "count": 1}, {"question": "x", "count": 3}],
    "knowledge/topic": [{"emoji": "📮", "name": AWKWARD, "count": 12}],
    "knowledge/topics": _nothing(),
    "knowledge/unknown": _nothing(),
    "knowledge/value": [
        {"field": "来源", "value": "", "hint": "发名称。", "wrong": ""},
        {"field": "答案", "value": AWKWARD, "hint": "发答案。", "wrong": AWKWARD},
    ],
    "knowledge/wording_taken": [{"wording": AWKWARD, "name": AWKWARD}],
    "language/choose": _nothing(),
    "language/chosen": [{"kept": True}, {"kept": False}],
    "menu/menu": [{"following": None}, {"following": line(Phase.UPCOMING, AWKWARD)}],
    "notices/acknowledged": [
        {"gist": AWKWARD, "left": 0},
        {"gist": "明天开会", "left": 2},
    ],
    "notices/again": [{"gist": "明天三点开会"}, {"gist": AWKWARD}],
    "notices/approved": [
        {"number": 12, "gist": AWKWARD, "by": "陈老师"},
        {"number": 12, "gist": "开会", "by": AWKWARD},
    ],
    "notices/audience": [
        {
            "excluding": False,
            "reach": Reach(people=0),
            "everybody": False,
            "chosen": False,
            "wanted": [],
            "without": [],
        },
        {
            "excluding": True,
            "reach": REACH,
            "everybody": False,
            "chosen": True,
            "wanted": ["学生", AWKWARD],
            "without": [AWKWARD],
        },
        {
            "excluding": False,
            "reach": REACH,
            "everybody": True,
            "chosen": True,
            "wanted": [],
            "without": [],
        },
    ],
    "notices/card": [
        notice_card(state=state, **more)
        for state in map(str, NoticeState)
        for more in (
            {},
            {"gist": AWKWARD, "author": AWKWARD, "urgent": True, "paused_itself": True},
            {"to_come": True},
            {"edition": 2, "amending": True, "wants_receipt": True},
            {"edition": 1, "recipients": 812, "author": None, "minutes_left": None},
            {"progress": PROGRESSES[1], "minutes_left": None, "waits_until": None},
            {"recipients": 0},
        )
    ],
    "notices/coming": [
        {"days": 30, "lines": [], "further": 0},
        {"days": 30, "lines": [(NOON, "初试", 120, True), (NOON, AWKWARD, 3, False)], "further": 4},
    ],
    "notices/correct": [{"number": 12}],
    "notices/correct_confirm": [{"number": 12}],
    "notices/corrected": [{"body": Markup("明天 <b>四点</b>")}],
    "notices/done": [{"number": 12, "gist": AWKWARD, "progress": each} for each in PROGRESSES],
    "notices/field_faulty": [{**REFUSED_NOTICE, "words": AWKWARD}],
    "notices/field_unknown": [{**REFUSED_NOTICE, "words": AWKWARD}],
    "notices/fields_lacking": [{**REFUSED_NOTICE, "lacking": [("班级", 3), (AWKWARD, 1)]}],
    "notices/for_certain": [
        {"deed": deed, "number": 12, "progress": PROGRESSES[0]} for deed in ("cancel", "recall")
    ],
    "notices/gone": [REFUSED_NOTICE],
    "notices/joined_list": [{"tag": AWKWARD}],
    "notices/letter": [
        {"body": Markup("明天 <b>三点</b>"), "urgent": urgent} for urgent in (True, False)
    ],
    "notices/links": [
        {"links": []},
        {
            "links": [
                Link("报名表", "https://example.edu.cn"),
                Link(AWKWARD, "https://example.edu.cn"),
            ]
        },
    ],
    "notices/links_unclear": [
        {"words": AWKWARD, "most": 6, "longest": 32},
        {"words": "", "most": 6, "longest": 32},
    ],
    "notices/list": [
        {"notices": [], "words": "", "more": False},
        {"notices": [], "words": AWKWARD, "more": False},
        {"notices": [listed(str(state)) for state in NoticeState], "words": "", "more": True},
        {
            "notices": [
                listed("done", gist=AWKWARD, author=AWKWARD),
                listed("done", recipients=0, author=None),
            ],
            "words": "会",
            "more": True,
        },
    ],
    "notices/list_made": [{"tag": AWKWARD, "link": "https://t.me/linghang_bot?start=list_5Lg"}],
    "notices/list_name_long": [{"most": 14}],
    "notices/list_unknown": [{}],
    "notices/missed": [{"number": 12, "gist": AWKWARD, "at": NOON}],
    "notices/moved_on": [REFUSED_NOTICE],
    "notices/needs_another": [REFUSED_NOTICE],
    "notices/new_list": [{"most": 14}],
    "notices/nobody_to_tell": [REFUSED_NOTICE],
    "notices/nothing_to_say": [REFUSED_NOTICE],
    "notices/occasion": [
        {"number": 12, "gist": AWKWARD, "at": NOON, "recipients": each} for each in (1, 230)
    ],
    "notices/only_words": [{}],
    "notices/options": [{}],
    "notices/paused": [{"number": 12, "gist": AWKWARD, "progress": each} for each in PROGRESSES],
    "notices/refused": [
        {"number": 12, "gist": AWKWARD, "by": "陈老师"},
        {"number": 12, "gist": "开会", "by": AWKWARD},
    ],
    "notices/report": [{"number": 12, "count": 812, "receipts": receipts} for receipts in (0, 700)],
    "notices/review": [
        review(),
        review(
            everybody=False,
            wanted=[AWKWARD],
            without=[AWKWARD],
            gist=AWKWARD,
            attached=["photo.png", AWKWARD],
            links=[AWKWARD],
        ),
        review(send_at=NOON, spread=60, urgent=True, wants_receipt=True, gist=""),
        review(recurs_as=AWKWARD, next_times=[NOON, NOON]),
    ],
    "notices/sent_by_clock": [
        {"days": 30, "lines": [], "further": 0},
        {
            "days": 30,
            "lines": [(NOON, AWKWARD, each) for each in PROGRESSES],
            "further": 4,
        },
    ],
    "notices/tap_to_change": [{}],
    "notices/telegram_refuses": [{**REFUSED_NOTICE, "reason": AWKWARD}],
    "notices/time_is_past": [REFUSED_NOTICE],
    "notices/to_approve": [
        {"number": 12, "author": AWKWARD, "recipients": 812, "at": NOON, "gist": "明天三点开会"},
        {"number": 12, "author": "王学长", "recipients": 812, "at": None, "gist": AWKWARD},
    ],
    "notices/too_late_to_recall": [REFUSED_NOTICE],
    "notices/too_long": [REFUSED_NOTICE],
    "notices/unread": [
        {"number": 12, "count": 0, "classes": []},
        {
            "number": 12,
            "count": 23,
            "classes": [(AWKWARD, ["林小雨", AWKWARD], 22), ("材料2302", ["王一"], 1)],
        },
    ],
    "notices/values": [
        {"respect": "按班级", "excluding": excluding, "some": some, "by": by}
        for excluding in (True, False)
        for some in (True, False)
        for by in ("classes", "tags", "unacknowledged")
    ],
    "notices/waits_for_approval": [{"number": 12}],
    "notices/when": [{}],
    "notices/when_past": [{}],
    "notices/when_unclear": [{"words": AWKWARD}],
    "notices/wishes": [
        {
            "wanted": ["考研"],
            "off": ["活动"],
            "gathering": gathering,
            "gathered_at": "19:00",
            "muted_until": muted,
            "lists": lists,
        }
        for gathering in ("at_once", "daily", "weekly")
        for muted in (None, NOON)
        for lists in ([], [AWKWARD])
    ]
    + [
        {
            "wanted": [],
            "off": [],
            "gathering": "daily",
            "gathered_at": "19:00",
            "muted_until": None,
            "lists": [],
        }
    ],
    "notices/write": [{"fields": ["姓名", "班级", "届", "考研年"]}],
    "odds/edited_in_form": _nothing(),
    "odds/not_text": [
        {"kind": kind} for kind in ("voice", "sticker", "picture", "file", "place", "other")
    ],
    "odds/unknown_command": [{"command": "/fly"}, {"command": AWKWARD}],
    "papers/announcement": [{"plan": each} for each in GUIDED_CALLS],
    "papers/ask": [
        {"field": field, "plan": plan, "step": 2, "steps": 5, "own": own}
        for plan in CALL_PLANS[:1]
        for field, own in (
            ("title", ""),
            ("coauthors", ""),
            ("abstract", ""),
            ("keywords", ""),
            ("own1", "所在党小组"),
            ("file", ""),
        )
    ],
    "papers/ask_award": _nothing(),
    "papers/ask_call": [
        {"field": field, "step": step, "steps": 4}
        for field in (
            "theme",
            "guidance",
            "deadline",
            "readers",
            "code",
            "abstract",
            "body",
            "kinds",
            "largest",
            "own",
        )
        for step in (0, 2)
    ],
    "papers/ask_code": [{"plan": each, "until": NOON} for each in CALL_PLANS],
    "papers/ask_comment": _nothing(),
    "papers/ask_words": [{"words": each} for each in ("谢谢。", AWKWARD)],
    "papers/begin": [{"plan": each} for each in CALL_PLANS],
    "papers/blind_file": [{"receipt": "DJ2026-003", "number": 2}],
    "papers/call": [
        {
            "plan": plan,
            "standing": standing,
            "mine": mine,
            "receipt": receipt,
            "counts": counts,
            "link": link,
        }
        for plan in GUIDED_CALLS
        for standing in ("open", "late", "over", "review", "closed")
        for mine, receipt, counts, link in (
            ("", "", None, ""),
            (
                "已提交",
                "DJ2026-003",
                SimpleNamespace(members=7, called=9, others=2),
                "https://t.me/linghang_bot?start=call_7",
            ),
        )
    ],
    "papers/call_closed": [{"plan": each} for each in CALL_PLANS],
    "papers/call_saved": [
        {"changes": False, "told": 0},
        {"changes": True, "told": 0},
        {"changes": True, "told": 7},
    ],
    "papers/case": [
        {
            "plan": CALL_PLANS[1],
            "receipt": "DJ2026-003",
            "title": AWKWARD,
            "coauthors": coauthors,
            "name": AWKWARD,
            "state": "评审中",
            "reviews": reviews,
            "gone": gone,
            "complete": complete,
            "proposal": proposal,
            "words": AWKWARD,
            "own": [("所在党小组", AWKWARD)] if complete else [],
        }
        for coauthors, reviews, gone, complete, proposal in (
            ("", [], [], False, ""),
            (AWKWARD, [(12, AWKWARD, "done"), (None, "", "asked")], ["没空"], True, "录用"),
        )
    ],
    "papers/choose": [{"plans": []}, {"plans": CALL_PLANS}],
    "papers/close": [{"plan": each} for each in CALL_PLANS],
    "papers/deadline_moved": [{"plan": each, "before": NOON} for each in CALL_PLANS],
    "papers/deadline_over": [
        {"plan": plan, "done": 7, "whole": whole} for plan in CALL_PLANS for whole in (0, 2)
    ],
    "papers/decided": [
        {
            "plan": CALL_PLANS[1],
            "receipt": "DJ2026-003",
            "title": AWKWARD,
            "verdict": verdict,
            "awarded": awarded,
            "award": "一等奖",
            "until": NOON,
            "words": AWKWARD,
            "comments": comments,
        }
        for verdict in ("accept", "revise", "decline")
        for awarded, comments in ((True, [AWKWARD, "好"]), (False, []))
    ],
    "papers/decisions": [
        {
            "plan": CALL_PLANS[1],
            "cases": [],
            "more": 0,
            "lacking": 0,
            "waiting": 0,
            "may_release": False,
        }
    ]
    + [
        {
            "plan": CALL_PLANS[0],
            "cases": [
                {
                    "receipt": "DJ2026-003",
                    "title": AWKWARD,
                    "totals": totals,
                    "proposal": proposal,
                    "state": "录用",
                    "open": is_open,
                }
                for totals, proposal, is_open in (
                    ("12 / –", "录用 · 一等奖", True),
                    ("", "", True),
                    ("12 / 14", "", False),
                )
            ],
            "more": 2,
            "lacking": lacking,
            "waiting": waiting,
            "may_release": may_release,
        }
        for lacking, waiting, may_release in (
            (2, 0, False),
            (0, 3, True),
            (0, 3, False),
            (0, 0, True),
        )
    ],
    "papers/gave_up": [{"excuse": each} for each in ("interest", "busy")],
    "papers/left": [{}],
    "papers/list": [{"calls": []}]
    + [
        {"calls": [(plan, standing) for plan in CALL_PLANS]}
        for standing in ("open", "late", "over", "review", "closed")
    ],
    "papers/mine": [
        {
            "plan": CALL_PLANS[1],
            "paper": paper,
            "state": state,
            "state_name": "已提交",
            "receipt": receipt,
            "late": late,
            "award": "一等奖",
            "awarded": late,
            "files": files,
            "writable": writable,
            "revise_until": NOON,
            "new": new,
        }
        for paper in PAPERS
        for state in (
            "draft",
            "submitted",
            "under_review",
            "to_revise",
            "accepted",
            "declined",
            "published",
            "withdrawn",
        )
        for receipt, files, writable in (
            ("", [], True),
            ("DJ2026-003", [(1, AWKWARD, NOON), (2, "论文.pdf", NOON)], False),
        )
        for late, new in ((True, True), (False, False))
    ],
    "papers/no_file": [{}],
    "papers/not_fetched": _nothing(),
    "papers/packed": [
        {"table": table, "part": part, "parts": parts, "lacking": lacking, "more": part - 1}
        for table in PAPER_TABLES
        for part, parts, lacking in ((1, 1, []), (2, 2, ["DJ2026-003"]))
    ],
    "papers/publish": _nothing(),
    "papers/published": [
        {"plan": each, "receipt": "DJ2026-003", "title": AWKWARD} for each in CALL_PLANS
    ],
    "papers/refused": [
        {
            "why": why,
            "lacking": ["摘要", "文件"],
            "kinds": kinds,
            "deadline": NOON,
            "code_until": None,
            "field": field,
            "count": count,
            "least": 100,
            "most": 300,
            "number": 2,
        }
        for why in (
            "gone",
            "closed",
            "moved_on",
            "past",
            "review_begun",
            "over",
            "code",
            "no_paper",
            "fixed",
            "lacking",
            "nothing_new",
            "words",
            "kind",
            "big",
            "empty",
            "same",
            "versions",
            "long",
            "early",
            "nothing_here",
            "review_gone",
            "not_scored",
            "another",
            "undecided",
            "not_allowed",
        )
        for field, count, kinds in (("abstract", 312, ["PDF", "DOCX"]), ("body", 12, []))
    ],
    "papers/release": [
        {"plan": each, "counts": [("录用", 7), ("改后再审", 0), ("不录用", 2)]}
        for each in CALL_PLANS
    ],
    "papers/released": [{"number": 9}],
    "papers/review": [
        {
            "plan": CALL_PLANS[0],
            "paper": paper,
            "own": [("所在党小组", "第二党小组"), ("指导教师", None)] if late else [],
            "words": 312,
            "file": file,
            "number": 2,
            "state": state,
            "late": late,
            "revise_until": NOON,
        }
        for paper in WHOLE_PAPERS
        for state in ("draft", "submitted", "to_revise")
        for file, late in (("", False), (AWKWARD, True))
    ],
    "papers/review_asked": [
        {"plan": plan, "receipt": "DJ2026-003", "title": title, "again": again}
        for plan in CALL_PLANS
        for title in ("一", AWKWARD)
        for again in (True, False)
    ],
    "papers/review_call": [
        {"plan": plan, "changes": changes} for plan in LATE_CALLS for changes in (True, False)
    ],
    "papers/review_started": [{"papers": 9, "lacking": each} for each in (0, 2)],
    "papers/review_task": [
        {
            "plan": CALL_PLANS[1],
            "receipt": "DJ2026-003",
            "title": AWKWARD,
            "abstract": AWKWARD,
            "scores": [("主题", 4), ("内容", None), ("写作", None)],
            "asked": asked,
            "comment": comment,
            "done": done,
            "others": others,
        }
        for asked in ("theme", "substance", "writing", "")
        for comment, done, others in (("", False, []), (AWKWARD, True, [(12, AWKWARD)]))
    ],
    "papers/review_waits": [
        {"plan": plan, "receipt": "DJ2026-003", "title": AWKWARD, "days": days}
        for plan in CALL_PLANS
        for days in (3, 7)
    ],
    "papers/reviews": [
        {"number": number, "still": still} for number, still in ((0, 0), (3, 2), (3, 0))
    ],
    "papers/reviews_in": [
        {"plan": plan, "receipt": "DJ2026-003", "title": title}
        for plan in CALL_PLANS
        for title in ("一", AWKWARD)
    ],
    "papers/revise_soon": [
        {"plan": plan, "title": title, "until": NOON}
        for plan in CALL_PLANS
        for title in ("一", AWKWARD)
    ],
    "papers/soon": [
        {"plan": plan, "hours": hours, "begun": begun, "lacking": lacking}
        for plan in CALL_PLANS
        for hours in (168, 48, 12)
        for begun, lacking in ((False, []), (True, ["摘要", "文件"]), (True, []))
    ],
    "papers/start_review": _nothing(),
    "papers/table": [
        {"table": table, "lines": lines, "more": more}
        for table in PAPER_TABLES
        for lines, more in (([], 0), ([("DJ2026-003", AWKWARD, "王一", "录用")] * 2, 3))
    ],
    "papers/table_lead": [{"table": each} for each in PAPER_TABLES],
    "papers/table_sums": [
        {"table": SimpleNamespace(called=9, members=9, others=each, accepted=7, awarded=3)}
        for each in (0, 2)
    ],
    "papers/to_release": [{"plan": each, "number": 9} for each in CALL_PLANS],
    "papers/unclear": [
        {"why": each, "most": 300}
        for each in ("past", "when", "own", "code", "limits", "number", "long", "tap")
    ],
    "papers/usual_words": [
        {"verdict": verdict, "awarded": awarded}
        for verdict in ("accept", "revise", "decline")
        for awarded in (True, False)
    ],
    "papers/were_published": [{"number": 9}],
    "papers/withdraw": [
        {"paper": each, "again": again} for each in WHOLE_PAPERS for again in (True, False)
    ],
    "outcomes/ask": [
        {"field": field} for field in ("number", "cohort", "kind", "target", "evidence")
    ],
    "outcomes/ask_why": [{}],
    "outcomes/board": [
        {"cohorts": []},
        {"cohorts": [replace(each, source="", note="", classes=()) for each in SHOWN_COHORTS]},
    ],
    "outcomes/disputes": [
        {"dispute": None, "number": 0},
        *(
            {
                "dispute": SimpleNamespace(
                    claim=SimpleNamespace(entry=entry, made_at=NOON),
                    holder=holder,
                    claimant=AWKWARD,
                ),
                "number": number,
            }
            for entry, holder, number in ((ON_ROSTER[0], AWKWARD, 2), (ON_ROSTER[1], "", 1))
        ),
    ],
    "outcomes/file": [{}],
    "outcomes/freeze": [
        {
            "cohort": 2027,
            "version": version,
            "last": last,
            "differences": differences,
            "more": more,
            "others": others,
        }
        for version, last, differences, more, others in (
            (1, None, [], 0, []),
            (3, SimpleNamespace(version=2, at=NOON), [], 0, []),
            (
                3,
                SimpleNamespace(version=2, at=NOON),
                [
                    (
                        "r7",
                        AWKWARD,
                        AWKWARD,
                        [("核实", NOON, 12, ""), ("本人说的", NOON, None, "")],
                    ),
                    ("r8", "", "没有消息", []),
                ],
                4,
                [("花名册", NOON, 12, "+3 ~1"), ("花名册", NOON, None, AWKWARD)],
            ),
        )
    ],
    "outcomes/identified": [
        {"found": found, "left": left, "cohort": 2027, "class_name": AWKWARD if known else ""}
        for found, left, known in (
            ("linked", 0, True),
            ("linked", 0, False),
            ("already", 0, True),
            ("taken", 0, False),
            ("unknown", 3, False),
            ("unknown", 0, False),
            ("too_many", 0, False),
        )
    ],
    "outcomes/judged": [
        {"kind": "考研上岸", "verified": True, "reason": ""},
        {"kind": "考研上岸", "verified": False, "reason": AWKWARD},
    ],
    "outcomes/mine": [
        {
            "kind": "考研上岸",
            "report": report,
            "refused": refused,
            "cohort": 2027,
            "on_roster": on_roster,
            "claims": claims,
        }
        for report, refused, on_roster, claims in (
            (OUTCOMES[0], None, True, False),
            (OUTCOMES[1], OUTCOMES[2], False, True),
            (None, OUTCOMES[2], False, False),
        )
    ],
    "outcomes/none_waiting": [{}],
    "outcomes/refused": [
        {"why": why}
        for why in ("gone", "settled", "own", "claim_gone", "no_figures", "nothing_new")
    ],
    "outcomes/review": [
        {"kind": "工作", "target": AWKWARD, "evidence": True, "cohort": 2027, "again": True},
        {"kind": "工作", "target": "", "evidence": False, "cohort": 2027, "again": False},
    ],
    "outcomes/roster_cohort": [{"name": AWKWARD}],
    "outcomes/roster_done": [{"new": 3, "changed": 1, "cohorts": [2026, 2027]}],
    "outcomes/roster_file": [{"counts": []}, {"counts": [(2026, (98, 40)), (2027, (120, 0))]}],
    "outcomes/roster_report": [
        {
            "name": AWKWARD,
            "cohorts": [2026, 2027],
            "new": 12,
            "changed": 3,
            "same": 90,
            "missing": [(2026, 2)],
            "faults": [(4, AWKWARD), (9, "没有学号")],
            "more_faults": 3,
            "unknown": [AWKWARD],
        },
        {
            "name": AWKWARD,
            "cohorts": [],
            "new": 0,
            "changed": 0,
            "same": 0,
            "missing": [],
            "faults": [],
            "more_faults": 0,
            "unknown": [],
        },
    ],
    "outcomes/roster_unusable": [
        {"why": why} for why in ("too_large", "columns", "gone", "not_allowed", "no_table")
    ],
    "outcomes/settled": [
        {"has_it": has_it, "claimed": claimed}
        for has_it, claimed in ((True, True), (False, True), (False, False))
    ],
    "outcomes/unclear": [{"why": why, "most": 80} for why in ("cohort", "number", "long")],
    "outcomes/waiting": [
        {
            "kind": "考研上岸",
            "lost": lost,
            "waiting": SimpleNamespace(
                report=SimpleNamespace(
                    target=target, cohort=2027, reported_at=NOON, evidence=evidence
                ),
                entry=entry,
                name=name,
                number=3,
            ),
        }
        for target, evidence, entry, name, lost in (
            (AWKWARD, True, ON_ROSTER[0], AWKWARD, False),
            (None, True, ON_ROSTER[1], AWKWARD, True),
            (None, None, None, "", False),
        )
    ],
    "outcomes/year": [
        {
            "year": each,
            "whole": each.whole,
            "kinds": [("考研上岸", 20), ("工作", None)] if each.whole.cells else [],
            "classes": each.classes,
            "more_classes": more,
            "frozen": frozen,
            "as_frozen": more > 1,
        }
        for each, more, frozen in zip(
            SHOWN_COHORTS,
            (0, 2, 0, 0, 0),
            (None, SimpleNamespace(version=2, at=NOON), None, None, None),
            strict=True,
        )
    ],
    "privacy/exported": _nothing(),
    "privacy/forgotten": _nothing(),
    "privacy/privacy": [{"person": None}, {"person": person()}],
    "privacy/really_sure": _nothing(),
    "privacy/sure": [{"holds_role": False}, {"holds_role": True}],
    "profile/class": [{}],
    "profile/class_too_long": [{"most": 20}],
    "profile/page": [
        {
            "name": AWKWARD,
            "role": "党员",
            "member": member,
            "life": Life(
                coming=[],
                came=2,
                held=5,
                papers=[],
                achievements=[],
                answered=12,
                term_until=until,
            ),
            "coming": coming,
            "papers": papers,
            "achievements": achievements,
        }
        for member, until, coming, papers, achievements in (
            (False, None, [], [], []),
            (
                True,
                NOON,
                [(AWKWARD, NOON, "要去")],
                [(AWKWARD, "DJ2026-003", "已提交"), ("题目", None, "草稿")],
                [("论文", 2, 1), ("专利", 1, 0)],
            ),
        )
    ],
    "profile/profile": [
        {"person": person(), "role": "学生", "language_name": "中文"},
        {
            "person": person(name=AWKWARD, cohort=None, intake=None),
            "role": AWKWARD,
            "language_name": "English",
        },
    ],
    "profile/year": [{"field": "intake"}, {"field": "cohort"}],
    "reminders/correction": [
        {
            "name": "国家线公布",
            "intake": 2027,
            "old": old,
            "new": Markup("2 月 28 日（周日，还有 <b>7</b> 天）"),
            "announced": announced,
            "source": source,
        }
        for old in ("", Markup("2 月 26 日（周五）"))
        for announced in (True, False)
        for source in _SOURCES
    ],
    "reminders/leads": _nothing(),
    "reminders/milestones": _nothing(),
    "reminders/mine": [
        {**_MINE, "asked": False},
        {**_MINE, "paused": True},
        {**_MINE, "milestones": [AWKWARD, "初试"], "coming": [(NOON, AWKWARD, "当天")]},
    ],
    "reminders/news": [
        {"name": AWKWARD, "intake": 2027, "when": Markup("12 月 19 日（周六）"), "source": source}
        for source in _SOURCES
    ],
    "reminders/reminder": [
        {
            "name": AWKWARD,
            "days": days,
            "lasts": lasts,
            "when": Markup("12 月 19 日（周六）"),
            "daily": "9:00–22:00" if lasts else None,
            "note": AWKWARD if lasts else "",
            "source": source,
        }
        for days in (0, 1, 7)
        for lasts in (True, False)
        for source in _SOURCES
    ],
    "reminders/week_ahead": [
        {"steps": [("初试", Markup("12 月 19 日")), (AWKWARD, Markup("12 月 20 日"))]}
    ],
    "reports/gap": [
        {**_GAP, "examples": ["复试要带电脑吗"], "more": 0, "nearest": 0},
        {**_GAP, "examples": [AWKWARD, "问" * 80] * 4, "more": 12, "nearest": 3},
    ],
    "reports/gaps": [
        {**_NO_GAPS, "gaps": []},
        {**_NO_GAPS, "questions": 23, "kinds": 9, "gaps": [(1, "复试要带电脑吗", 5, AWKWARD)]},
        {**_NO_GAPS, "left_out": 40, "gaps": [(n, "问" * 24, 5, "问" * 80) for n in range(6)]},
    ],
    "reports/hits": [
        {"days": 7, "asked": 0, "answered": 0, "never": 118, "hits": []},
        {"days": 0, "asked": 9, "answered": 8, "never": 0, "hits": [(1, AWKWARD, Tally(), None)]},
        {"days": 30, "asked": 9, "answered": 8, "never": 0, "hits": [(1, "问", Tally(), 0.5)] * 8},
    ],
    "reports/hits_file": [{"days": 7}, {"days": 0}],
    "reports/stale": [
        {"total": 0, "entries": []},
        {"total": 1, "entries": [(1, AWKWARD, _overdue(), [])]},
        {"total": 9, "entries": [(1, "问", _disliked(AWKWARD), [("过时了", 3), ("有错误", 1)])]},
    ],
    "reports/weekly": [
        {**_WEEK, "gaps": [], "overdue": 3},
        {**_WEEK, "gaps": [(AWKWARD, 5), ("问" * 24, 1)]},
        {**_WEEK, "gaps": [("问" * 24, 5)] * 8, "disliked": 2, "overdue": 3},
    ],
    "research/achievement": [
        {
            "claim": claim,
            "kind": "x",
            "level": "y",
            "state": state,
            "reason": "z",
            "reporter": who,
            "judge": who,
            "mine": mine,
        }
        for claim, who in zip(CLAIMS, ("", AWKWARD), strict=True)
        for state, mine in (
            ("claimed", True),
            ("claimed", False),
            ("confirmed", False),
            ("refused", True),
        )
    ],
    "research/achievements": [
        {"page": SimpleNamespace(state=state, achievements=found, start=0, total=total)}
        for state in ("claimed", "confirmed")
        for found, total in (([], 0), ([1, 2], 2), ([1, 2], 14))
    ],
    "research/ask_claim": [
        {"field": field, "kind": kind, "step": 2, "of": 8, "whole": whole}
        for field in ("kind", "title", "authors", "venue", "year", "level", "number", "evidence")
        for kind, whole in (("paper", False), ("patent", True), ("project", False), ("award", True))
    ],
    "research/ask_kind": [{}],
    "research/ask_reason": [{"title": AWKWARD}],
    "research/ask_topic": [{"kind": each} for each in ("difficulty", "hot")],
    "research/ask_words": [{"field": each, "most": 40} for each in ("name", "solution")],
    "research/batch_confirmed": [{"file_name": AWKWARD, "count": each} for each in (0, 12)],
    "research/batch_judged": [{"file_name": AWKWARD, "judge": AWKWARD, "count": 12}],
    "research/choose_day": [
        {"problem": each, "plans": plans} for each in PROBLEMS for plans in ([], PLANS)
    ],
    "research/claim_unfit": [
        {"field": field, "why": why, "first": 1980, "last": 2027}
        for field, why in (
            ("title", "empty"),
            ("title", "long"),
            ("title", "text"),
            ("kind", "tap"),
            ("evidence", "file"),
            ("year", "range"),
            ("doi", "none"),
            ("doi", "registrant"),
            ("doi", "suffix"),
            ("doi", "several"),
        )
    ],
    "research/duplicate": [
        {"title": AWKWARD, "year": 2024, "reporter": each} for each in ("", AWKWARD)
    ],
    "research/evidence_gone": [{}],
    "research/home": [{"counts": each} for each in RESEARCH_COUNTS],
    "research/import_ask": [{"most": 2000, "megabytes": 5}],
    "research/import_report": [
        {
            "name": AWKWARD,
            "new": new,
            "new_count": count,
            "same": 3,
            "faults": faults,
            "fault_count": len(faults),
            "unknown": unknown,
            "unlevelled": len(unknown),
            "level": "SCI",
        }
        for new, count, faults, unknown in (
            ([], 0, [], []),
            ([AWKWARD], 14, [(5, AWKWARD, "x"), (6, "", "y")], [AWKWARD]),
        )
    ],
    "research/import_template": [{}],
    "research/import_unusable": [
        {"why": each, "most": 2000, "megabytes": 5}
        for each in (
            "no_file",
            "too_large",
            "rows",
            "unpacks",
            "old_excel",
            "columns",
            "empty",
            "broken",
            "gone",
            "kind",
        )
    ],
    "research/imported": [{"count": each} for each in (0, 12)],
    "research/judged": [
        {"title": AWKWARD, "confirmed": each, "reason": "z", "judge": AWKWARD}
        for each in (True, False)
    ],
    "research/loose": [{"count": each} for each in (0, 12)],
    "research/merge": [
        {"problem": each, "others": others} for each in PROBLEMS for others in (0, 7)
    ],
    "research/no_groups": [
        {"seen": 0, "changed": False},
        {"seen": 2, "changed": False},
        {"seen": 0, "changed": True},
    ],
    "research/outcomes": [
        {"table": "", "confirmed": 0, "claimed": 0, "earlier": 0},
        {"table": "2024 3(1)\n2023 2(4)", "confirmed": 5, "claimed": 0, "earlier": 0},
        {"table": "2024 3(1)\n2023 2(4)", "confirmed": 5, "claimed": 1, "earlier": 4},
    ],
    "research/outcomes_file": [{"count": 12}],
    "research/problem": [
        {
            "problem": PROBLEMS[0],
            "solved": False,
            "topics": [TOPIC],
            "more": 0,
            "voted": False,
            "day": None,
        },
        {
            "problem": PROBLEMS[1],
            "solved": True,
            "topics": [TOPIC],
            "more": 3,
            "voted": True,
            "day": PLANS[0],
        },
    ],
    "research/problems": [
        {"page": SimpleNamespace(state=state, problems=problems, start=0, total=total)}
        for state in ("open", "solved")
        for problems, total in (([], 0), ([1, 2], 2), ([1, 2], 14))
    ],
    "research/proposal": [
        {
            "name": AWKWARD,
            "topics": [AWKWARD, TOPIC.text],
            "more": more,
            "number": 1,
            "of": 2,
            "changed": changed,
        }
        for more, changed in ((0, False), (3, True))
    ],
    "research/refused": [
        {"why": each}
        for each in (
            "topic_gone",
            "topic_taken",
            "problem_gone",
            "only_topic",
            "same_problem",
            "achievement_gone",
            "already_judged",
            "ones_own",
        )
    ],
    "research/review": [{"claim": each, "kind": "x", "level": "y"} for each in CLAIMS],
    "research/take_out": [{"problem": each} for each in PROBLEMS],
    "research/topic": [
        {"topic": TOPIC, "kind": "x", "near": [], "noted": True},
        {"topic": TOPIC, "kind": "x", "near": PROBLEMS[:1], "noted": True},
        {"topic": TOPIC, "kind": "x", "near": PROBLEMS, "noted": False},
        {
            "topic": replace(TOPIC, name=None, problem=ProblemId(1)),
            "kind": "x",
            "near": [],
            "noted": False,
        },
    ],
    "research/topic_unfit": [{"least": 10, "most": 300, "count": each} for each in (3, 400)],
    "research/withdraw": [{"title": AWKWARD}],
    "research/words_unfit": [{"most": 40}],
    "roles/ask_end": [{"name": "李雷", "role": "党员"}, {"name": AWKWARD, "role": AWKWARD}],
    "roles/not_allowed": _nothing(),
    "roles/roles": [
        {"total": 0, "grants": []},
        {"total": 1, "grants": [(grant(AWKWARD, None), "党员")]},
        {"total": 30, "grants": [(grant("名" * 64, _TERM), AWKWARD)] * 8},
    ],
    "stats/choose_report": [{"whose": AWKWARD}],
    "stats/figure": [
        {
            "title": "提问",
            "scope": f"2026 年 · {AWKWARD}",
            "lines": FIGURE_LINES,
            "meaning": "分母是这段时间里问的所有问题。",
            "warns": warns,
        }
        for warns in (False, True)
    ],
    "stats/home": [{"period": "最近 30 天", "whose": AWKWARD}],
    "stats/report_file": [
        {"period": "2026 年", "whose": whose, "kind": kind}
        for kind in ("html", "xlsx", "csv")
        for whose in (None, AWKWARD)
    ],
    "stats/too_few": [{}],
    "stats/weekly": [{"lines": FIGURE_LINES}],
    "stats/yearly": [{"year": 2026}],
    "themedays/all_series": [{"plans": []}, {"plans": _SERIES}],
    "themedays/announcement": [{"plan": each} for each in PLANS],
    "themedays/ask": [
        {"field": each, "step": step, "steps": 5}
        for each in ("title", "when", "place", "speakers", "capacity")
        for step in (None, 2)
    ],
    "themedays/ask_answer": [{"most": 1500, "too_long": each} for each in (True, False)],
    "themedays/ask_audience": _nothing(),
    "themedays/ask_code": [{"digits": 6, "wrong": each} for each in (0, 2)],
    "themedays/ask_cover": _nothing(),
    "themedays/ask_leads": _nothing(),
    "themedays/ask_minutes": [
        {"minutes": minutes, "photos": photos, "fault": fault, "most": 10, "longest": 3000}
        for minutes, photos, fault in (
            ("", 0, ""),
            (AWKWARD, 2, ""),
            ("", 1, ""),
            ("", 10, "photos"),
            ("", 0, "long"),
            (AWKWARD, 2, "unsaved"),
            ("", 1, "unsaved"),
        )
    ],
    "themedays/ask_of_series": [
        {"field": each} for each in ("name", "description", "logo", "rule", "place", "capacity")
    ],
    "themedays/ask_question": [{"most": 200, "too_long": each} for each in (True, False)],
    "themedays/ask_remark": [{"most": 500, "too_long": each} for each in (True, False)],
    "themedays/ask_series": [{"known": 0}, {"known": 2}],
    "themedays/attendance": [
        {"plan": PLANS[0], "came": [], "walked_in": 0, "missing": []},
        {"plan": PLANS[1], "came": ["林小雨", AWKWARD], "walked_in": 1, "missing": [AWKWARD]},
    ],
    "themedays/attendance_file": [{"plan": each} for each in PLANS],
    "themedays/cancel": [{"plan": each} for each in PLANS],
    "themedays/cancelled": [{"plan": each} for each in PLANS],
    "themedays/card": [
        {
            "plan": plan,
            "series": series,
            "cancelled": cancelled,
            "over": over,
            "counts": counts,
            "free": free,
            "mine": mine,
            "until": NOON,
            "leads": leads,
            "there": there,
            "came": came,
            "ask_why": ask_why,
            "themes": ["x", "y"] if over else [],
        }
        for plan, series, leads in ((PLANS[0], "", ["一天", "两小时"]), (PLANS[1], AWKWARD, []))
        for cancelled, over, there, came in (
            (False, False, False, 0),
            (True, False, False, 0),
            (False, True, False, 0),
            (False, True, True, 12),
        )
        for counts, free in ((Counts(), 40), (Counts(going=40, waiting=3), 0))
        for mine, ask_why in (
            ("", False),
            ("going", False),
            ("offered", False),
            ("waiting", False),
            ("cannot", True),
            ("cannot", False),
        )
    ],
    "themedays/changed": [
        {"plan": PLANS[0], "before": PLANS[1]},
        {"plan": PLANS[1], "before": PLANS[0]},
        {"plan": PLANS[1], "before": PLANS[1]},
    ],
    "themedays/checked_in": [
        *({"plan": each, "again": False} for each in PLANS),
        {"plan": PLANS[0], "again": True},
    ],
    "themedays/deeds": [
        {"plan": plan, "opens_at": NOON, "opens_later": later, "came": 12}
        for plan in PLANS
        for later in (True, False)
    ],
    "themedays/door": [{"plan": each, "came": 12} for each in PLANS],
    "themedays/end_series": [{"plan": each} for each in _SERIES],
    "themedays/feedback": [
        {
            "plan": plan,
            "shown_from": 5,
            "feedback": Feedback(counts=counts, remarks=remarks, asked=12),
        }
        for plan in PLANS
        for counts, remarks in (
            ((0, 0, 0, 1, 2), ["很好"]),
            ((0, 1, 0, 4, 5), [AWKWARD, "很好"]),
        )
    ],
    "themedays/file": [{"plan": each} for each in PLANS],
    "themedays/how_was_it": [{"plan": each} for each in PLANS],
    "themedays/list": [{"plans": []}, {"plans": PLANS}],
    "themedays/minutes": [
        {"plan": plan, "minutes": words} for plan in PLANS for words in ("", "纪要")
    ],
    "themedays/minutes_saved": [{"plan": each} for each in PLANS],
    "themedays/offered": [{"plan": each, "until": NOON} for each in PLANS],
    "themedays/past": [{"plans": []}, {"plans": PLANS}],
    "themedays/planned": [{"plan": each, "series": AWKWARD} for each in PLANS],
    "themedays/question": [{"question": each} for each in _SPEAKER_QUESTIONS],
    "themedays/question_asked": [{"new": new, "votes": 3} for new in (True, False)],
    "themedays/questions": [
        {"plan": PLANS[0], "questions": [], "more": 0},
        {"plan": PLANS[1], "questions": _SPEAKER_QUESTIONS, "more": 3},
    ],
    "themedays/rated": [{"rating": 4}],
    "themedays/refused": [
        {"why": each, "opens_at": opens_at}
        for each in (
            "gone",
            "over",
            "cancelled",
            "not_yet",
            "moved_on",
            "past",
            "not_for_you",
            "series_gone",
            "series_known",
            "door_closed",
            "question_gone",
            "questions_enough",
            "rated_already",
            "not_there",
            "not_allowed",
        )
        for opens_at in ((None, NOON) if each == "door_closed" else (None,))
    ],
    "themedays/remarked": _nothing(),
    "themedays/review": [
        {"plan": plan, "changes": changes, "series": series, "leads": leads, "worries": worries}
        for plan in PLANS
        for changes, series, leads, worries in (
            (True, AWKWARD, ["一天", "两小时"], Worries()),
            (False, "", [], Worries(busy=AWKWARD, close=tuple(_DAYS))),
        )
    ],
    "themedays/review_series": [
        {"plan": _SERIES[0], "next_times": []},
        {"plan": _SERIES[1], "next_times": _TIMES},
    ],
    "themedays/saved": [
        {"changes": False, "told": 0},
        {"changes": True, "told": 0},
        {"changes": True, "told": 34},
    ],
    "themedays/series": [
        {"plan": _SERIES[0], "ended": True, "next_times": [], "held": 0},
        {"plan": _SERIES[1], "ended": False, "next_times": _TIMES, "held": 3},
    ],
    "themedays/soon": [{"plan": each} for each in PLANS],
    "themedays/unclear": [
        {"why": each, "most": 60}
        for each in ("past", "when", "capacity", "picture", "rule", "long")
    ],
    "themedays/was_cancelled": [{"plan": each, "told": 12} for each in PLANS],
    "themedays/who": [
        {
            "plan": plan,
            "by_answer": {"going": [], "offered": [], "waiting": [], "cannot": []},
        }
        for plan in PLANS
    ]
    + [
        {
            "plan": PLANS[0],
            "by_answer": {
                "going": ["林小雨", AWKWARD],
                "offered": [AWKWARD],
                "waiting": ["王一"],
                "cannot": ["李二（有课）"],
            },
        }
    ],
    "themedays/wrong_code": [{"often": each} for each in (True, False)],
    "themedays/year": [{"year": 2026, "held": 5, "lines": each} for each in ([], _YEARS)],
    "themedays/year_file": [{"year": 2026}],
    "tickets/added": [{"ticket": _TICKETS[0]}],
    "tickets/answer": [
        {"ticket": _TICKETS[0], "question": _QUESTION, "answer": "<i>先想清楚</i>能不能调剂"},
        {"ticket": _TICKETS[2], "question": "😀" * 500, "answer": "答" * 2500},
    ],
    "tickets/answer_is_out": [{"number": 12}],
    "tickets/answer_sent": [
        {"number": 12, "fate": fate, "at": at}
        for fate in ("delivered", "waiting", "unreachable", "refused")
        for at in (None, NOON)
    ],
    "tickets/answered_together": [
        {"answered": done, "left_out": out}
        for done, out in (([1, 2], []), ([], [3]), ([1], [2, 3]))
    ],
    "tickets/bind_how": [{"title": each, "username": "bot"} for each in (None, AWKWARD)],
    "tickets/bound": [
        {"topics": topics, "has_topics": has, "moved_from": before}
        for topics, has in ((False, False), (True, False), (True, True))
        for before in (None, AWKWARD)
    ],
    "tickets/canned": [{"count": count} for count in (0, 3)],
    "tickets/canned_gone": _nothing(),
    "tickets/canned_one": [
        {"title": AWKWARD, "text": Markup("先看<b>官网</b>"), "by": by} for by in (None, AWKWARD)
    ],
    "tickets/canned_text": [{"title": AWKWARD}],
    "tickets/canned_title": [{"title": title, "most": 24} for title in ("", AWKWARD)],
    "tickets/card": [
        {**_CARD, "said": []},
        {**_CARD, "ticket": _TICKETS[1], "who": AWKWARD, "left_out": 3},
        {**_CARD, "ticket": _SLEEPING, "subject": "调剂", "asleep": True},
        {**_CARD, "ticket": _RATED},
    ],
    "tickets/closed_by_member": [{"ticket": each} for each in _TICKETS],
    "tickets/confirm": [
        {
            "question": question,
            "intake": intake,
            "attached": attached,
            "number": number,
            "name": AWKWARD,
            "near": bool(intake),
        }
        for question in ("390 分该保吗", AWKWARD, "😀" * 500, "")
        for intake in (None, 2027)
        for attached, number in (([], 0), (["图片 2 张", AWKWARD], 12))
    ],
    "tickets/declined": [{"number": 12, "told": told} for told in (True, False)],
    "tickets/desk": [{"tickets": [], "count": 0, "title": title} for title in ("", AWKWARD)]
    + [
        {"tickets": [(each, "等人接") for each in _TICKETS] * 2, "count": 88, "title": title}
        for title in ("", AWKWARD)
    ],
    "tickets/desk_subjects": _nothing(),
    "tickets/digest": [{"tickets": _TICKETS, "count": 3}],
    "tickets/earlier": [
        {"number": 12, "tickets": []},
        {"number": 12, "tickets": [(each, "等人接") for each in _TICKETS]},
    ],
    "tickets/edit_followed": [{"number": 12}],
    "tickets/gone": _nothing(),
    "tickets/history": [
        {"number": 12, "events": [(_EVENT, "回答"), (replace(_EVENT, by_name=None), "提问")]}
    ],
    "tickets/mine": [{"tickets": []}, {"tickets": [(each, "等人接") for each in _TICKETS]}],
    "tickets/mute": [{"number": 12, "until": until} for until in (None, NOON)],
    "tickets/muted": [{"until": NOON}],
    "tickets/new": [
        {"ticket": ticket(), "question": _QUESTION, "pseudonym": None, "suggested": True},
        {
            "ticket": _TICKETS[2],
            "question": "😀" * 500,
            "pseudonym": AWKWARD,
            "suggested": False,
        },
    ],
    "tickets/not_a_member": _nothing(),
    "tickets/not_a_member_here": [{"username": "bot"}],
    "tickets/noted": [{"number": 12}],
    "tickets/nothing_to_judge": _nothing(),
    "tickets/opened": [{"ticket": _TICKETS[0], "readers": readers} for readers in (0, 12)],
    "tickets/over": [{"number": 12}],
    "tickets/pick_canned": [{"count": count} for count in (0, 3)],
    "tickets/post_added": [{"ticket": _TICKETS[0], "said": each} for each in ("", _QUESTION)],
    "tickets/post_answered": [
        {"ticket": _TICKETS[0], "said": _QUESTION, "by": "张党员"},
        {"ticket": _TICKETS[0], "said": "", "by": AWKWARD},
    ],
    "tickets/post_claimed": [{"ticket": _TICKETS[0], "by": by} for by in ("张党员", AWKWARD)],
    "tickets/post_closed": [{"ticket": _TICKETS[0], "by": by} for by in (None, AWKWARD)],
    "tickets/post_edited": [{"ticket": _TICKETS[0], "said": each} for each in ("", _QUESTION)],
    "tickets/post_new": [
        {"ticket": ticket(), "said": _QUESTION, "pseudonym": None, "suggested": True},
        {
            "ticket": _TICKETS[2],
            "said": "😀" * 500,
            "pseudonym": AWKWARD,
            "suggested": False,
        },
        {"ticket": _TICKETS[2], "said": "", "pseudonym": None, "suggested": True},
    ],
    "tickets/post_put_back": [{"ticket": _TICKETS[0]}],
    "tickets/post_reopened": [
        {"ticket": _TICKETS[0], "by": None},
        {"ticket": _TICKETS[0], "by": AWKWARD},
    ],
    "tickets/preview": [
        {"number": 12, "question": question, "answer": answer, "attached": attached}
        for question, answer, attached in (
            ("保吗", AWKWARD, []),
            (AWKWARD, "保", [AWKWARD]),
            ("😀" * 500, "答" * 2500, []),
            ("", "", ["图片 1 张"]),
        )
    ],
    "tickets/preview_together": [
        {"numbers": [1, 2], "answer": AWKWARD, "attached": []},
        {"numbers": [1], "answer": "", "attached": [AWKWARD]},
    ],
    "tickets/put_back": [{"number": 12}],
    "tickets/rate": [{"number": 12}],
    "tickets/rated": [{"number": 12, "poor": poor} for poor in (True, False)],
    "tickets/reveal_asked": [
        {"ticket": _TICKETS[0], "pseudonym": "安静的水獭", "by": by, "reason": reason}
        for by, reason in ((AWKWARD, "有危险"), ("陈老师", AWKWARD), ("陈老师", "理" * 500))
    ],
    "tickets/reveal_decided": [{"number": 12, "granted": each} for each in (True, False)],
    "tickets/reveal_granted": [{"ticket": _TICKETS[0], "pseudonym": "安静的水獭"}],
    "tickets/reveal_refused": [{"ticket": _TICKETS[0], "pseudonym": "安静的水獭"}],
    "tickets/reveal_waits": [{"asked": each} for each in (True, False)],
    "tickets/revealed": [
        {"ticket": _TICKETS[0], "reason": reason} for reason in (AWKWARD, "理" * 500)
    ],
    "tickets/snooze": [{"number": 12}],
    "tickets/state_claimed": [{"ticket": _TICKETS[0]}],
    "tickets/state_put_back": [{"ticket": _TICKETS[0]}],
    "tickets/state_reopened": [{"ticket": _TICKETS[0]}],
    "tickets/state_silent": [{"ticket": _TICKETS[0]}],
    "tickets/subject": _nothing(),
    "tickets/suggested": [{"number": 12, "some": some} for some in (True, False)],
    "tickets/suggestion": [
        {"number": 12, "answer": AWKWARD, "attached": []},
        {"number": 12, "answer": "", "attached": [AWKWARD]},
    ],
    "tickets/suggestion_gone": _nothing(),
    "tickets/taken": [{"number": 12, "by": "张党员"}, {"number": 12, "by": AWKWARD}],
    "tickets/task_added": [{"ticket": _TICKETS[0], "said": _QUESTION}],
    "tickets/task_awake": [{"ticket": each} for each in _TICKETS],
    "tickets/task_edited": [{"ticket": _TICKETS[0], "said": _QUESTION}],
    "tickets/task_overdue": [{"ticket": each} for each in _TICKETS],
    "tickets/task_released": [{"ticket": each} for each in _TICKETS],
    "tickets/task_reopened": [{"ticket": each} for each in _TICKETS],
    "tickets/task_yours": [
        {"ticket": _TICKETS[0], "said": _QUESTION, "pseudonym": name} for name in (None, AWKWARD)
    ],
    "tickets/ticket": [
        {"ticket": each, "said": said, "state": "等人接", "subject": subject, "left_out": left}
        for each in (_TICKETS[0], _TICKETS[2], _RATED)
        for said, subject, left in (([], None, 0), (_SAID, "调剂", 2))
    ],
    "tickets/together": [{"found": [(1, AWKWARD), (2, "问" * 60)]}],
    "tickets/too_long": [{"most": 1000}],
    "tickets/too_many_canned": _nothing(),
    "tickets/too_many_parts": [{"most": 20}],
    "tickets/too_many_this_hour": [{"until": NOON}],
    "tickets/too_many_today": [{"most": 10}],
    "tickets/too_many_waiting": [{"most": 5}],
    "tickets/transfer": [{"number": 12, "alone": each} for each in (True, False)],
    "tickets/unbound": _nothing(),
    "tickets/why_rated": [{"number": 12, "stars": 5}],
    "tickets/write": [{"most": 1000, "number": number} for number in (0, 12)],
    "tickets/write_answer": [
        {"number": 12, "question": question, "most": 2500}
        for question in ("保吗", AWKWARD, "😀" * 500, "")
    ],
    "tickets/write_note": [{"number": 12}],
    "tickets/write_reveal": [{"number": 12}],
    "tickets/write_search": _nothing(),
    "tickets/write_tags": [{"number": 12}],
    "tickets/write_together": [{"count": 3, "most": 2500}],
    "welcome/cohort": _nothing(),
    "welcome/cohort_out_of_range": _nothing(),
    "welcome/consent": [{"name": "林小满"}, {"name": AWKWARD}, {"name": "名" * 128}],
    "welcome/declined": _nothing(),
    "welcome/first": _nothing(),
    "welcome/language": _nothing(),
    "welcome/ready": _nothing(),
}
