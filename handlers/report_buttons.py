"""What a tap means in the reports for members: more words of the vocabulary in `buttons`."""

from dataclasses import dataclass

from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class ShowGaps(Button):
    """What the last `days` days asked and nothing answered."""

    name = "gaps"
    days: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowGap(Button):
    """The group that a question is in; questions are numbered, groups come and go."""

    name = "gap"
    days: int
    question: int


@dataclass(frozen=True, slots=True)
class WriteEntry(Button):
    """Make an entry of the group that a question is in."""

    name = "gapw"
    days: int
    question: int


@dataclass(frozen=True, slots=True)
class ShowStale(Button):
    name = "stale"
    page: int


@dataclass(frozen=True, slots=True)
class ShowHits(Button):
    name = "hits"
    days: int  # 0: ever since
    page: int


@dataclass(frozen=True, slots=True)
class SaveHits(Button):
    name = "hitf"
    days: int  # 0: ever since
