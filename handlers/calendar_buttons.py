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
class EndReminders(Button):
    name = "remend"


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


@dataclass(frozen=True, slots=True)
class RemindWeekly(Button):
    name = "remweek"
    wanted: int


@dataclass(frozen=True, slots=True)
class EditCalendar(Button):
    """Change dates, those of this intake first; 0: of the current one."""

    name = "caledit"
    intake: int


@dataclass(frozen=True, slots=True)
class ChooseIntake(Button):
    name = "calyear"
    intake: int


@dataclass(frozen=True, slots=True)
class ChooseMilestone(Button):
    name = "calstep"
    milestone: str


@dataclass(frozen=True, slots=True)
class NotAnnounced(Button):
    name = "calopen"


@dataclass(frozen=True, slots=True)
class KeepSource(Button):
    name = "calsrc"


@dataclass(frozen=True, slots=True)
class ShowDateHistory(Button):
    name = "calhis"


@dataclass(frozen=True, slots=True)
class UndoDate(Button):
    """`version` is the edit that the person was looking at."""

    name = "calundo"
    version: int
