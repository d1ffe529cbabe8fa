"""Taps that have to do with theme days."""

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


class ShowThemeDays(Button, frozen=True):
    name = "days"


class ShowThemeDay(Button, frozen=True):
    name = "day"
    day: int


class Come(Button, frozen=True):
    name = "daygo"
    day: int


class CannotCome(Button, frozen=True):
    name = "dayno"
    day: int


class SayWhy(Button, frozen=True):
    name = "daywhy"
    day: int
    reason: Reason


class DayFile(Button, frozen=True):
    """The day for the phone's own calendar."""

    name = "dayics"
    day: int


class ShowWhoComes(Button, frozen=True):
    name = "daywho"
    day: int


class PlanDay(Button, frozen=True):
    name = "daynew"


class ChangeDay(Button, frozen=True):
    name = "dayedit"
    day: int


class EditDayField(Button, frozen=True):
    name = "dayfld"
    field: DayField


class WithoutField(Button, frozen=True):
    """No speakers, or no limit."""

    name = "daynone"


class CancelDay(Button, frozen=True):
    name = "dayoff"
    day: int


class CancelDayForCertain(Button, frozen=True):
    name = "dayoff2"
    day: int


class AnnounceDay(Button, frozen=True):
    """Begin a notice that tells of it."""

    name = "daysay"
    day: int


class ShowPastDays(Button, frozen=True):
    name = "daypast"


class ShowCover(Button, frozen=True):
    name = "daypic"
    day: int


class ShowDayDeeds(Button, frozen=True):
    """What members do at a day and after it."""

    name = "daymore"
    day: int


class ChooseAudience(Button, frozen=True):
    name = "dayfor"
    audience: DayAudience


class ToggleLead(Button, frozen=True):
    name = "daylead"
    hours: int


class ChooseSeries(Button, frozen=True):
    name = "dayser"
    series: int  # 0: none


class ShowDoor(Button, frozen=True):
    """The code, as a picture that changes."""

    name = "daydoor"
    day: int


class CheckIn(Button, frozen=True):
    name = "dayin"
    day: int


class ShowAttendance(Button, frozen=True):
    name = "dayatt"
    day: int


class AttendanceFile(Button, frozen=True):
    name = "dayattx"
    day: int


class MarkThere(Button, frozen=True):
    """Put somebody down by hand."""

    name = "daymark"
    day: int
    person: int


class UnmarkThere(Button, frozen=True):
    name = "dayunmark"
    day: int
    person: int


class ShowYearOfDays(Button, frozen=True):
    name = "dayyear"
    year: int  # 0: this one


class YearOfDaysFile(Button, frozen=True):
    name = "dayyearx"
    year: int


class ShowSpeakerQuestions(Button, frozen=True):
    name = "dayqs"
    day: int


class ShowSpeakerQuestion(Button, frozen=True):
    name = "dayq"
    question: int


class AskSpeaker(Button, frozen=True):
    name = "dayask"
    day: int


class VoteForQuestion(Button, frozen=True):
    name = "dayvote"
    question: int


class AnswerForSpeaker(Button, frozen=True):
    """Note what was answered."""

    name = "dayans"
    question: int


class RemoveSpeakerQuestion(Button, frozen=True):
    name = "dayqdel"
    question: int


class KeepSpeakerAnswer(Button, frozen=True):
    """Begin an entry of the base with it."""

    name = "dayqkb"
    question: int


class ShowMinutes(Button, frozen=True):
    name = "daymin"
    day: int


class WriteMinutes(Button, frozen=True):
    name = "dayminw"
    day: int


class DropPhotos(Button, frozen=True):
    name = "daynopic"


class AskHowItWas(Button, frozen=True):
    name = "dayhow"
    day: int


class RateDay(Button, frozen=True):
    name = "dayrate"
    day: int
    rating: int


class RemarkOnDay(Button, frozen=True):
    name = "dayrem"
    day: int


class ShowFeedback(Button, frozen=True):
    name = "dayfb"
    day: int


class ShowAllSeries(Button, frozen=True):
    name = "sers"


class ShowSeries(Button, frozen=True):
    name = "ser"
    series: int


class BeginSeries(Button, frozen=True):
    name = "sernew"


class ChangeSeries(Button, frozen=True):
    name = "seredit"
    series: int


class EditSeriesField(Button, frozen=True):
    name = "serfld"
    field: SeriesField


class WithoutSeriesField(Button, frozen=True):
    name = "sernone"


class EndSeries(Button, frozen=True):
    name = "serend"
    series: int


class EndSeriesForCertain(Button, frozen=True):
    name = "serend2"
    series: int
