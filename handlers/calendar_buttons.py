"""What a tap means around the exam calendar: more words of the vocabulary in `buttons`."""

from handlers.buttons import Button


class CalendarPicture(Button, frozen=True):
    name = "calpic"
    intake: int


class CalendarFile(Button, frozen=True):
    name = "calics"
    intake: int


class ShowReminders(Button, frozen=True):
    name = "rem"


class StartReminders(Button, frozen=True):
    name = "remon"


class PauseReminders(Button, frozen=True):
    name = "rempause"
    paused: int


class EndReminders(Button, frozen=True):
    name = "remend"


class ShowRemindedOf(Button, frozen=True):
    """Choose of which milestones."""

    name = "remwhat"


class RemindOf(Button, frozen=True):
    """Whether to be reminded of a milestone; an empty one means of all."""

    name = "remof"
    milestone: str
    wanted: int


class ShowLeads(Button, frozen=True):
    """Choose how many days before."""

    name = "remwhen"


class RemindAhead(Button, frozen=True):
    name = "remlead"
    days: int
    wanted: int


class RemindWeekly(Button, frozen=True):
    name = "remweek"
    wanted: int


class EditCalendar(Button, frozen=True):
    """Change dates, those of this intake first; 0: of the current one."""

    name = "caledit"
    intake: int


class ChooseIntake(Button, frozen=True):
    name = "calyear"
    intake: int


class ChooseMilestone(Button, frozen=True):
    name = "calstep"
    milestone: str


class NotAnnounced(Button, frozen=True):
    name = "calopen"


class KeepSource(Button, frozen=True):
    name = "calsrc"


class ShowDateHistory(Button, frozen=True):
    name = "calhis"


class UndoDate(Button, frozen=True):
    """`version` is the edit that the person was looking at."""

    name = "calundo"
    version: int
