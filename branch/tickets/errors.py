"""What can go wrong with tickets, named after what happened."""

from datetime import datetime


class TicketGone(Exception):
    """There is no such ticket, or it is not this person's."""


class TicketOver(Exception):
    """It was answered or closed."""


class TicketTaken(Exception):
    """Another member has it in hand; `by` is their name, unless they have left."""

    def __init__(self, by: str | None) -> None:
        super().__init__()
        self.by = by


class NotAMember(Exception):
    """The other person does not answer tickets, or not any more."""


class NothingToJudge(Exception):
    """There is no answer yet."""


class TooManyWaiting(Exception):
    """The person has as many tickets waiting as one may have."""


class TooManyToday(Exception):
    """The person has opened as many tickets in a day as one may."""


class TooManyThisHour(Exception):
    """The person has written as much in an hour as one may; `until` when there is room again."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Muted(Exception):
    """A member has asked the person to be quiet until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class TextDoesNotFit(ValueError):
    """Empty, or longer than one message can carry."""


class TicketNeverHeldStill(Exception):
    """Others changed it again and again while we tried to."""


class RevealUnknown(Exception):
    """Nobody has asked to reveal this, or it was decided."""


class RevealNeedsAnother(Exception):
    """Who asked to reveal it cannot approve it too."""


class CannedGone(Exception):
    """There is no such canned reply any more."""


class TooManyCanned(Exception):
    """There are as many canned replies as one can still look through."""
