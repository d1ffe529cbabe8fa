"""Content becomes a library, or a list of faults that tell what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch.content.faults import Faults
from branch.content.provenance import Reliability, Source
from branch.guidance.model import BoundaryKind, Library, Smalltalk
from branch.guidance.reading import read_library
from texts.language import Language

FaultsAfter = Callable[[dict[str, str]], list[str]]
DATES = "guidance/timeline/exam-dates.md"


def test_good_content_is_read_as_it_stands(library: Library) -> None:
    entry = next(each for each in library.entries if each.slug == "exam-dates")

    assert entry.topic == "timeline"
    assert entry.questions == {Language.ZH: "考研初试是哪天", Language.EN: "When is the exam"}
    assert len(entry.wordings[Language.ZH]) == 8
    assert entry.not_wordings == ("复试是哪天",)
    assert entry.source == Source(name="教育部", url="https://example.org/")
    assert (entry.intake, entry.reliability, entry.needs_check) == (2027, Reliability.A, None)
    assert (entry.checked_on, entry.review_after) == (date(2026, 11, 22), date(2027, 1, 10))
    assert entry.related == ("registration-dates",)
    assert [topic.id for topic in library.topics] == ["timeline", "money", "scores"]
    kinds = [golden.kind for golden in library.golden]
    assert kinds == [None, BoundaryKind.DESPAIR, BoundaryKind.ELSEWHERE]
    assert library.boundaries[0].asks is Smalltalk.GREETING


def test_an_entry_of_every_intake_has_none(library: Library) -> None:
    entry = next(each for each in library.entries if each.slug == "tuition")

    assert entry.intake is None
    assert entry.holds_for(2031)


def test_an_entry_knows_when_it_is_stale_and_for_whom_it_holds(library: Library) -> None:
    entry = next(each for each in library.entries if each.slug == "exam-dates")

    assert [entry.stale_on(date(2027, 1, day)) for day in (10, 11)] == [False, True]
    assert [entry.holds_for(intake) for intake in (2026, 2027)] == [False, True]
    assert entry.question(Language.EN) == "When is the exam"


def test_every_fault_of_an_entry_is_told_with_its_line(faults_after: FaultsAfter) -> None:
    text = """---
question: 这是一个长得手机上的按钮怎么也放不下的问题到底是什么
wordings: [a, b]
not_wordings: [a]
source: {name: 教育部}
intake: soon
reliability: A
checked_on: 2026-11-22
review_after: 2026-11-22
relatd: [x]
related: [registration-date, exam-dates]
---
# 标题 {{ preliminary_exam }}

{{ exam }} {{ registration@2025 }}
"""

    assert faults_after({DATES: text}) == [
        f"{DATES}:2: `question` has 26 characters; at most 24 fit",
        f"{DATES}:3: `wordings` has 2; write at least 8",
        f"{DATES}:4: `not_wordings` has 'a', which is a wording too; keep one",
        f"{DATES}:5: `url` is missing; reliability A and B need the page it was seen on",
        f"{DATES}:6: `intake` must be a year like 2027, or every, not 'soon'",
        f"{DATES}:9: `review_after` must be later than `checked_on`",
        f"{DATES}:10: `relatd` is not known here; is `related` meant?",
        (
            f"{DATES}:11: `related` names 'registration-date', which does not exist;"
            " is 'registration-dates' meant?"
        ),
        f"{DATES}:11: `related` names the entry itself; delete it",
        f"{DATES}:13: headings are not shown in Telegram; write a paragraph",
        f"{DATES}:13: the calendar has no milestone 'exam'",
        f"{DATES}:13: the intake 2025 of the calendar has no milestone 'registration'",
    ]


def test_what_has_no_source_must_say_what_to_check(
    content: Path, faults_after: FaultsAfter
) -> None:
    text = (content / DATES).read_text(encoding="utf-8").replace(": A\n", ": K\n")

    assert faults_after({DATES: text}) == [
        f"{DATES}:2: `needs_check` is missing; with reliability K say what to check and where"
    ]


def test_names_folders_and_languages_of_entries_are_checked(
    content: Path, faults_after: FaultsAfter
) -> None:
    text = (content / "guidance/money/tuition.md").read_text(encoding="utf-8")
    english = (content / "guidance/timeline/exam-dates.en.md").read_text(encoding="utf-8")

    faults = faults_after(
        {
            "guidance/scores/tuition.md": text.replace("学费", "花费"),
            "guidance/gossip/Some_thing.md": text.replace("学费", "费用"),
            "guidance/money/alone.en.md": english,
            "guidance/money/tuition.fr.md": text,
        }
    )

    assert sorted(fault for fault in faults if "is a wording of" not in fault) == [
        "guidance/gossip/Some_thing.md:1: name it like exam-dates.md, at most 40 characters",
        "guidance/gossip/Some_thing.md:1: the folder 'gossip' is no topic of topics.yaml",
        "guidance/money/alone.en.md:1: there is no alone.md beside it; write that first",
        "guidance/money/tuition.fr.md:1: the ending .fr.md is no language; write .md or .en.md",
        (
            "guidance/scores/tuition.md:1: guidance/money/tuition.md has the same name;"
            " give one another"
        ),
    ]


def test_a_wording_belongs_to_one_entry(content: Path, faults_after: FaultsAfter) -> None:
    text = (content / "guidance/money/tuition.md").read_text(encoding="utf-8")

    assert faults_after({"guidance/money/fees.md": text})[0] == (
        "guidance/money/tuition.md:3: '一年要交多少钱' is a wording of 'fees' too; keep one"
    )


def test_faults_of_the_other_files_are_told(faults_after: FaultsAfter) -> None:
    faults = faults_after(
        {
            "topics.yaml": "- {id: timeline, emoji: x, name: {zh: 时间}}\n"
            "- {id: timeline, emoji: x, name: {zh: 时间, en: Dates}}\n"
            "- {id: money, emoji: x, name: {zh: 钱, en: Money}}\n"
            "- {id: scores, emoji: x, name: {zh: 分, en: Scores}}\n",
            "boundaries.yaml": "- {kind: anger, phrases: [x]}\n"
            "- {kind: abuse, patterns: ['(x'], asks: thanks}\n"
            "- kind: personal\n",
            "synonyms.yaml": "- [初试, 笔试]\n- [考试, 笔试]\n",
            "golden/first.yaml": "- {ask: 几号, expect: exam-date}\n"
            "- {ask: 哪天, expect: despare}\n",
        }
    )

    kinds = "despair, abuse, instruct, personal, elsewhere or smalltalk"
    assert faults == [
        f"boundaries.yaml:1: `kind` must be {kinds}, not 'anger'",
        "boundaries.yaml:2: `asks` belongs to smalltalk only; delete it",
        "boundaries.yaml:2: `patterns`: '(x' is not a regular expression; check its brackets",
        "boundaries.yaml:2: `phrases` is missing; write `phrases`, `patterns` or both",
        "boundaries.yaml:3: `phrases` is missing; write `phrases`, `patterns` or both",
        (
            "golden/first.yaml:1: `expect` names 'exam-date', which is neither an entry nor a kind;"
            " is 'exam-dates' meant?"
        ),
        (
            "golden/first.yaml:2: `expect` names 'despare', which is neither an entry nor a kind;"
            " is 'despair' meant?"
        ),
        "synonyms.yaml:2: '笔试' already means '初试'; keep one",
        "topics.yaml:1: `en` is missing; write a text",
        "topics.yaml:2: `id` 'timeline' is taken by another topic",
    ]


def test_an_empty_folder_gives_faults_and_no_traceback(tmp_path: Path) -> None:
    faults = Faults()

    library = read_library(tmp_path, faults, milestones=())

    assert library.entries == ()
    assert {fault.file.name for fault in faults.noted} >= {"topics.yaml", "boundaries.yaml"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(raw=st.binary(max_size=120), name=st.sampled_from(["topics.yaml", "names.yaml", DATES]))
def test_any_spoiled_file_gives_faults_and_no_traceback(
    content: Path, raw: bytes, name: str
) -> None:
    good = (content / name).read_bytes()
    try:
        (content / name).write_bytes(raw)
        faults = Faults()
        read_library(content, faults, milestones=())
    finally:
        (content / name).write_bytes(good)

    assert any(fault.file == content / name and fault.line >= 1 for fault in faults.noted)


def test_an_entry_from_elsewhere_may_be_short_of_wordings(faults_after: FaultsAfter) -> None:
    text = """---
question: 食堂几点关门
source: {name: 后勤处}
intake: every
reliability: C
checked_on: 2026-11-22
review_after: 2027-11-22
"""

    assert faults_after({"guidance/money/canteen.md": f"{text}---\n晚上八点。\n"}) == [
        "guidance/money/canteen.md:2: `not_wordings` has 0; write at least 1",
        "guidance/money/canteen.md:2: `wordings` has 0; write at least 8",
    ]
    assert (
        faults_after({"guidance/money/canteen.md": f"{text}origin: chat\n---\n晚上八点。\n"}) == []
    )


def test_a_retired_entry_stays_in_its_file_and_off_the_shelf(
    content: Path, faults_after: FaultsAfter
) -> None:
    file = content / "guidance" / "timeline" / "exam-dates.md"
    retired = file.read_text(encoding="utf-8").replace(
        "---\n初试", "retired_on: 2026-11-23\n---\n初试"
    )

    assert faults_after({"guidance/timeline/exam-dates.md": retired}) == []
    library = read_library(content, Faults(), milestones=None)
    assert [entry.slug for entry in library.retired] == ["exam-dates"]
    assert "exam-dates" not in {entry.slug for entry in library.entries}
    assert [golden.ask for golden in library.golden] == ["不想活了", "怎样做红烧肉"]
