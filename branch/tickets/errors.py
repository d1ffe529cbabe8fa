"""What can go wrong with tickets, named after what happened."""


class TicketGone(Exception):
    """There is no such ticket, or it is not this person's."""


class TicketOver(Exception):
    """It was answered or closed."""


class TicketTaken(Exception):
    """Another member has it in hand; `by` is their name, unless they have left."""

    def __init__(self, by: str | None) -> None:
        super().__init__()
        self.by = by


class TooManyWaiting(Exception):
    """The person has as many tickets waiting as one may have."""


class TooManyToday(Exception):
    """The person has opened as many tickets in a day as one may."""


class TextDoesNotFit(ValueError):
    """Empty, or longer than one message can carry."""


class TicketNeverHeldStill(Exception):
    """Others changed it again and again while we tried to."""
