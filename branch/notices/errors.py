"""What can go wrong with notices, named after what happened."""

from collections.abc import Mapping


class NoticeGone(Exception):
    """There is no such notice."""


class NoticeMovedOn(Exception):
    """It is not in a state in which this can be done (any more)."""


class NothingToSay(ValueError):
    """A notice without a text and without a file."""


class NobodyToTell(Exception):
    """The audience is empty, or none of it wants notices of this kind."""


class FieldsLacking(Exception):
    """Some of the audience have no value for a field: so many, by field."""

    def __init__(self, lacking: Mapping[str, int]) -> None:
        super().__init__(dict(lacking))
        self.lacking = lacking


class NoticeTooLong(ValueError):
    """Rendered, it does not fit into one message."""

    def __init__(self, units: int) -> None:
        super().__init__(units)
        self.units = units


class TimeIsPast(Exception):
    """It should be sent at a time that is over."""


class NeedsAnother(Exception):
    """Who has written it cannot approve it."""


class ListUnknown(LookupError):
    """Nobody is on such a list."""


class ListNameTooLong(ValueError):
    """It would not fit into a link."""


class TooLateToRecall(Exception):
    """Telegram deletes nothing that is older than 48 hours."""
