"""Why something about a theme day cannot be done."""


class DayGone(Exception):
    """There is no such day."""


class DayOver(Exception):
    """It has begun."""


class DayCancelled(Exception):
    """It does not take place."""


class TimeIsPast(Exception):
    """It would begin before now."""


class DayMovedOn(Exception):
    """Somebody else has just changed it."""
