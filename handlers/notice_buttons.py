"""Taps that have to do with notices: what a reader does with one, and what a member does."""

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


class Acknowledge(Button, frozen=True):
    """Their reader says that they have read it; 0 stands below a sample."""

    name = "got"
    notice: int


class ShowNotices(Button, frozen=True):
    name = "ntcs"
    page: int


class ShowNotice(Button, frozen=True):
    name = "ntc"
    notice: int


class ReadNotice(Button, frozen=True):
    """See it as its readers do."""

    name = "ntcread"
    notice: int


class SteerNotice(Button, frozen=True):
    name = "ntcdo"
    deed: NoticeDeed
    notice: int


class SteerForCertain(Button, frozen=True):
    """The same, after a second look."""

    name = "ntcdo2"
    deed: NoticeDeed
    notice: int


class RemindUnread(Button, frozen=True):
    """Remind who has not said so, for the so-manieth time."""

    name = "ntcrem"
    notice: int
    time: int


class ShowUnread(Button, frozen=True):
    name = "ntcunr"
    notice: int


class SendReport(Button, frozen=True):
    name = "ntcrep"
    notice: int


class CopyNotice(Button, frozen=True):
    name = "ntccopy"
    notice: int


class WriteToUnread(Button, frozen=True):
    """Begin a notice to those who have not said that they read this one."""

    name = "ntcto"
    notice: int


class CorrectNotice(Button, frozen=True):
    name = "ntcfix"
    notice: int


class ApproveNotice(Button, frozen=True):
    name = "ntcok"
    notice: int


class RefuseNotice(Button, frozen=True):
    name = "ntcno"
    notice: int


class ShowComing(Button, frozen=True):
    """What goes out in the next days."""

    name = "ntcdue"


class ShowSentByClock(Button, frozen=True):
    """What became of reminders in the last days."""

    name = "ntcsent"


class WriteNotice(Button, frozen=True):
    name = "ntcnew"


class ChooseEverybody(Button, frozen=True):
    name = "nfall"


class ShowRespect(Button, frozen=True):
    """The values by which an audience can be chosen."""

    name = "nfby"
    respect: str


class PickValue(Button, frozen=True):
    """One of those that were shown, by its place among them."""

    name = "nfpick"
    place: int


class NewList(Button, frozen=True):
    name = "nflist"


class ShowExclusions(Button, frozen=True):
    """Choose who does not get it (1), or who does (0)."""

    name = "nfout"
    excluding: int


class GoOn(Button, frozen=True):
    name = "nfnext"


class ChangeWords(Button, frozen=True):
    name = "nftext"


class ChangeAudience(Button, frozen=True):
    name = "nfwho"


class ChangeTime(Button, frozen=True):
    name = "nfwhen"


class SendAtOnce(Button, frozen=True):
    name = "nfnow"


class ChangeLinks(Button, frozen=True):
    name = "nflink"


class WithoutLinks(Button, frozen=True):
    name = "nfnolink"


class ChangeOptions(Button, frozen=True):
    name = "nfopt"


class ToggleReceipt(Button, frozen=True):
    name = "nfrec"


class ToggleUrgent(Button, frozen=True):
    name = "nfurg"


class ChooseKind(Button, frozen=True):
    name = "nfkind"
    kind: NoticeKind


class ChooseAmount(Button, frozen=True):
    name = "nfset"
    amount: Amount
    value: int


class PreviewNotice(Button, frozen=True):
    name = "nfsee"


class TestNotice(Button, frozen=True):
    name = "nftest"


class ShowWishes(Button, frozen=True):
    name = "wish"


class ToggleKind(Button, frozen=True):
    name = "wishkind"
    kind: NoticeKind


class ChooseGathering(Button, frozen=True):
    name = "wishwhen"
    gathering: Gathering


class MuteFor(Button, frozen=True):
    """Be left alone for so many days; 0: not any more."""

    name = "wishmute"
    days: int


class LeaveList(Button, frozen=True):
    """Be on the list of this place no more."""

    name = "wishlist"
    place: int
