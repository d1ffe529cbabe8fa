"""A notice as it is written: what its author has said so far, and how that is shown to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from branch.notices.audience import Audience, Group
from branch.notices.letters import gist
from branch.notices.model import Draft, Reach
from branch.people.model import Role
from branch.tickets.thread import Part, enclosed_in, joined
from handlers.buttons import Confirm, Leave, Row
from handlers.notice_buttons import (
    ChangeAudience,
    ChangeLinks,
    ChangeOptions,
    ChangeTime,
    ChangeWords,
    PreviewNotice,
    TestNotice,
)
from handlers.parts import attached
from handlers.replies import Say

LONGEST_GIST = 120
RESPECTS = (
    "roles",
    "intakes",
    "cohorts",
    "classes",
    "tags",
    "unacknowledged",
    "sign_ups",
    "reminded",
)


class NoticeForm(Struct):
    """`parts` are the messages in which it was written; `offered` the values shown last."""

    parts: list[Part] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
    respect: str = ""
    excluding: bool = False
    offered: list[str | int] = field(default_factory=list)
    corrects: int = 0

    def take(self, part: Part) -> None:
        """One more message of it, or another wording of one."""
        known = [each.message_id for each in self.parts]
        if part.message_id in known:
            self.parts[known.index(part.message_id)] = part
        elif part.album and any(each.album == part.album for each in self.parts):
            self.parts.append(part)
        else:
            self.parts = [part]
        text = joined([each.text for each in self.parts])
        if text != self.draft.text:
            self.draft.in_english = ""  # it said the same as what stood there before
        self.draft.text = text
        self.draft.enclosures = list(enclosed_in(self.parts))

    def belongs(self, part: Part) -> bool:
        """Whether it is a message of what is written already, or goes with one in an album."""
        return any(
            each.message_id == part.message_id or (part.album and each.album == part.album)
            for each in self.parts
        )


class NoticeWords:
    """What is said of a draft in its author's language."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def audience(self, audience: Audience) -> dict[str, Any]:
        return {
            "everybody": audience.chosen and audience.wanted.everybody,
            "chosen": audience.chosen,
            "wanted": self.group(audience.wanted),
            "without": self.group(audience.without),
        }

    def group(self, group: Group) -> list[str]:
        return [self.value(respect, value) for respect, value in group.named()]

    def value(self, respect: str, value: Any) -> str:
        """Such as `27考研`, `材料2301`, or who has not acknowledged notice 12."""
        if respect == "roles":
            return self._say.label(f"audience.role_{Role(value)}")
        return self._say.label(f"audience.{respect}", value=value)

    def draft(self, draft: Draft, reach: Reach, next_times: Sequence[datetime]) -> dict[str, Any]:
        label = self._say.label
        return {
            **self.audience(draft.audience),
            "reach": reach,
            "gist": gist(draft, LONGEST_GIST),
            "attached": attached(draft.enclosures, label),
            "links": [link.label for link in draft.links],
            "kind": label(f"noticekind.{draft.kind}"),
            "urgent": draft.urgent,
            "wants_receipt": draft.wants_receipt,
            "send_at": draft.send_at,
            "recurs_as": draft.recurs_as,
            "next_times": next_times,
            "spread": draft.spread,
            "useful_days": draft.useful_days,
        }

    def choices(self, letters: int) -> list[Row]:
        """What can be done at the last look."""
        label = self._say.label
        return [
            [(label("button.send_notice", count=letters), Confirm())],
            [
                (label("button.preview"), PreviewNotice()),
                (label("button.test_notice"), TestNotice()),
            ],
            [
                (label("button.change_words"), ChangeWords()),
                (label("button.change_audience"), ChangeAudience()),
            ],
            [
                (label("button.change_time"), ChangeTime()),
                (label("button.change_options"), ChangeOptions()),
            ],
            [
                (label("button.change_links"), ChangeLinks()),
                (label("button.stop_writing"), Leave()),
            ],
        ]


def in_twos(buttons: Sequence[Any]) -> list[list[Any]]:
    return [list(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
