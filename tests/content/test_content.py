"""The real content is sound, short enough for a phone, and finds its way to what students ask."""

import re
from datetime import date, datetime
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from bot.learning import Learning
from bot.settings import Settings
from branch.content.faults import Faults
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import MILESTONES
from branch.exam_calendar.reading import read_calendar
from branch.guidance.golden import Fate
from branch.guidance.importing import LAST_RESORT
from branch.guidance.model import BoundaryKind, Entry, GoldenQuestion, Library
from branch.guidance.normalising import Normaliser
from branch.guidance.replies import Answered, Choices, OutOfBounds
from branch.guidance.service import GuidanceLibrary
from tests.guidance import library_in
from tests.stage import CACHE
from texts.language import Language

CONTENT = Path(__file__).parents[2] / "content"
ZONE = ZoneInfo("Asia/Shanghai")
WRITTEN_ON = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=ZONE)

LEAST_RIGHT, LEAST_RIGHT_BY_LETTERS = 0.91, 0.79
LEAST_REACHED, LEAST_REACHED_BY_LETTERS = 0.985, 0.955
MOST_WRONG = 0.025
MOST_OVERREACH = 0.03
LEAST_HEARD, MOST_FEARED = 0.95, 0.1

LONGEST_VISIBLE = 240
LONGEST_FOLDED = 320
LONGEST_IN_ENGLISH = 1000


class LongDates:
    """Says every date in about as many characters as it takes in Chinese."""

    def say(self, *_asked: object) -> str:
        return "12月19日至20日"


@pytest.fixture(scope="module")
def calendar() -> ExamCalendar:
    faults = Faults()
    calendar = read_calendar(CONTENT, faults, zone=ZONE)
    faults.raise_if_any()
    return calendar


@pytest.fixture(scope="module")
def library(calendar: ExamCalendar) -> Library:
    return library_in(CONTENT, milestones=calendar.known())


@pytest.fixture(scope="module")
def shelf(library: Library) -> GuidanceLibrary:
    """Found by letters and by meaning, as the running bot does."""
    shelf = GuidanceLibrary(library)
    settings = Settings(content_dir=CONTENT, cache_dir=CACHE)
    Learning(shelf, settings).run()
    return shelf


def halves(entry: Entry, language: Language) -> tuple[str, str]:
    """What is seen of an answer at once, and what is folded away."""
    html = entry.html(language, words=LongDates(), now=NOW)
    folded = "".join(re.findall(r"<blockquote expandable>(.*?)</blockquote>", html, re.DOTALL))
    seen = re.sub(r"<blockquote expandable>.*?</blockquote>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", "", seen).strip(), re.sub(r"<[^>]+>", "", folded)


def test_the_calendar_of_this_year_is_complete(calendar: ExamCalendar) -> None:
    current = calendar.current_intake(WRITTEN_ON)

    assert {milestone for intake, milestone in calendar.known() if intake == current} == {
        *MILESTONES
    }
    assert calendar.milestone(current, "preliminary_exam").days_left(NOW) == 27


def test_there_are_entries_enough_and_none_is_stale(library: Library) -> None:
    assert len(library.entries) >= 30
    assert [entry.slug for entry in library.entries if entry.stale_on(WRITTEN_ON)] == []


def test_every_topic_of_the_menu_leads_somewhere(library: Library, shelf: GuidanceLibrary) -> None:
    imported = [topic for topic in library.topics if topic.id == LAST_RESORT]

    assert [*shelf.topics(), *imported] == [*library.topics]


def test_every_related_entry_exists(library: Library, shelf: GuidanceLibrary) -> None:
    missing = [e.slug for e in library.entries if len(shelf.related(e)) != len(e.related)]

    assert missing == []


def test_answers_fit_a_phone(library: Library) -> None:
    too_long = []
    for entry in library.entries:
        seen, folded = halves(entry, Language.ZH)
        if len(seen) > LONGEST_VISIBLE or len(folded) > LONGEST_FOLDED:
            too_long.append((entry.slug, len(seen), len(folded)))

    assert too_long == []


def test_english_answers_fit_a_phone_too(library: Library) -> None:
    english = [entry for entry in library.entries if Language.EN in entry.bodies]

    assert english
    assert [
        e.slug for e in english if len("".join(halves(e, Language.EN))) > LONGEST_IN_ENGLISH
    ] == []


def test_no_golden_question_is_a_wording(library: Library) -> None:
    normaliser = Normaliser(library.vocabulary)
    wordings = {
        normaliser.plain(wording)
        for entry in library.entries
        for language in entry.questions
        for wording in entry.asked_as(language)
    }

    assert [g.ask for g in library.golden if normaliser.plain(g.ask) in wordings] == []


def test_golden_questions_are_answered_as_well_as_they_were(shelf: GuidanceLibrary) -> None:
    report = shelf.replay_golden(on=WRITTEN_ON)

    learnt = shelf.knows_meaning
    assert report.right_share >= (LEAST_RIGHT if learnt else LEAST_RIGHT_BY_LETTERS)
    assert report.reached_share >= (LEAST_REACHED if learnt else LEAST_REACHED_BY_LETTERS)
    assert report.wrong_share <= MOST_WRONG
    assert report.overreach_share <= MOST_OVERREACH


@pytest.mark.parametrize(
    "question",
    [
        "国考准考证几号能打印",
        "省考成绩几号查",
        "雅思准考证打印",
        "2008年考研报名费要交多少",
        "1996年全国多少人考研",
        "2015年国家线A区B区差几分",
    ],
)
def test_another_exam_and_long_ago_are_not_answered_as_ours(
    shelf: GuidanceLibrary, question: str
) -> None:
    assert not isinstance(shelf.ask(question, language=Language.ZH, on=WRITTEN_ON), Answered)


@pytest.mark.parametrize(
    "question",
    [
        "2019年参加考研的国家线是多少",
        "2018年考的国家线是多少",
        "2021年二战的国家线",
        "2016年入学的学费是多少",
        "2012招生工作规定在哪看",
    ],
)
def test_a_year_of_the_exam_is_not_taken_for_the_persons_own(
    shelf: GuidanceLibrary, question: str
) -> None:
    assert not isinstance(shelf.ask(question, language=Language.ZH, on=WRITTEN_ON), Answered)


def test_a_year_that_is_the_persons_own_is_no_year_of_the_exam(shelf: GuidanceLibrary) -> None:
    reply = shelf.ask("我2015年毕业 工作十年了 还能考研吗", language=Language.ZH, on=WRITTEN_ON)
    assert isinstance(reply, Answered)
    assert reply.entry.slug == "age-and-attempts"


def test_words_of_despair_are_never_taken_for_a_question(
    library: Library, shelf: GuidanceLibrary
) -> None:
    asked = [golden for golden in library.golden if golden.kind is BoundaryKind.DESPAIR]
    outspoken = [golden for golden in asked if golden.kept_in != "moods"]

    assert outspoken
    for golden in outspoken:
        reply = shelf.ask(golden.ask, language=Language.ZH, on=WRITTEN_ON)
        assert reply == OutOfBounds(BoundaryKind.DESPAIR), golden.ask


def test_hints_of_despair_are_heard_and_plain_words_seldom_taken_for_them(
    library: Library, shelf: GuidanceLibrary
) -> None:
    asked = [golden for golden in library.golden if golden.kept_in == "moods"]
    hints = [each.ask for each in asked if each.kind is BoundaryKind.DESPAIR]
    plain = [each.ask for each in asked if each.kind is not BoundaryKind.DESPAIR]

    assert mean(sounds_like_despair(shelf, ask) for ask in hints) >= LEAST_HEARD
    assert mean(sounds_like_despair(shelf, ask) for ask in plain) <= MOST_FEARED


def sounds_like_despair(shelf: GuidanceLibrary, words: str) -> bool:
    reply = shelf.ask(words, language=Language.ZH, on=WRITTEN_ON)
    return isinstance(reply, OutOfBounds) and reply.kind is BoundaryKind.DESPAIR


PLAIN = {
    "考研哪天考": "exam-dates",
    "什么时候报名": "registration-dates",
    "准考证什么时候打印": "admission-ticket",
    "国家线多少": "national-line-2026",
    "调剂怎么弄": "adjustment-what",
    "考研报名费多少": "registration-fee",
    "初试考什么": "subjects-overview",
}


@pytest.mark.parametrize("question", PLAIN)
def test_the_plainest_questions_are_answered_before_meaning_is_learnt(
    library: Library, question: str
) -> None:
    """Letters alone serve the first minutes of a new installation."""
    reply = GuidanceLibrary(library).ask(question, language=Language.ZH, on=WRITTEN_ON)
    assert isinstance(reply, Answered)
    assert reply.entry.slug == PLAIN[question]


CALM = (
    "推荐信写好了不用盖章吗",
    "意向信写好了走邮箱发可以吗",
    "证书给了复试就不用再交原件吗",
    "电脑处理完照片还不用再压缩吗",
    "承诺书送到学院还是不用再交了",
    "要是考试那天早上起不来就迟到了怎么办",
    "材料专业还有没有未来了",
    "原来的导师走了也没人接收我怎么办",
    "排名掉下去就好好准备统考行吗",
    "考前在楼下走走好不好",
    "复试从窗口走比较好还是正门",
    "书送到宿舍了用不到了能退吗",
    "what if I do not wake up on time for the exam",
    "另一个问题",
    "最后一个问题",
    "烦死了",
    "流鼻血了",
    "没时间了",
    "资料留给学弟了",
    "救救我 网站打不开",
    "好累啊",
    "打扰了",
    "头好疼",
    "妈妈来看我了",
    "朋友走了",
    "再见了考研",
    "终于熬到头了",
    "我走了",
)


HINTS = (
    "一切都结束吧",
    "终于要解脱了",
    "都走了 我也走吧",
    "跟世界说晚安",
    "每天醒来都觉得难受 为什么还要醒",
    "站在楼顶 风好大",
    "药都吃完了",
    "我先走了 你们好好的",
    "打扰大家了 以后不会了",
)


@pytest.mark.parametrize("hint", HINTS)
def test_a_hint_that_reads_like_small_talk_is_noticed(shelf: GuidanceLibrary, hint: str) -> None:
    assert sounds_like_despair(shelf, hint)


@pytest.mark.parametrize("question", CALM)
def test_a_plain_question_is_not_taken_for_despair(shelf: GuidanceLibrary, question: str) -> None:
    """Each has words in it that a farewell has too."""
    assert not sounds_like_despair(shelf, question)


def test_every_question_on_a_button_leads_to_its_entry(
    library: Library, shelf: GuidanceLibrary
) -> None:
    astray = []
    for entry in library.entries:
        for language, question in entry.questions.items():
            reply = shelf.ask(question, language=language, on=WRITTEN_ON)
            if not (isinstance(reply, Answered) and reply.entry is entry):
                astray.append((question, reply))

    assert astray == []


def test_a_wording_is_never_answered_by_another_entry(
    library: Library, shelf: GuidanceLibrary
) -> None:
    asks = [
        GoldenQuestion(ask=wording, slugs=(entry.slug,))
        for entry in library.entries
        for wording in entry.wordings[Language.ZH]
    ]
    replay = shelf.replay_golden(on=WRITTEN_ON, questions=asks)

    assert [each.ask for each in replay.replayed if each.fate is Fate.WRONG] == []


def test_a_near_miss_is_not_answered_by_its_entry(library: Library, shelf: GuidanceLibrary) -> None:
    taken_in = [
        (entry.slug, wording)
        for entry in library.entries
        for wording in entry.not_wordings
        if isinstance(reply := shelf.ask(wording, language=Language.ZH, on=WRITTEN_ON), Answered)
        and reply.entry is entry
    ]

    assert taken_in == []


@pytest.mark.parametrize("question", ["调剂", "国家线", "复试", "专业课", "导师"])
def test_a_single_word_gets_an_answer_or_choices(shelf: GuidanceLibrary, question: str) -> None:
    reply = shelf.ask(question, language=Language.ZH, on=WRITTEN_ON)

    assert isinstance(reply, Answered | Choices)


def test_the_question_of_the_day_is_answered(shelf: GuidanceLibrary) -> None:
    reply = shelf.ask("今年考研哪天考", language=Language.ZH, on=WRITTEN_ON)

    assert isinstance(reply, Answered)
    assert reply.entry.slug == "exam-dates"


def test_golden_questions_come_out_of_a_replay_as_they_would_alone(
    shelf: GuidanceLibrary, library: Library
) -> None:
    every_ninth = slice(None, None, 9)
    replay = shelf.replay_golden(on=WRITTEN_ON).replayed[every_ninth]

    for golden, replayed in zip(library.golden[every_ninth], replay, strict=True):
        if golden.after is not None:
            continue
        reply = shelf.ask(golden.ask, language=Language.ZH, on=WRITTEN_ON)
        offered = reply.entries if isinstance(reply, Choices) else ()
        given = (reply.entry,) if isinstance(reply, Answered) else offered
        assert [slug for slug in replayed.given if shelf.entry(slug)] == [e.slug for e in given]


@pytest.mark.parametrize(
    ("message", "entries"),
    [
        ("档案怎么调 体检去哪做", ["archive-letter", "physical-check"]),
        ("学费多少钱，有奖学金吗", ["tuition", "scholarships"]),
        ("户口在老家 考点怎么选", ["exam-site"]),
        ("报名费多少，怎么交，能退吗", ["registration-fee"]),
    ],
)
def test_a_mere_gap_parts_what_is_surely_another_question(
    shelf: GuidanceLibrary, message: str, entries: list[str]
) -> None:
    parts = shelf.hear(message, language=Language.ZH, on=WRITTEN_ON)

    answers = [part.reply for part in parts if isinstance(part.reply, Answered)]
    assert [answer.entry.slug for answer in answers] == entries
