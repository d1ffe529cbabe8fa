"""Taps that have to do with notices: what a reader does with one, and what a member does."""

from dataclasses import dataclass
from enum import StrEnum

from branch.notices.model import NoticeKind
from branch.notices.wishes import Gathering
from handlers.buttons import Button


class NoticeDeed(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RECALL = "recall"
    SEND_FAILED_AGAIN = "failed"
    SEND_UNKNOWN_AGAIN = "unknown"
    TAKE_AS_DELIVERED = "taken"


class Amount(StrEnum):
    """What is set to a number."""

    SPREAD = "spread"
    USEFUL_DAYS = "days"


@dataclass(frozen=True, slots=True)
class Acknowledge(Button):
    """Their reader says that they have read it; 0 stands below a sample."""

    name = "got"
    notice: int


@dataclass(frozen=True, slots=True)
class ShowNotices(Button):
    name = "ntcs"
    page: int


@dataclass(frozen=True, slots=True)
class ShowNotice(Button):
    name = "ntc"
    notice: int


@dataclass(frozen=True, slots=True)
class ReadNotice(Button):
    """See it as its readers do."""

    name = "ntcread"
    notice: int


@dataclass(frozen=True, slots=True)
class SteerNotice(Button):
    name = "ntcdo"
    deed: NoticeDeed
    notice: int


@dataclass(frozen=True, slots=True)
class SteerForCertain(Button):
    """The same, after a second look."""

    name = "ntcdo2"
    deed: NoticeDeed
    notice: int


@dataclass(frozen=True, slots=True)
class RemindUnread(Button):
    """Remind who has not said so, for the so-manieth time."""

    name = "ntcrem"
    notice: int
    time: int


@dataclass(frozen=True, slots=True)
class ShowUnread(Button):
    name = "ntcunr"
    notice: int


@dataclass(frozen=True, slots=True)
class SendReport(Button):
    name = "ntcrep"
    notice: int


@dataclass(frozen=True, slots=True)
class CopyNotice(Button):
    name = "ntccopy"
    notice: int


@dataclass(frozen=True, slots=True)
class WriteToUnread(Button):
    """Begin a notice to those who have not said that they read this one."""

    name = "ntcto"
    notice: int


@dataclass(frozen=True, slots=True)
class CorrectNotice(Button):
    name = "ntcfix"
    notice: int


@dataclass(frozen=True, slots=True)
class ApproveNotice(Button):
    name = "ntcok"
    notice: int


@dataclass(frozen=True, slots=True)
class RefuseNotice(Button):
    name = "ntcno"
    notice: int


@dataclass(frozen=True, slots=True)
class ShowComing(Button):
    """What goes out in the next days."""

    name = "ntcdue"


@dataclass(frozen=True, slots=True)
class ShowSentByClock(Button):
    """What became of reminders in the last days."""

    name = "ntcsent"


@dataclass(frozen=True, slots=True)
class WriteNotice(Button):
    name = "ntcnew"


@dataclass(frozen=True, slots=True)
class ChooseEverybody(Button):
    name = "nfall"


@dataclass(frozen=True, slots=True)
class ShowRespect(Button):
    """The values by which an audience can be chosen."""

    name = "nfby"
    respect: str


@dataclass(frozen=True, slots=True)
class PickValue(Button):
    """One of those that were shown, by its place among them."""

    name = "nfpick"
    place: int


@dataclass(frozen=True, slots=True)
class NewList(Button):
    name = "nflist"


@dataclass(frozen=True, slots=True)
class ShowExclusions(Button):
    """Choose who does not get it (1), or who does (0)."""

    name = "nfout"
    excluding: int


@dataclass(frozen=True, slots=True)
class GoOn(Button):
    name = "nfnext"


@dataclass(frozen=True, slots=True)
class ChangeWords(Button):
    name = "nftext"


@dataclass(frozen=True, slots=True)
class ChangeAudience(Button):
    name = "nfwho"


@dataclass(frozen=True, slots=True)
class ChangeTime(Button):
    name = "nfwhen"


@dataclass(frozen=True, slots=True)
class SendAtOnce(Button):
    name = "nfnow"


@dataclass(frozen=True, slots=True)
class ChangeLinks(Button):
    name = "nflink"


@dataclass(frozen=True, slots=True)
class WithoutLinks(Button):
    name = "nfnolink"


@dataclass(frozen=True, slots=True)
class ChangeOptions(Button):
    name = "nfopt"


@dataclass(frozen=True, slots=True)
class ToggleReceipt(Button):
    name = "nfrec"


@dataclass(frozen=True, slots=True)
class ToggleUrgent(Button):
    name = "nfurg"


@dataclass(frozen=True, slots=True)
class ChooseKind(Button):
    name = "nfkind"
    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class ChooseAmount(Button):
    name = "nfset"
    amount: Amount
    value: int


@dataclass(frozen=True, slots=True)
class PreviewNotice(Button):
    name = "nfsee"


@dataclass(frozen=True, slots=True)
class TestNotice(Button):
    name = "nftest"


@dataclass(frozen=True, slots=True)
class ShowWishes(Button):
    name = "wish"


@dataclass(frozen=True, slots=True)
class ToggleKind(Button):
    name = "wishkind"
    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class ChooseGathering(Button):
    name = "wishwhen"
    gathering: Gathering


@dataclass(frozen=True, slots=True)
class MuteFor(Button):
    """Be left alone for so many days; 0: not any more."""

    name = "wishmute"
    days: int


@dataclass(frozen=True, slots=True)
class LeaveList(Button):
    """Be on the list of this place no more."""

    name = "wishlist"
    place: int
