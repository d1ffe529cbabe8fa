"""Why something about a call or a paper cannot be done, named after what happened."""

from collections.abc import Sequence
from datetime import datetime


class CallGone(Exception):
    """There is no such call, or it is not for this person."""


class CallClosed(Exception):
    """It takes nothing any more."""


class CallMovedOn(Exception):
    """Somebody else has just changed it."""


class TimeIsPast(Exception):
    """The deadline would lie before now."""


class ReviewBegun(Exception):
    """The papers are with the reviewers already."""


class DeadlineOver(Exception):
    """`code_until`: until when somebody with the late code may hand in; None for not at all."""

    def __init__(self, deadline: datetime, code_until: datetime | None = None) -> None:
        super().__init__(deadline)
        self.deadline = deadline
        self.code_until = code_until


class WrongCode(Exception):
    """This is not the late code of the call."""


class PaperGone(Exception):
    """There is no such paper."""


class PaperFixed(Exception):
    """In the state in which it is, this cannot be done with it."""


class NotYetWhole(Exception):
    """`lacking` names the fields without which it cannot be handed in."""

    def __init__(self, lacking: Sequence[str]) -> None:
        super().__init__(", ".join(lacking))
        self.lacking = lacking


class NothingNew(Exception):
    """What was to be revised has no newer file."""


class WordsOff(Exception):
    """There are `count` words where between `least` and `most` are wanted."""

    def __init__(self, field: str, count: int, *, least: int, most: int) -> None:
        super().__init__(f"{field}: {count}")
        self.field = field
        self.count = count
        self.least = least
        self.most = most


class WrongKind(Exception):
    """The file is not of a kind that the call takes."""


class FileTooBig(Exception):
    """`most` is in MiB."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class FileEmpty(Exception):
    """There is nothing in it."""


class SameFile(Exception):
    """It has been handed in before, as `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TooManyVersions(Exception):
    """Nobody needs so many."""


class TooEarly(Exception):
    """The deadline has not come."""


class NothingHere(Exception):
    """There is no paper with which this could be done."""


class ReviewGone(Exception):
    """There is no such review, or it is somebody else's, or over."""


class NotScored(Exception):
    """Something has no score yet."""


class NeedsAnother(Exception):
    """Another person has to do it."""


class NotAllDecided(Exception):
    """`lacking` papers have no proposal."""

    def __init__(self, lacking: int) -> None:
        super().__init__(lacking)
        self.lacking = lacking


class TooLong(Exception):
    """`most` characters at most."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
