"""A member writes a notice: words, audience, a last look, and then it goes."""

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from branch.notices.audience import Audience, Group
from branch.notices.desk import NoticeDesk, Sample
from branch.notices.field_values import FieldNames
from branch.notices.model import Notice, NoticeId, NoticeState
from branch.notices.shelf import NoticeShelf
from branch.people.model import Role
from handlers.announce_call import AnnouncingCalls
from handlers.announce_theme_day import Announcing
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of
from handlers.notice_audience import ChoosingAudience
from handlers.notice_buttons import (
    ChangeAudience,
    ChangeLinks,
    ChangeOptions,
    ChangeTime,
    ChangeWords,
    CopyNotice,
    GoOn,
    PreviewNotice,
    TestNotice,
    WriteNotice,
    WriteToUnread,
)
from handlers.notice_card import NoticeCards
from handlers.notice_form import NoticeForm, NoticeWords
from handlers.notice_options import SettingOptions
from handlers.notice_refusals import NoticeRefusals, whoever
from handlers.notice_scenes import Noticing
from handlers.paper_buttons import AnnounceCall
from handlers.parts import WRITTEN, part_of
from handlers.replies import Say
from handlers.theme_day_buttons import AnnounceDay
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context


class WriteNotices:
    def __init__(
        self,
        *,
        desk: NoticeDesk,
        shelf: NoticeShelf,
        fields: FieldNames,
        audience: ChoosingAudience,
        options: SettingOptions,
        cards: NoticeCards,
        words: NoticeWords,
        refusals: NoticeRefusals,
        announcing: Announcing,
        announcing_calls: AnnouncingCalls,
        day_refusals: ThemeDayRefusals,
        say: Say,
    ) -> None:
        self._announcing = announcing
        self._announcing_calls = announcing_calls
        self._day_refusals = day_refusals
        self._desk = desk
        self._shelf = shelf
        self._fields = fields
        self._audience = audience
        self._options = options
        self._cards = cards
        self._words = words
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        written = MessageHandler(WRITTEN, self.take_more)
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="notice",
            draft=NoticeForm,
            entries=[
                CommandHandler("notice", self.begin),
                tapped(self.begin, WriteNotice.matches),
                tapped(self.begin_copy, CopyNotice.matches),
                tapped(self.begin_to_unread, WriteToUnread.matches),
                tapped(self.begin_announcement, AnnounceDay.matches),
                tapped(self.begin_call, AnnounceCall.matches),
            ],
            scenes={
                Noticing.TEXT: Scene(
                    self.ask_for_text,
                    [
                        MessageHandler(WRITTEN, self.take_text),
                        tapped(self.review, Back.matches),
                        leaving,
                    ],
                    self.follow,
                ),
                Noticing.REVIEW: Scene(
                    self.show_review, [*self._choices(), leaving, written], self.follow
                ),
                **self._audience.scenes(tapped(self.review, GoOn.matches), [leaving, written]),
                **self._options.scenes([written]),
            },
        )

    def _choices(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.send, Confirm.matches),
            tapped(self.preview, PreviewNotice.matches),
            tapped(self.test, TestNotice.matches),
            tapped(self.to(Noticing.TEXT), ChangeWords.matches),
            tapped(self.to(Noticing.AUDIENCE), ChangeAudience.matches),
            tapped(self.to(Noticing.WHEN), ChangeTime.matches),
            tapped(self.to(Noticing.LINKS), ChangeLinks.matches),
            tapped(self.to(Noticing.OPTIONS), ChangeOptions.matches),
            # what is written already is not lost by asking to write
            CommandHandler("notice", self.to(Noticing.REVIEW)),
        ]

    def to(self, scene: Noticing) -> Any:
        async def go(_update: Update, _context: Context) -> Outcome:
            return scene

        return go

    async def begin(self, update: Update, context: Context) -> Outcome:
        return Noticing.TEXT if await self._may(update, context) else END

    async def begin_copy(self, update: Update, context: Context) -> Outcome:
        """The same again, for whom and when to be chosen anew."""
        notice = await self._noticed(update, context, CopyNotice.tapped(update).notice)
        if notice is None:
            return END
        draft = context.visit.draft(NoticeForm).draft = notice.draft
        draft.send_at, draft.recurrence, draft.recurs_as = None, None, ""
        return Noticing.REVIEW

    async def begin_to_unread(self, update: Update, context: Context) -> Outcome:
        number = WriteToUnread.tapped(update).notice
        if await self._noticed(update, context, number) is None:
            return END
        wanted = Group(unacknowledged=(number,))
        context.visit.draft(NoticeForm).draft.audience = Audience(wanted=wanted, chosen=True)
        return Noticing.TEXT

    async def begin_announcement(self, update: Update, context: Context) -> Outcome:
        """Of a theme day: its words are there, whom to tell is to be chosen."""
        visit, number = context.visit, AnnounceDay.tapped(update).day
        visit.anew = True
        drafting = self._announcing.draft(whoever(context), number, bot_link=update.get_bot().link)
        draft = await self._day_refusals.or_why(update, drafting)
        if draft is None:
            return END
        visit.draft(NoticeForm).draft = draft
        return Noticing.AUDIENCE

    async def begin_call(self, update: Update, context: Context) -> Outcome:
        """Of a call for papers, the same way."""
        context.visit.anew = True
        draft = await self._announcing_calls.draft(update, context)
        if draft is None:
            return END
        context.visit.draft(NoticeForm).draft = draft
        return Noticing.AUDIENCE

    async def ask_for_text(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(NoticeForm)
        rows: list[Row] = [[(label("button.stop_writing"), Leave())]]
        if form.draft.audience.chosen and (form.draft.text or form.draft.enclosures):
            rows.insert(0, [(label("button.back"), Back())])
        return await self._say(
            update,
            "notices/write",
            keyboard=keyboard(*rows),
            fields=list(self._fields.in_language(context.visit.language).values()),
        )

    async def take_text(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(NoticeForm)
        form.take(part_of(message_of(update)))
        if form.draft.audience.chosen:
            return await self.review(update, context)
        # a field that is not one is found at once, not when all the rest is done
        if await self._sample(update, context, of_audience=False) is None:
            return Noticing.TEXT
        return Noticing.AUDIENCE

    async def take_more(self, update: Update, context: Context) -> Outcome:
        """Further photos of an album; anything else has a button of its own."""
        form, part = context.visit.draft(NoticeForm), part_of(message_of(update))
        if form.belongs(part):
            form.take(part)
            return None
        await self._say(update, "notices/tap_to_change")
        return None

    async def follow(self, update: Update, context: Context) -> Outcome:
        """A message of the draft was edited."""
        form, part = context.visit.draft(NoticeForm), part_of(message_of(update))
        if not form.belongs(part):
            return None
        form.take(part)
        return await self.review(update, context) if form.draft.audience.chosen else Noticing.TEXT

    async def review(self, update: Update, context: Context) -> Outcome:
        """On to the last look, with the notice above it as it will be received."""
        sample = await self._sample(update, context)
        if sample is None:
            return Noticing.TEXT
        if not await self._show(update, context, sample):
            return Noticing.TEXT
        context.visit.anew = True
        return Noticing.REVIEW

    async def show_review(self, update: Update, context: Context) -> int:
        visit = context.visit
        assert visit.person is not None, "only members get here"
        draft = visit.draft(NoticeForm).draft
        reach = await self._desk.reach(visit.person, draft, now=visit.moment)
        return await self._say(
            update,
            "notices/review",
            keyboard=keyboard(*self._words.choices(reach.letters)),
            **self._words.draft(draft, reach, self._desk.next_times(draft, now=visit.moment)),
        )

    async def preview(self, update: Update, context: Context) -> Outcome:
        return await self.review(update, context)

    async def test(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        assert visit.person is not None, "only members get here"
        draft, key = visit.draft(NoticeForm).draft, f"{visit.person.id}:{visit.update_id}"
        sending = self._desk.test(visit.person, draft, key=key, now=visit.moment)
        if await self._refusals.or_why(update, _done(sending)) is None:
            return Noticing.REVIEW
        await self._say.toast(update, "toast.test_sent")
        return None

    async def send(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        assert visit.person is not None, "only members get here"
        form = visit.draft(NoticeForm)
        key = f"chat:{visit.chat_id}:{message_of(update).message_id}"
        confirming = self._desk.confirm(visit.person, form.draft, key=key, now=visit.moment)
        notice = await self._refusals.or_why(update, confirming)
        if notice is None:
            return Noticing.REVIEW
        if notice.state is NoticeState.PENDING:
            await self._say(update, "notices/waits_for_approval", number=notice.id)
        else:
            await self._cards.show(update, notice)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _may(self, update: Update, context: Context) -> bool:
        person = context.visit.person
        if person is not None and person.role.covers(Role.MEMBER):
            return True
        await self._say(update, "roles/not_allowed")
        return False

    async def _noticed(self, update: Update, context: Context, number: int) -> Notice | None:
        visit = context.visit
        visit.anew = True
        if visit.person is None:
            return None
        getting = self._shelf.get(visit.person, NoticeId(number), now=visit.moment)
        found = await self._refusals.or_why(update, getting)
        return found[0] if found else None

    async def _sample(
        self, update: Update, context: Context, *, of_audience: bool = True
    ) -> Sample | None:
        visit = context.visit
        if visit.person is None:
            return None
        draft = visit.draft(NoticeForm).draft
        asking = self._desk.preview if of_audience else self._desk.trial
        return await self._refusals.or_why(update, asking(visit.person, draft, now=visit.moment))

    async def _show(self, update: Update, context: Context, sample: Sample) -> bool:
        """The notice itself; False where Telegram does not take it, and they know why."""
        letter = sample.letter
        showing = self._say.packets(update, letter.body, letter.enclosures, letter.buttons)
        return await self._refusals.or_why(update, _done(showing)) is not None


async def _done(deed: Any) -> bool:
    await deed
    return True
