"""What a tap means in the reports for members: more words of the vocabulary in `buttons`."""

from handlers.buttons import Button


class ShowGaps(Button, frozen=True):
    """What the last `days` days asked and nothing answered."""

    name = "gaps"
    days: int
    page: int


class ShowGap(Button, frozen=True):
    """The group that a question is in; questions are numbered, groups come and go."""

    name = "gap"
    days: int
    question: int


class WriteEntry(Button, frozen=True):
    """Make an entry of the group that a question is in."""

    name = "gapw"
    days: int
    question: int


class ShowStale(Button, frozen=True):
    name = "stale"
    page: int


class ShowHits(Button, frozen=True):
    name = "hits"
    days: int  # 0: ever since
    page: int


class SaveHits(Button, frozen=True):
    name = "hitf"
    days: int  # 0: ever since
