"""The letters of a notice: to its readers, to who approves it, and to its author."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from markupsafe import Markup
from msgspec import Struct

from branch.notices.field_values import FieldNames
from branch.notices.model import Draft, Notice, NoticeId, about
from branch.notices.ports import Reader
from branch.outbox.kinds import Act, LetterKind, Priority
from branch.outbox.model import Buttons, Letter, Mail
from branch.people.model import Person, PersonId
from texts.fields import filled
from texts.language import Language
from texts.renderer import Texts
from texts.telegram_html import shown

TASK_IS_USEFUL_FOR: Final = timedelta(days=7)
EDIT_IS_USEFUL_FOR: Final = timedelta(days=3)
AGAIN_IS_USEFUL_FOR: Final = timedelta(days=2)
A_DAY: Final = timedelta(days=1)
_SCATTER: Final = 2_654_435_761
_WHOLE: Final = 2**32

Tap = Callable[[NoticeId], str]


class NoticeTaps(Struct, frozen=True, kw_only=True):
    """What the buttons below letters say."""

    acknowledge: Tap
    show: Tap
    approve: Tap
    refuse: Tap


class NoticeLetters:
    def __init__(self, texts: Texts, taps: NoticeTaps, fields: FieldNames, zone: tzinfo) -> None:
        self._texts = texts
        self._taps = taps
        self._fields = fields
        self._zone = zone

    def body(self, draft: Draft, values: Any, language: Language) -> str:
        """As it is read. Raises FieldFaulty."""
        in_english = language is Language.EN and draft.in_english
        words = filled(draft.in_english if in_english else draft.text, values)
        return self._texts.render(
            "notices/letter",
            language,
            body=Markup(words),  # noqa: S704 -- Telegram's own HTML, its fields escaped
            urgent=draft.urgent,
        )

    def body_for(self, draft: Draft, reader: Reader) -> str:
        return self.body(draft, self._fields.values(reader), reader.language)

    def buttons(
        self, draft: Draft, notice: NoticeId, language: Language, *, acknowledged: bool = False
    ) -> Buttons:
        rows = [[(link.label, link.url)] for link in draft.links]
        if draft.wants_receipt:
            name = "button.acknowledged" if acknowledged else "button.acknowledge"
            rows.append([(self._texts.label(name, language), self._taps.acknowledge(notice))])
        return rows

    def due(self, notice: Notice, reader: Reader) -> datetime:
        """When it goes out: spread evenly, and when the reader wants it."""
        share = (reader.id * _SCATTER % _WHOLE) / _WHOLE
        at = notice.starts_at + timedelta(minutes=notice.draft.spread) * share
        return at if notice.draft.urgent else reader.wishes.due(at, self._zone)

    def letter(self, notice: Notice, reader: Reader, *, silent: bool = False) -> Letter:
        """Raises FieldFaulty, LetterTooLong."""
        draft, due = notice.draft, self.due(notice, reader)
        return Letter(
            key=key(notice.id, reader.id),
            to=reader.id,
            kind=LetterKind.NOTICE,
            about=notice.about,
            body=self.body_for(draft, reader),
            buttons=self.buttons(draft, notice.id, reader.language),
            enclosures=tuple(draft.enclosures),
            due_at=due,
            useful_until=max(notice.useful_until, due + A_DAY),
            priority=Priority.CORRECTION if draft.urgent else None,
            silent=silent,
        )

    def sample(self, draft: Draft, reader: Reader, *, now: datetime) -> Letter:
        """What the reader would get, for its author to look at. Raises as `letter` does."""
        return Letter(
            key=f"notice:sample:{reader.id}",
            to=reader.id,
            kind=LetterKind.NOTICE_TASK,
            about=about(NoticeId(0)),
            body=self.body_for(draft, reader),
            buttons=self.buttons(draft, NoticeId(0), reader.language),
            enclosures=tuple(draft.enclosures),
            due_at=now,
            useful_until=now + TASK_IS_USEFUL_FOR,
        )

    def blank(self, notice: Notice, reader: Reader) -> Letter:
        """In the place of one that cannot be written."""
        return Letter(
            key=key(notice.id, reader.id),
            to=reader.id,
            kind=LetterKind.NOTICE,
            about=notice.about,
            body="",
            due_at=notice.starts_at,
            useful_until=notice.useful_until,
        )

    def edit(
        self, notice: Notice, reader: Reader, mail: Mail, *, acknowledged: bool, now: datetime
    ) -> Letter:
        """Their copy becomes what it says now; a message of its own where that cannot be."""
        body = self.body_for(notice.draft, reader)
        instead = self._texts.render(
            "notices/corrected",
            reader.language,
            body=Markup(body),  # noqa: S704 -- rendered above
        )
        can_be_edited = bool(mail.messages)
        return Letter(
            key=f"{key(notice.id, reader.id)}:edit:{notice.edition}",
            to=reader.id,
            kind=LetterKind.NOTICE_EDIT,
            about=amended_about(notice),
            body=body if can_be_edited else instead,
            instead=instead,
            act=Act.EDIT if can_be_edited else Act.SEND,
            target=mail.messages[:1],
            buttons=self.buttons(
                notice.draft, notice.id, reader.language, acknowledged=acknowledged
            ),
            enclosures=tuple(notice.draft.enclosures) if mail.captioned else (),
            due_at=now,
            useful_until=now + EDIT_IS_USEFUL_FOR,
        )

    def recall(self, notice: Notice, mail: Mail, *, until: datetime, now: datetime) -> Letter:
        return Letter(
            key=f"{mail.key}:recall",
            to=mail.person,
            kind=LetterKind.NOTICE_RECALL,
            about=amended_about(notice),
            body="",
            act=Act.DELETE,
            target=mail.messages,
            due_at=now,
            useful_until=until,
        )

    def again(self, notice: Notice, mail: Mail, *, now: datetime) -> Letter:
        """To somebody who has not said that they read it."""
        return Letter(
            key=f"{mail.key}:again:{notice.reminders}",
            to=mail.person,
            kind=LetterKind.NOTICE_AGAIN,
            about=f"{notice.about}:again:{notice.reminders}",
            body=self._texts.render("notices/again", mail.language, gist=gist(notice.draft)),
            buttons=self.buttons(notice.draft, notice.id, mail.language),
            reply_to=mail.messages[0] if mail.messages else None,
            due_at=now,
            useful_until=now + AGAIN_IS_USEFUL_FOR,
        )

    def to_approve(
        self, notice: Notice, author: Person, to: Person, recipients: int, now: datetime
    ) -> Letter:
        words = self._texts.render(
            "notices/to_approve",
            to.language,
            number=notice.id,
            author=author.name,
            recipients=recipients,
            at=notice.starts_at if notice.draft.send_at or notice.draft.recurrence else None,
            gist=gist(notice.draft),
        )
        label = self._texts.label
        buttons = [
            [(label("button.look_through", to.language), self._taps.show(notice.id))],
            [
                (label("button.approve", to.language), self._taps.approve(notice.id)),
                (label("button.refuse", to.language), self._taps.refuse(notice.id)),
            ],
        ]
        return self._task(notice, "approve", to.id, words, buttons, now)

    def to_author(
        self, event: str, notice: Notice, author: Person, now: datetime, **values: Any
    ) -> Letter:
        """What has become of it: `approved`, `refused`, `done`, `paused`, `missed`, `occasion`."""
        words = self._texts.render(
            f"notices/{event}",
            author.language,
            number=notice.id,
            gist=gist(notice.draft),
            **values,
        )
        button = (
            self._texts.label("button.this_notice", author.language),
            self._taps.show(notice.id),
        )
        return self._task(notice, f"{event}:{notice.version}", author.id, words, [[button]], now)

    def _task(
        self,
        notice: Notice,
        event: str,
        to: PersonId,
        words: str,
        buttons: Buttons,
        now: datetime,
    ) -> Letter:
        return Letter(
            key=f"{notice.about}:{event}:{to}",
            to=to,
            kind=LetterKind.NOTICE_TASK,
            about=f"{notice.about}:task",
            body=words,
            buttons=buttons,
            due_at=now,
            useful_until=now + TASK_IS_USEFUL_FOR,
        )


def key(notice: NoticeId, person: int) -> str:
    return f"{about(notice)}:{person}"


def amended_about(notice: Notice) -> str:
    """What the letters speak of that correct it or take it back."""
    return f"{notice.about}:edition:{notice.edition}"


def gist(draft: Draft, longest: int = 40) -> str:
    """How it begins, as plain text in one line."""
    words = " ".join(shown(draft.text).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
