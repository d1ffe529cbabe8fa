"""A question in a student's words gets the answer, a few choices, or an honest no."""

from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from branch.guidance.golden import Fate
from branch.guidance.model import BoundaryKind, GoldenQuestion, Library, Slug, Smalltalk
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds, Reply
from branch.guidance.service import GuidanceLibrary
from texts.language import Language

TODAY = date(2026, 11, 22)


def ask(shelf: GuidanceLibrary, question: str, language: Language = Language.ZH) -> Reply:
    return shelf.ask(question, language=language, on=TODAY)


def answer(shelf: GuidanceLibrary, question: str, language: Language = Language.ZH) -> str:
    reply = ask(shelf, question, language)
    return str(reply.entry.slug) if isinstance(reply, Answered) else type(reply).__name__


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("今年考研几号", "exam-dates"),
        ("请问学长，笔试是哪天啊", "exam-dates"),
        ("２７考研哪天考？？", "exam-dates"),
        ("国線多少分 材料國家線多少分", "national-line"),
        ("网上报名是几号", "registration-dates"),
        ("大工复试要多少分", "dalian-line"),
        ("专硕一年学费多少钱", "tuition"),
        ("What day is the exam?", "exam-dates"),
        ("the exam dates pls", "exam-dates"),
    ],
)
def test_a_question_in_other_words_is_answered(
    shelf: GuidanceLibrary, question: str, slug: str
) -> None:
    assert answer(shelf, question) == slug


def test_a_wording_itself_is_as_sure_as_can_be(shelf: GuidanceLibrary) -> None:
    reply = ask(shelf, "学费标准")

    assert isinstance(reply, Answered)
    assert reply.confidence > 0.99


def test_an_english_question_is_searched_in_english_whatever_the_menu_speaks(
    shelf: GuidanceLibrary,
) -> None:
    assert answer(shelf, "exam date", Language.ZH) == "exam-dates"
    assert answer(shelf, "今年考研几号", Language.EN) == "exam-dates"


@pytest.mark.parametrize(
    "question", ["怎样做红烧肉", "博士后出站条件", "how to bake bread", "qwertz uiop"]
)
def test_what_nobody_wrote_about_is_not_answered(shelf: GuidanceLibrary, question: str) -> None:
    assert not isinstance(ask(shelf, question), Answered)


@pytest.mark.parametrize("question", ["2019国家线是多少", "2024年工学国家线", "2031考研几号"])
def test_another_year_is_never_answered_with_this_one(
    shelf: GuidanceLibrary, question: str
) -> None:
    assert not isinstance(ask(shelf, question), Answered)


def test_the_year_an_entry_holds_for_is_answered(shelf: GuidanceLibrary) -> None:
    assert answer(shelf, "2026年材料国家线多少") == "national-line"
    assert answer(shelf, "26考研的国家线") == "national-line"


def test_another_school_is_never_answered_with_this_one(shelf: GuidanceLibrary) -> None:
    assert answer(shelf, "大工复试要多少分") == "dalian-line"
    assert not isinstance(ask(shelf, "清华复试要多少分"), Answered)


def test_our_own_name_changes_nothing(shelf: GuidanceLibrary) -> None:
    assert answer(shelf, "大连交通大学研究生学费贵吗") == "tuition"


def test_a_near_miss_keeps_its_entry_from_being_sure(shelf: GuidanceLibrary) -> None:
    assert answer(shelf, "考研初试是哪天") == "exam-dates"
    assert answer(shelf, "复试是哪天") != "exam-dates"


def test_a_torn_question_gets_at_most_three_choices(library: Library) -> None:
    twin = replace(library.entries[-1], slug=Slug("twin"))
    shelf = GuidanceLibrary(replace(library, entries=(*library.entries, twin)))

    reply = ask(shelf, library.entries[-1].wordings[Language.ZH][0])

    assert isinstance(reply, Choices)
    assert {entry.slug for entry in reply.entries} == {library.entries[-1].slug, "twin"}


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("你好", OutOfBounds(BoundaryKind.SMALLTALK, Smalltalk.GREETING)),
        ("我不想活了，考研几号", OutOfBounds(BoundaryKind.DESPAIR)),
        ("雅思几号考", OutOfBounds(BoundaryKind.ELSEWHERE)),
    ],
)
def test_boundaries_come_before_the_search(
    shelf: GuidanceLibrary, question: str, reply: Reply
) -> None:
    said = ask(shelf, question)

    assert isinstance(said, OutOfBounds)
    assert replace(said, nearest=()) == reply


def test_what_is_another_field_may_name_what_comes_near(shelf: GuidanceLibrary) -> None:
    said = ask(shelf, "雅思几号考")

    assert isinstance(said, OutOfBounds)
    assert [entry.slug for entry in said.nearest] == ["exam-dates"]


@pytest.mark.parametrize(
    "question",
    ["", "   ", "😀" * 4096, "？！…", "\u202e\u200b", "\ud800" * 50, "\x00", "考" * 4097, "<b>"],
)
def test_what_is_no_question_is_not_covered_and_quickly(
    shelf: GuidanceLibrary, question: str
) -> None:
    begun = perf_counter()

    reply = ask(shelf, question)

    assert reply == NotCovered()
    assert perf_counter() - begun < 0.5


def test_the_longest_question_is_weighed_quickly(shelf: GuidanceLibrary) -> None:
    begun = perf_counter()

    ask(shelf, "考研国家线报名学费初试" * 372)

    assert perf_counter() - begun < 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec=None) | st.sampled_from("考研国家线2026学费hi <b>"), max_size=99)
)
def test_anything_typed_gets_some_reply(shelf: GuidanceLibrary, question: str) -> None:
    reply = ask(shelf, question)

    assert isinstance(reply, Answered | Choices | NotCovered | OutOfBounds)
    if isinstance(reply, Answered):
        assert 0.0 < reply.confidence <= 1.0


def test_what_is_not_covered_names_the_nearest_for_a_person(shelf: GuidanceLibrary) -> None:
    reply = ask(shelf, "宿舍停电了找谁修")

    if isinstance(reply, NotCovered):
        assert len(reply.nearest) <= 3
    assert not isinstance(reply, Answered)


def test_the_shelf_is_browsed_by_topic_in_the_order_of_the_menu(shelf: GuidanceLibrary) -> None:
    entry = shelf.entry("exam-dates")

    assert [topic.id for topic in shelf.topics()] == ["timeline", "money", "scores"]
    assert [each.slug for each in shelf.entries_of("money")] == ["tuition"]
    assert entry is not None
    assert [each.slug for each in shelf.related(entry)] == ["registration-dates"]
    assert shelf.entry("nothing") is None


def test_a_topic_without_entries_is_left_out(library: Library) -> None:
    entries = tuple(entry for entry in library.entries if entry.topic != "money")

    topics = GuidanceLibrary(replace(library, entries=entries)).topics()

    assert [topic.id for topic in topics] == ["timeline", "scores"]


class Words:
    """Says what it was asked for."""

    def say(
        self, intake: int | None, milestone: str, form: str, language: Language, now: datetime
    ) -> str:
        return f"{milestone}/{intake}/{form}/{language}/{now.day}"


def test_dates_in_an_answer_are_said_for_the_intake_of_the_entry(shelf: GuidanceLibrary) -> None:
    now = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai"))
    entry = shelf.entry("registration-dates")
    exam = shelf.entry("exam-dates")
    assert entry is not None
    assert exam is not None

    assert entry.html(Language.EN, words=Words(), now=now) == (
        "报名registration/2027/status/zh/22，上一届在 registration/2026/date/zh/22。"
    )
    assert exam.html(Language.EN, words=Words(), now=now) == (
        "The exam: preliminary_exam/2027/whole/en/22."
    )


def test_golden_questions_are_replayed_and_the_worst_misses_come_first(library: Library) -> None:
    golden = (
        *library.golden,
        GoldenQuestion(ask="今年考研几号", slugs=(Slug("tuition"),)),
        GoldenQuestion(ask="yyds", slugs=(Slug("tuition"),)),
        GoldenQuestion(ask="学费标准"),
        GoldenQuestion(ask="你好", kind=BoundaryKind.ABUSE),
    )

    report = GuidanceLibrary(replace(library, golden=golden)).replay_golden()

    assert [(miss.ask, miss.fate) for miss in report.misses] == [
        ("今年考研几号", Fate.WRONG),
        ("学费标准", Fate.WRONG),
        ("怎样做红烧肉", Fate.DECLINED),
        ("yyds", Fate.DECLINED),
        ("你好", Fate.DECLINED),
    ]
    assert report.fates() == {Fate.RIGHT: 2, Fate.WRONG: 2, Fate.DECLINED: 3}
    assert report.fates("money") == {Fate.WRONG: 1, Fate.DECLINED: 1}
    assert (report.right_share, report.reached_share) == (1 / 3, 1 / 3)
    assert (report.wrong_share, report.overreach_share) == (1 / 3, 1 / 4)
    assert report.topics == ("timeline", "despair", "elsewhere", "money", "decline", "abuse")


def test_a_trial_changes_nothing_for_who_asks_meanwhile(library: Library) -> None:
    shelf = GuidanceLibrary(library)
    before = ask(shelf, "怎样做红烧肉")
    stew = replace(
        library.entries[0],
        slug=Slug("stew"),
        questions={Language.ZH: "怎样做红烧肉"},
        wordings={Language.ZH: ("红烧肉怎么做", "怎么做红烧肉", "红烧肉做法")},
    )
    shelf.trial([stew])

    assert ask(shelf, "怎样做红烧肉") == before
