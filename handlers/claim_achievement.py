"""A member records an achievement: a question at a time, and a last look."""

from datetime import datetime
from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.errors import NotAllowed
from branch.people.model import Role
from branch.research.achievement import FIRST_YEAR, LEVELS, AchievementId, AchievementState, Kind
from branch.research.achievement_book import AchievementBook
from branch.research.errors import AchievementGone, AlreadyJudged, Duplicate, Unfit
from handlers.achievement_buttons import (
    ChooseKind,
    ChooseLevel,
    ChooseYear,
    ClaimAchievement,
    ClaimField,
    EditClaimField,
    ReviseAchievement,
    ShowAchievement,
    WithoutClaimField,
)
from handlers.achievements import Achievements
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.claim_form import OPTIONAL, ORDER, ClaimForm, Claiming, following, read_into
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context

_ANYTHING: Final = filters.UpdateType.MESSAGE & ~filters.COMMAND


class ClaimAchievements:
    def __init__(
        self,
        *,
        book: AchievementBook,
        achievements: Achievements,
        refusals: ResearchRefusals,
        say: Say,
    ) -> None:
        self._book = book
        self._achievements = achievements
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        return Conversation(
            name="achievement",
            draft=ClaimForm,
            entries=[
                tapped(self.begin, ClaimAchievement.matches),
                tapped(self.begin_again, ReviseAchievement.matches),
            ],
            scenes={
                **{Claiming(field): self._question(field, leaving) for field in ClaimField},
                Claiming.REVIEW: Scene(
                    self.review,
                    [
                        tapped(self.confirm, Confirm.matches),
                        tapped(self.edit, EditClaimField.matches),
                        leaving,
                    ],
                ),
            },
        )

    def _question(self, field: ClaimField, leaving: Handler) -> Scene:
        tapped = CallbackQueryHandler

        async def ask(update: Update, context: Context) -> int:
            return await self._ask(update, context, field)

        async def take(update: Update, context: Context) -> Outcome:
            return await self._take(update, context, field)

        async def leave_out(_update: Update, context: Context) -> Outcome:
            form = context.visit.draft(ClaimForm)
            if field is ClaimField.NUMBER:
                form.doi, form.number = None, ""
            else:
                form.file_kind, form.file_id, form.file_name = None, "", None
            return following(form, field)

        async def back(_update: Update, context: Context) -> Outcome:
            if context.visit.draft(ClaimForm).whole:
                return Claiming.REVIEW
            return Claiming(ORDER[max(0, ORDER.index(field) - 1)])

        hears: list[Handler] = [leaving, tapped(back, Back.matches)]
        hears.append(tapped(self.choose, _chosen))
        if field in OPTIONAL:
            hears.append(tapped(leave_out, WithoutClaimField.matches))
        return Scene(ask, [*hears, MessageHandler(_ANYTHING, take)])

    async def begin(self, update: Update, context: Context) -> Outcome:
        if not whoever(context).role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.anew = True
        return Claiming.KIND

    async def begin_again(self, update: Update, context: Context) -> Outcome:
        number = AchievementId(ReviseAchievement.tapped(update).achievement)
        looking = self._book.see(whoever(context), number, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return END
        if not seen.mine or seen.achievement.state is AchievementState.CONFIRMED:
            await self._refusals.told(update, AlreadyJudged(seen.achievement.state))
            return END
        context.visit.draft(ClaimForm).fill(number, seen.achievement.claim)
        context.visit.anew = True
        return Claiming.REVIEW

    async def _ask(self, update: Update, context: Context, field: ClaimField) -> int:
        label, form = self._say.label, context.visit.draft(ClaimForm)
        rows = self._choices(field, form, context.visit.moment)
        if field in OPTIONAL:
            rows.append([(label(f"button.no_{field}"), WithoutClaimField())])
        last: list[Any] = [(label("button.stop_writing"), Leave())]
        if form.whole or field is not ClaimField.KIND:
            last.insert(0, (label("button.back"), Back()))
        rows.append(last)
        return await self._say(
            update,
            "research/ask_claim",
            keyboard=keyboard(*rows),
            field=str(field),
            kind=str(form.kind),
            step=ORDER.index(field) + 1,
            of=len(ORDER),
            whole=form.whole,
        )

    def _choices(self, field: ClaimField, form: ClaimForm, now: datetime) -> list[Row]:
        label = self._say.label
        found: list[Any] = []
        if field is ClaimField.KIND:
            found = [(label(f"achievement.{each}"), ChooseKind(each)) for each in Kind]
        elif field is ClaimField.LEVEL:
            found = [
                (label(f"achievementlevel.{each}"), ChooseLevel(each)) for each in LEVELS[form.kind]
            ]
        elif field is ClaimField.YEAR:
            found = [(str(each), ChooseYear(each)) for each in (now.year, now.year - 1)]
        return [found[start : start + 3] for start in range(0, len(found), 3)]

    async def choose(self, update: Update, context: Context) -> Outcome:
        """A kind, a level or a year, by a tap."""
        form, data = context.visit.draft(ClaimForm), update.callback_query
        assert data is not None
        if ChooseKind.matches(data.data):
            kind = ChooseKind.tapped(update).kind
            changed, form.kind = kind is not form.kind, kind
            if form.whole and changed:
                # its levels are others, and so is what its number is called
                form.doi, form.number = (form.doi, "") if form.doi else (None, form.number)
                return Claiming.LEVEL
            return following(form, ClaimField.KIND)
        if ChooseLevel.matches(data.data):
            level = ChooseLevel.tapped(update).level
            if level not in LEVELS[form.kind]:
                return Claiming.LEVEL
            form.level = level
            return following(form, ClaimField.LEVEL)
        form.year = ChooseYear.tapped(update).year
        return following(form, ClaimField.YEAR)

    async def _take(self, update: Update, context: Context, field: ClaimField) -> Outcome:
        form = context.visit.draft(ClaimForm)
        try:
            read_into(field, form, update, context.visit.moment)
        except Unfit as error:
            await self._say(
                update,
                "research/claim_unfit",
                field=error.field,
                why=error.why,
                first=FIRST_YEAR,
                last=context.visit.moment.year + 1,
            )
            return Claiming(field)
        return following(form, field)

    async def edit(self, update: Update, context: Context) -> Outcome:
        return Claiming(EditClaimField.tapped(update).field)

    async def review(self, update: Update, context: Context) -> int:
        label, form = self._say.label, context.visit.draft(ClaimForm)
        edits: list[Any] = [(label(f"claimfield.{each}"), EditClaimField(each)) for each in ORDER]
        return await self._say(
            update,
            "research/review",
            keyboard=keyboard(
                [(label("button.record"), Confirm())],
                edits[:4],
                edits[4:],
                [(label("button.stop_writing"), Leave())],
            ),
            claim=form.claim(),
            kind=label(f"achievement.{form.kind}"),
            level=label(f"achievementlevel.{form.level}"),
        )

    async def confirm(self, update: Update, context: Context) -> Outcome:
        visit, message = context.visit, message_of(update)
        form = visit.draft(ClaimForm)
        try:
            seen = await self._book.claim(
                whoever(context),
                form.claim(),
                key=f"chat:{message.chat_id}:{message.message_id}",
                now=visit.moment,
                instead_of=AchievementId(form.revised) if form.revised else None,
            )
        except Duplicate as error:
            await self._told_duplicate(update, context, error)
            return Claiming.REVIEW
        except (NotAllowed, AchievementGone, AlreadyJudged) as error:
            await self._refusals.told(update, error)
            return END
        await self._achievements.show(update, seen, toast="toast.achievement_noted")
        return END

    async def _told_duplicate(self, update: Update, context: Context, error: Duplicate) -> None:
        context.visit.anew = True
        existing = error.existing
        look = (self._say.label("button.this_achievement"), ShowAchievement(existing.id))
        await self._say(
            update,
            "research/duplicate",
            keyboard=keyboard([look]),
            title=existing.claim.title,
            year=existing.claim.year,
            reporter=existing.reporter_name or "",
        )

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END


def _chosen(data: object) -> bool:
    return any(each.matches(data) for each in (ChooseKind, ChooseLevel, ChooseYear))
