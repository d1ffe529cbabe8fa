"""Why something about a theme day cannot be done."""

from datetime import datetime


class DayGone(Exception):
    """There is no such day."""


class DayOver(Exception):
    """It has begun."""


class DayCancelled(Exception):
    """It does not take place."""


class DayNotYet(Exception):
    """It has to have taken place first."""


class TimeIsPast(Exception):
    """It would begin before now."""


class DayMovedOn(Exception):
    """Somebody else has just changed it."""


class NotForYou(Exception):
    """It is for members only."""


class SeriesGone(Exception):
    """There is no such series, or it has ended."""


class SeriesKnown(Exception):
    """There is one of that name."""


class DoorClosed(Exception):
    """Nobody checks in yet, or any more; `opens_at` is when one can, if that is still to come."""

    def __init__(self, opens_at: datetime | None = None) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


class WrongCode(Exception):
    """Not what stands at the door now."""


class QuestionGone(Exception):
    """It was taken back, or hidden."""


class QuestionsEnough(Exception):
    """They have asked as many as one may."""


class RatedAlready(Exception):
    """One says it once."""


class NotThere(Exception):
    """Only who was there can say how it was."""
