"""What an earlier version of the program wrote as JSON reads as it was meant."""

from datetime import UTC, date, datetime, time

import msgspec

from branch.dates.recurrence import Every, OnHoliday, Recurrence
from branch.notices.audience import Audience, Group
from branch.notices.model import Draft, Link
from branch.outbox.enclosures import Enclosure, EnclosureKind

BY_PYDANTIC = """{"text":"x","in_english":"","enclosures":[\
{"kind":"photo","file_id":"f","name":"n"}],\
"links":[{"label":"a","url":"https://b"}],"audience":{"wanted":{"roles":[],"intakes":[2027],\
"cohorts":[],"classes":["一"],"tags":[],"unacknowledged":[],"sign_ups":[],"reminded":false},\
"without":{"reminded":true},"chosen":true},"kind":"other","urgent":false,"wants_receipt":false,\
"send_at":"2026-11-27T10:00:00.000123Z","recurrence":{"every":"weekly","at":"19:00:00",\
"starts":"2026-01-01","ends":"2026-06-01","weekdays":[0,2],"nth":1,"day":1,"month":1,"interval":1,\
"on_holiday":"skip"},"recurs_as":"","spread":0,"theme_day":0,"useful_days":3}"""


def test_a_draft_that_pydantic_wrote_reads_as_it_was() -> None:
    assert msgspec.json.decode(BY_PYDANTIC, type=Draft) == Draft(
        text="x",
        enclosures=[Enclosure(EnclosureKind.PHOTO, "f", "n")],
        links=[Link("a", "https://b")],
        audience=Audience(
            wanted=Group(intakes=(2027,), classes=("一",)),
            without=Group(reminded=True),
            chosen=True,
        ),
        send_at=datetime(2026, 11, 27, 10, 0, 0, 123, tzinfo=UTC),
        recurrence=Recurrence(
            every=Every.WEEKLY,
            at=time(19, 0),
            starts=date(2026, 1, 1),
            weekdays=(0, 2),
            ends=date(2026, 6, 1),
            on_holiday=OnHoliday.SKIP,
        ),
    )
