"""Says why a deed with a notice was not to be, and what to do about it."""

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any, TypeVar

from telegram import Update
from telegram.error import BadRequest

from branch.notices.errors import (
    FieldsLacking,
    NeedsAnother,
    NobodyToTell,
    NothingToSay,
    NoticeGone,
    NoticeMovedOn,
    NoticeTooLong,
    TimeIsPast,
    TooLateToRecall,
)
from branch.notices.field_values import FieldNames
from branch.outbox.model import LetterTooLong
from branch.people.errors import NotAllowed
from branch.people.model import Person, PersonId, Role, TelegramId
from handlers.replies import Say
from handlers.visit import Context, current_visit
from texts.fields import FieldFaulty, FieldUnknown
from texts.language import Language
from texts.telegram_html import LONGEST_MESSAGE

Result = TypeVar("Result")
_TEMPLATES: dict[type[Exception], str] = {
    NotAllowed: "roles/not_allowed",
    NoticeGone: "notices/gone",
    NoticeMovedOn: "notices/moved_on",
    NothingToSay: "notices/nothing_to_say",
    NobodyToTell: "notices/nobody_to_tell",
    FieldUnknown: "notices/field_unknown",
    FieldFaulty: "notices/field_faulty",
    FieldsLacking: "notices/fields_lacking",
    NoticeTooLong: "notices/too_long",
    LetterTooLong: "notices/too_long",
    TimeIsPast: "notices/time_is_past",
    NeedsAnother: "notices/needs_another",
    TooLateToRecall: "notices/too_late_to_recall",
    BadRequest: "notices/telegram_refuses",
}

_NOBODY = Person(
    id=PersonId(0),
    telegram_id=TelegramId(0),
    name="",
    language=Language.ZH,
    role=Role.STUDENT,
    consented_at=datetime.min.replace(tzinfo=UTC),
)


def whoever(context: Context) -> Person:
    """Who is here; for somebody whom we do not know, nobody, who may do nothing."""
    return context.visit.person or _NOBODY


class NoticeRefusals:
    def __init__(self, fields: FieldNames, say: Say) -> None:
        self._fields = fields
        self._say = say

    async def or_why(self, update: Update, deed: Awaitable[Result]) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why.

        What they tapped stays, and what comes next is said below.
        """
        try:
            return await deed
        except tuple(_TEMPLATES) as error:
            visit = current_visit()
            visit.anew = True
            await self._say(update, _template(error), **self._values(error))
        return None

    def _values(self, error: Exception) -> dict[str, Any]:
        """All that any of the templates says."""
        return {
            "words": getattr(error, "words", ""),
            "known": list(self._fields.in_language(current_visit().language).values()),
            "lacking": list(getattr(error, "lacking", {}).items()),
            "most": LONGEST_MESSAGE,
            "units": getattr(error, "units", LONGEST_MESSAGE + 1),
            "reason": getattr(error, "message", ""),
        }


def _template(error: Exception) -> str:
    return next(_TEMPLATES[kind] for kind in type(error).__mro__ if kind in _TEMPLATES)
