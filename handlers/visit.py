"""Who is here and what they are in the middle of: read before an update is dispatched."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace
from telegram.ext import CallbackContext, ExtBot

from branch.people.model import Person, Sender
from branch.people.talks import Talk
from texts.language import Language

Draft = TypeVar("Draft")


class DraftForgotten(Exception):
    """A stored draft no longer fits its conversation: a later version has changed it."""


class OpenTalk(Struct):
    """A talk as it is spoken: its row, and what this update makes of it."""

    row: Talk
    scene: str
    prompt_id: int | None
    draft: Any = None
    closed: bool = False

    def read_draft(self, shape: type[Any]) -> Any:
        if self.draft is None:
            try:
                self.draft = msgspec.json.decode(self.row.draft, type=shape)
            except msgspec.DecodeError as error:
                raise DraftForgotten(self.row.name) from error
        return self.draft

    def as_talk(self) -> Talk:
        draft = self.row.draft
        if self.draft is not None:
            draft = msgspec.json.encode(self.draft).decode()
        return replace(self.row, scene=self.scene, prompt_id=self.prompt_id, draft=draft)


class Visit(Struct):
    """One update's view of its person.

    `moment` is when it is handled, in UTC, `received` when we got hold of it; `anew` asks for a
    new message where a tap's would be edited; `failure` is set when the update must be handled
    again.
    """

    update_id: int
    sender: Sender
    chat_id: int
    private: bool
    moment: datetime
    person: Person | None
    talks: list[OpenTalk] = field(default_factory=list)
    spoken: Language | None = None
    anew: bool = False
    failure: Exception | None = None
    received: datetime | None = None

    @property
    def came_at(self) -> datetime:
        """What counts where a deadline is kept: how long it waited for us is not their fault."""
        return self.received or self.moment

    @property
    def language(self) -> Language:
        """Chosen a moment ago, or once, or that of the person's Telegram."""
        if self.spoken is not None:
            return self.spoken
        if self.person is not None:
            return self.person.language
        return Language.of_client(self.sender.language_code)

    @property
    def talk(self) -> OpenTalk | None:
        """What the person is in the middle of: the latest conversation still open."""
        if not self.private:
            return None
        return next((talk for talk in reversed(self.talks) if not talk.closed), None)

    def draft(self, shape: type[Draft]) -> Draft:
        """What the person has filled in so far, in the conversation whose draft is a `shape`."""
        talk = self.talk
        assert talk is not None
        assert isinstance(talk.draft, shape)
        return talk.draft

    def begin(self, name: str, scene: str, draft: Any) -> OpenTalk:
        """Open a conversation; one of the same name starts over, others wait for its end."""
        known = next((talk for talk in self.talks if talk.row.name == name), None)
        row = Talk(
            telegram_id=self.sender.telegram_id,
            name=name,
            scene=scene,
            draft="{}",
            prompt_id=None,
            opened_at=self.moment,
            version=known.row.version if known else 0,
        )
        if known:
            self.talks.remove(known)
        talk = OpenTalk(row=row, scene=scene, prompt_id=None, draft=draft)
        self.talks.append(talk)
        return talk

    def written(self, as_read: Sequence[Talk]) -> tuple[list[Talk], list[Talk]]:
        """The talks to save and the talks to close, compared with what was read."""
        read = {talk.name: talk for talk in as_read}
        save, close = [], []
        for talk in self.talks:
            known = read.get(talk.row.name)
            if talk.closed:
                close += [known] if known else []
            elif (spoken := talk.as_talk()) != known:
                save.append(spoken)
        return save, close


_current: ContextVar[Visit] = ContextVar("visit")


@contextmanager
def visiting(visit: Visit) -> Iterator[None]:
    """Make the visit the one that handlers of this update see."""
    token = _current.set(visit)
    try:
        yield
    finally:
        _current.reset(token)


def current_visit() -> Visit:
    """The visit of the update being handled; LookupError outside of one."""
    return _current.get()


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The library's context, with the visit in place of dictionaries that die with the process."""

    @property
    def visit(self) -> Visit:
        return current_visit()
