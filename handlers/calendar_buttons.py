"""What a tap means around the exam calendar: more words of the vocabulary in `buttons`."""

from dataclasses import dataclass

from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class CalendarPicture(Button):
    name = "calpic"
    intake: int


@dataclass(frozen=True, slots=True)
class CalendarFile(Button):
    name = "calics"
    intake: int


@dataclass(frozen=True, slots=True)
class ShowReminders(Button):
    name = "rem"


@dataclass(frozen=True, slots=True)
class StartReminders(Button):
    name = "remon"


@dataclass(frozen=True, slots=True)
class PauseReminders(Button):
    name = "rempause"
    paused: int


@dataclass(frozen=True, slots=True)
class ShowRemindedOf(Button):
    """Choose of which milestones."""

    name = "remwhat"


@dataclass(frozen=True, slots=True)
class RemindOf(Button):
    """Whether to be reminded of a milestone; an empty one means of all."""

    name = "remof"
    milestone: str
    wanted: int


@dataclass(frozen=True, slots=True)
class ShowLeads(Button):
    """Choose how many days before."""

    name = "remwhen"


@dataclass(frozen=True, slots=True)
class RemindAhead(Button):
    name = "remlead"
    days: int
    wanted: int
