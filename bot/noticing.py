"""Introduces what has to do with notices to each other: the desk, the letters, who shows them."""

from collections.abc import Sequence

from msgspec import Struct

from bot.ground import Ground
from bot.hall import Doors, Hall
from bot.notice_watch import NoticeWatch, Worker
from bot.papers import PaperDoors
from bot.theme_days import ThemeDayDoors
from branch.dates.holidays import Holidays
from branch.notices.amending import Amending
from branch.notices.checking import Checking
from branch.notices.desk import NoticeDesk
from branch.notices.field_values import FieldNames
from branch.notices.lettering import Lettering
from branch.notices.letters import NoticeLetters, NoticeTaps
from branch.notices.looking_ahead import NoticesAhead
from branch.notices.occasions import Occasion, Occasions
from branch.notices.receipts import Receipts
from branch.notices.series import Series
from branch.notices.shelf import NoticeShelf
from branch.notices.steering import Steering
from branch.notices.watching import Watching
from branch.notices.wish_book import WishBook
from handlers.acknowledge import Acknowledging
from handlers.correct_notice import CorrectNotices
from handlers.notice_audience import ChoosingAudience
from handlers.notice_buttons import Acknowledge, ApproveNotice, RefuseNotice, ShowNotice
from handlers.notice_card import NoticeCards
from handlers.notice_deeds import NoticeDeeds
from handlers.notice_form import NoticeWords
from handlers.notice_options import SettingOptions
from handlers.notice_readers import NoticeReaders
from handlers.notice_refusals import NoticeRefusals
from handlers.notices import Notices, Reminders
from handlers.reading_wishes import ReadingWishes
from handlers.replies import Say
from handlers.write_notice import WriteNotices


class NoticeParts(Struct, frozen=True, kw_only=True):
    """What is done with notices, whoever asks for it: people in a chat, or the clock."""

    desk: NoticeDesk
    steering: Steering
    amending: Amending
    shelf: NoticeShelf
    receipts: Receipts
    wish_book: WishBook
    letters: NoticeLetters
    fields: FieldNames
    cards: NoticeCards
    watch: NoticeWatch
    ahead: NoticesAhead


class NoticeDoors(Doors, frozen=True, kw_only=True):
    """What readers and members do with notices in the chat."""

    acknowledging: Acknowledging


def notice_parts(
    ground: Ground, *, holidays: Holidays, occasions: Sequence[Occasion], approve_above: int
) -> NoticeParts:
    begin, look = ground.transactions.begin, ground.transactions.look
    texts, zone = ground.texts, ground.zone
    fields = FieldNames(texts)
    letters = _letters(ground, fields)
    checking = Checking(letters, fields)
    shelf = NoticeShelf(begin, look, holidays=holidays, zone=zone)
    cards = NoticeCards(shelf, ground.bot, texts, Say(texts))
    amending = Amending(begin, look, letters, checking)
    series = Series(begin, look, letters, holidays=holidays, zone=zone)
    days = Occasions(begin, letters, occasions, zone=zone)
    workers: list[Worker] = [series, days, Lettering(begin, look, letters), amending]
    watch = NoticeWatch(workers, Watching(begin, look, letters), cards, ground.now)
    return NoticeParts(
        desk=NoticeDesk(
            begin,
            look,
            letters,
            checking,
            holidays=holidays,
            zone=zone,
            approve_above=approve_above,
            woken=watch.wake,
        ),
        steering=Steering(begin, letters),
        amending=amending,
        shelf=shelf,
        receipts=Receipts(begin),
        wish_book=WishBook(begin, look),
        letters=letters,
        fields=fields,
        cards=cards,
        watch=watch,
        ahead=NoticesAhead(look, occasions, zone=zone),
    )


def _letters(ground: Ground, fields: FieldNames) -> NoticeLetters:
    taps = NoticeTaps(
        acknowledge=lambda notice: Acknowledge(notice).pack(),
        show=lambda notice: ShowNotice(notice).pack(),
        approve=lambda notice: ApproveNotice(notice).pack(),
        refuse=lambda notice: RefuseNotice(notice).pack(),
    )
    return NoticeLetters(ground.texts, taps, fields, ground.zone)


def noticing(
    parts: NoticeParts, hall: Hall, *, days: ThemeDayDoors, calls: PaperDoors, reminders: Reminders
) -> NoticeDoors:
    shelf, cards, amending = parts.shelf, parts.cards, parts.amending
    strangers, zone, say = hall.strangers, hall.zone, hall.say
    refusals = NoticeRefusals(parts.fields, say)
    writing = _writing(parts, hall, days=days, calls=calls, refusals=refusals)
    correcting = CorrectNotices(
        amending=amending, desk=parts.desk, shelf=shelf, cards=cards, refusals=refusals, say=say
    )
    deeds = NoticeDeeds(
        desk=parts.desk,
        steering=parts.steering,
        amending=amending,
        shelf=shelf,
        cards=cards,
        refusals=refusals,
        say=say,
    )
    acknowledging = Acknowledging(
        receipts=parts.receipts, letters=parts.letters, strangers=strangers, say=say
    )
    return NoticeDoors(
        acknowledging=acknowledging,
        conversations=[writing.conversation(), correcting.conversation()],
        handlers=[
            *Notices(shelf=shelf, reminders=reminders, refusals=refusals, say=say).handlers(),
            *deeds.handlers(),
            *NoticeReaders(shelf=shelf, zone=zone, refusals=refusals, say=say).handlers(),
            *acknowledging.handlers(),
            *ReadingWishes(book=parts.wish_book, strangers=strangers, say=say).handlers(),
        ],
    )


def _writing(
    parts: NoticeParts,
    hall: Hall,
    *,
    days: ThemeDayDoors,
    calls: PaperDoors,
    refusals: NoticeRefusals,
) -> WriteNotices:
    desk, shelf, say, words = parts.desk, parts.shelf, hall.say, NoticeWords(hall.say)
    return WriteNotices(
        desk=desk,
        shelf=shelf,
        fields=parts.fields,
        audience=ChoosingAudience(
            desk=desk, shelf=shelf, book=parts.wish_book, words=words, say=say
        ),
        options=SettingOptions(zone=hall.zone, say=say),
        cards=parts.cards,
        words=words,
        refusals=refusals,
        announcing=days.announcing,
        announcing_calls=calls.announcing,
        day_refusals=days.refusals,
        say=say,
    )
