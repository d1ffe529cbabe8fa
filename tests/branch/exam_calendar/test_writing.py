"""The calendar written back is the calendar that was read, to the letter."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.content.faults import Faults
from branch.content.provenance import Reliability, Source
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import MILESTONES, PROVINCES, Milestone, Moment
from branch.exam_calendar.reading import read_calendar
from branch.exam_calendar.writing import file_of, text_of
from tests.stage import ROOT, SHANGHAI
from texts.language import Language

CONTENT = ROOT / "content"
FILES = sorted(path.stem for path in (CONTENT / "calendar").glob("*.yaml"))


def read(folder: Path) -> ExamCalendar:
    faults = Faults()
    calendar = read_calendar(folder, faults, zone=SHANGHAI)
    faults.raise_if_any()
    return calendar


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    (folder / "calendar").mkdir()
    return folder


@pytest.mark.parametrize("intake", FILES)
def test_our_own_files_are_as_they_would_be_written(intake: str) -> None:
    text = (CONTENT / file_of(int(intake))).read_text(encoding="utf-8")

    assert text_of(read(CONTENT), int(intake)) == text


SIGNS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(":#,'\"{}[]-\\ 日")
WORDS = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
IN_BOTH = st.fixed_dictionaries(dict.fromkeys(Language, WORDS))
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))
ADDRESSES = st.sampled_from(["https://example.org/a?b=1&c=#d", "http://example.edu/页"])


@st.composite
def moments(draw: st.DrawFn, day: date) -> Moment:
    hour = draw(st.none() | st.times())
    at = time() if hour is None else hour.replace(second=0, microsecond=0, tzinfo=None)
    return Moment(datetime.combine(day, at, SHANGHAI), has_hour=hour is not None)


@st.composite
def milestones(draw: st.DrawFn, name: str) -> Milestone:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    announced = draw(st.booleans())
    later = announced and first < last and draw(st.booleans())
    reliability = draw(st.sampled_from(Reliability))
    return Milestone(
        id=name,
        intake=2027,
        names=draw(IN_BOTH),
        starts=draw(moments(first)) if announced else None,
        ends=draw(moments(last)) if later else None,
        daily=draw(st.none() | WORDS),
        usual=draw(st.none() | IN_BOTH if announced else IN_BOTH),
        expected=draw(st.none() | st.just((first, last))),
        reliability=reliability,
        source=Source(name=draw(WORDS), url=draw(ADDRESSES | st.none()) or "https://x.org/"),
        checked_on=draw(DAYS),
        note=draw(st.none() | IN_BOTH),
        provinces=draw(st.dictionaries(st.sampled_from(PROVINCES), IN_BOTH, max_size=2)),
    )


@st.composite
def intakes(draw: st.DrawFn) -> list[Milestone]:
    chosen = draw(st.sets(st.sampled_from(MILESTONES), min_size=1, max_size=4))
    return [draw(milestones(name)) for name in MILESTONES if name in chosen]


@given(written=intakes())
def test_what_is_written_is_read_back_equal(written: list[Milestone], folder: Path) -> None:
    text = text_of(ExamCalendar(written), 2027)
    (folder / file_of(2027)).write_text(text, encoding="utf-8")

    again = read(folder)

    assert [again.milestone(2027, each.id) for each in written] == written
    assert len(again.known()) == len(written)
    assert text_of(again, 2027) == text
