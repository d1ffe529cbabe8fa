"""Taps that have to do with theme days."""

from dataclasses import dataclass
from enum import StrEnum

from branch.theme_days.model import DayAudience, Reason
from handlers.buttons import Button


class DayField(StrEnum):
    TITLE = "title"
    WHEN = "when"
    PLACE = "place"
    SPEAKERS = "speakers"
    CAPACITY = "capacity"
    AUDIENCE = "audience"
    LEADS = "leads"
    COVER = "cover"
    SERIES = "series"


class SeriesField(StrEnum):
    NAME = "name"
    DESCRIPTION = "description"
    LOGO = "logo"
    RULE = "rule"
    PLACE = "place"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class ShowThemeDays(Button):
    name = "days"


@dataclass(frozen=True, slots=True)
class ShowThemeDay(Button):
    name = "day"
    day: int


@dataclass(frozen=True, slots=True)
class Come(Button):
    name = "daygo"
    day: int


@dataclass(frozen=True, slots=True)
class CannotCome(Button):
    name = "dayno"
    day: int


@dataclass(frozen=True, slots=True)
class SayWhy(Button):
    name = "daywhy"
    day: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class DayFile(Button):
    """The day for the phone's own calendar."""

    name = "dayics"
    day: int


@dataclass(frozen=True, slots=True)
class ShowWhoComes(Button):
    name = "daywho"
    day: int


@dataclass(frozen=True, slots=True)
class PlanDay(Button):
    name = "daynew"


@dataclass(frozen=True, slots=True)
class ChangeDay(Button):
    name = "dayedit"
    day: int


@dataclass(frozen=True, slots=True)
class EditDayField(Button):
    name = "dayfld"
    field: DayField


@dataclass(frozen=True, slots=True)
class WithoutField(Button):
    """No speakers, or no limit."""

    name = "daynone"


@dataclass(frozen=True, slots=True)
class CancelDay(Button):
    name = "dayoff"
    day: int


@dataclass(frozen=True, slots=True)
class CancelDayForCertain(Button):
    name = "dayoff2"
    day: int


@dataclass(frozen=True, slots=True)
class AnnounceDay(Button):
    """Begin a notice that tells of it."""

    name = "daysay"
    day: int


@dataclass(frozen=True, slots=True)
class ShowPastDays(Button):
    name = "daypast"


@dataclass(frozen=True, slots=True)
class ShowCover(Button):
    name = "daypic"
    day: int


@dataclass(frozen=True, slots=True)
class ShowDayDeeds(Button):
    """What members do at a day and after it."""

    name = "daymore"
    day: int


@dataclass(frozen=True, slots=True)
class ChooseAudience(Button):
    name = "dayfor"
    audience: DayAudience


@dataclass(frozen=True, slots=True)
class ToggleLead(Button):
    name = "daylead"
    hours: int


@dataclass(frozen=True, slots=True)
class ChooseSeries(Button):
    name = "dayser"
    series: int  # 0: none


@dataclass(frozen=True, slots=True)
class ShowDoor(Button):
    """The code, as a picture that changes."""

    name = "daydoor"
    day: int


@dataclass(frozen=True, slots=True)
class CheckIn(Button):
    name = "dayin"
    day: int


@dataclass(frozen=True, slots=True)
class ShowAttendance(Button):
    name = "dayatt"
    day: int


@dataclass(frozen=True, slots=True)
class AttendanceFile(Button):
    name = "dayattx"
    day: int


@dataclass(frozen=True, slots=True)
class MarkThere(Button):
    """Put somebody down by hand."""

    name = "daymark"
    day: int
    person: int


@dataclass(frozen=True, slots=True)
class UnmarkThere(Button):
    name = "dayunmark"
    day: int
    person: int


@dataclass(frozen=True, slots=True)
class ShowYearOfDays(Button):
    name = "dayyear"
    year: int  # 0: this one


@dataclass(frozen=True, slots=True)
class YearOfDaysFile(Button):
    name = "dayyearx"
    year: int


@dataclass(frozen=True, slots=True)
class ShowSpeakerQuestions(Button):
    name = "dayqs"
    day: int


@dataclass(frozen=True, slots=True)
class ShowSpeakerQuestion(Button):
    name = "dayq"
    question: int


@dataclass(frozen=True, slots=True)
class AskSpeaker(Button):
    name = "dayask"
    day: int


@dataclass(frozen=True, slots=True)
class VoteForQuestion(Button):
    name = "dayvote"
    question: int


@dataclass(frozen=True, slots=True)
class AnswerForSpeaker(Button):
    """Note what was answered."""

    name = "dayans"
    question: int


@dataclass(frozen=True, slots=True)
class RemoveSpeakerQuestion(Button):
    name = "dayqdel"
    question: int


@dataclass(frozen=True, slots=True)
class KeepSpeakerAnswer(Button):
    """Begin an entry of the base with it."""

    name = "dayqkb"
    question: int


@dataclass(frozen=True, slots=True)
class ShowMinutes(Button):
    name = "daymin"
    day: int


@dataclass(frozen=True, slots=True)
class WriteMinutes(Button):
    name = "dayminw"
    day: int


@dataclass(frozen=True, slots=True)
class DropPhotos(Button):
    name = "daynopic"


@dataclass(frozen=True, slots=True)
class AskHowItWas(Button):
    name = "dayhow"
    day: int


@dataclass(frozen=True, slots=True)
class RateDay(Button):
    name = "dayrate"
    day: int
    rating: int


@dataclass(frozen=True, slots=True)
class RemarkOnDay(Button):
    name = "dayrem"
    day: int


@dataclass(frozen=True, slots=True)
class ShowFeedback(Button):
    name = "dayfb"
    day: int


@dataclass(frozen=True, slots=True)
class ShowAllSeries(Button):
    name = "sers"


@dataclass(frozen=True, slots=True)
class ShowSeries(Button):
    name = "ser"
    series: int


@dataclass(frozen=True, slots=True)
class BeginSeries(Button):
    name = "sernew"


@dataclass(frozen=True, slots=True)
class ChangeSeries(Button):
    name = "seredit"
    series: int


@dataclass(frozen=True, slots=True)
class EditSeriesField(Button):
    name = "serfld"
    field: SeriesField


@dataclass(frozen=True, slots=True)
class WithoutSeriesField(Button):
    name = "sernone"


@dataclass(frozen=True, slots=True)
class EndSeries(Button):
    name = "serend"
    series: int


@dataclass(frozen=True, slots=True)
class EndSeriesForCertain(Button):
    name = "serend2"
    series: int
