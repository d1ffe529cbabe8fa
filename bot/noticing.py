"""Introduces what has to do with notices to each other: the desk, the letters, who shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram.ext import ExtBot

from bot.notice_watch import NoticeWatch
from branch.dates.holidays import Holidays
from branch.notices.amending import Amending
from branch.notices.checking import Checking
from branch.notices.desk import NoticeDesk
from branch.notices.field_values import FieldNames
from branch.notices.lettering import Lettering
from branch.notices.letters import NoticeLetters, NoticeTaps
from branch.notices.occasions import Occasion, Occasions
from branch.notices.receipts import Receipts
from branch.notices.series import Series
from branch.notices.shelf import NoticeShelf
from branch.notices.steering import Steering
from branch.notices.watching import Watching
from branch.notices.wish_book import WishBook
from handlers.acknowledge import Acknowledging
from handlers.announce_call import AnnouncingCalls
from handlers.announce_theme_day import Announcing
from handlers.conversation import Conversation, Handler
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
from handlers.strangers import Strangers
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.write_notice import WriteNotices
from storage.work import Transactions
from texts.renderer import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeParts:
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


@dataclass(frozen=True, slots=True)
class Noticing:
    """What readers and members do with notices in the chat."""

    conversations: list[Conversation]
    handlers: list[Handler]
    acknowledging: Acknowledging


def notice_parts(
    transactions: Transactions,
    texts: Texts,
    bot: ExtBot[Any],
    *,
    holidays: Holidays,
    occasions: Sequence[Occasion],
    zone: ZoneInfo,
    approve_above: int,
    now: Callable[[], datetime],
) -> NoticeParts:
    begin, look = transactions.begin, transactions.look
    fields = FieldNames(texts)
    letters = NoticeLetters(
        texts,
        NoticeTaps(
            acknowledge=lambda notice: Acknowledge(notice).pack(),
            show=lambda notice: ShowNotice(notice).pack(),
            approve=lambda notice: ApproveNotice(notice).pack(),
            refuse=lambda notice: RefuseNotice(notice).pack(),
        ),
        fields,
        zone,
    )
    checking = Checking(letters, fields)
    shelf = NoticeShelf(begin, look, holidays=holidays, zone=zone)
    cards = NoticeCards(shelf, bot, texts, Say(texts))
    amending = Amending(begin, look, letters, checking)
    series = Series(begin, look, letters, holidays=holidays, zone=zone)
    watch = NoticeWatch(
        [
            series,
            Occasions(begin, letters, occasions, zone=zone),
            Lettering(begin, look, letters),
            amending,
        ],
        Watching(begin, look, letters),
        cards,
        now,
    )
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
    )


def noticing(
    parts: NoticeParts,
    *,
    reminders: Reminders,
    announcing: Announcing,
    announcing_calls: AnnouncingCalls,
    day_refusals: ThemeDayRefusals,
    strangers: Strangers,
    zone: ZoneInfo,
    say: Say,
) -> Noticing:
    refusals = NoticeRefusals(parts.fields, say)
    words = NoticeWords(say)
    writing = WriteNotices(
        desk=parts.desk,
        shelf=parts.shelf,
        fields=parts.fields,
        audience=ChoosingAudience(
            desk=parts.desk, shelf=parts.shelf, book=parts.wish_book, words=words, say=say
        ),
        options=SettingOptions(zone=zone, say=say),
        cards=parts.cards,
        words=words,
        refusals=refusals,
        announcing=announcing,
        announcing_calls=announcing_calls,
        day_refusals=day_refusals,
        say=say,
    )
    correcting = CorrectNotices(
        amending=parts.amending,
        desk=parts.desk,
        shelf=parts.shelf,
        cards=parts.cards,
        refusals=refusals,
        say=say,
    )
    deeds = NoticeDeeds(
        desk=parts.desk,
        steering=parts.steering,
        amending=parts.amending,
        shelf=parts.shelf,
        cards=parts.cards,
        refusals=refusals,
        say=say,
    )
    acknowledging = Acknowledging(
        receipts=parts.receipts, letters=parts.letters, strangers=strangers, say=say
    )
    return Noticing(
        acknowledging=acknowledging,
        conversations=[writing.conversation(), correcting.conversation()],
        handlers=[
            *Notices(shelf=parts.shelf, reminders=reminders, refusals=refusals, say=say).handlers(),
            *deeds.handlers(),
            *NoticeReaders(shelf=parts.shelf, zone=zone, refusals=refusals, say=say).handlers(),
            *acknowledging.handlers(),
            *ReadingWishes(book=parts.wish_book, strangers=strangers, say=say).handlers(),
        ],
    )
