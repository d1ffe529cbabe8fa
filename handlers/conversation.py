"""Conversations that survive: the scene and the draft are a row, read before and written after.

The library's own handler keeps its states in the process. This one keeps its shape (entries,
scenes, what each scene hears) and takes the present scene from the visit.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum, StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import Application, BaseHandler

from handlers.visit import Context, DraftForgotten, OpenTalk, current_visit


class _Ending(Enum):
    END = "end"


END: Final = _Ending.END
"""What a scene returns when the conversation is over."""

Outcome = StrEnum | _Ending | None
Handler = BaseHandler[Update, Context, Outcome]
Show = Callable[[Update, Context], Awaitable[int]]


class Scene(Struct, frozen=True):
    """`show` asks and gives the id of the message that asks; `hears` is what may come back.

    `follows` takes the edit of an earlier message; None from it: that message was not for here.
    """

    show: Show
    hears: Sequence[Handler]
    follows: Callable[[Update, Context], Awaitable[Outcome]] | None = None


class Conversation(Struct, frozen=True, kw_only=True):
    """The table of contents of a conversation.

    A handler reads the person, asks the branch at most once, and returns the next scene, which is
    then shown; None to stay without showing again; END when it has said its last word.
    Only taps on the message that last asked are heard: an older one's buttons are yesterday's.
    """

    name: str
    draft: type[Any]
    entries: Sequence[Handler]
    scenes: Mapping[StrEnum, Scene]


class _Heard(Struct, frozen=True):
    conversation: Conversation
    handler: Handler
    check: object
    entry: bool


class Conversations(BaseHandler[Update, Context, None]):
    """All conversations; the one a person is in hears first, then the ways into each."""

    def __init__(self, conversations: Sequence[Conversation]) -> None:
        super().__init__(callback=_never)
        self._conversations = {each.name: each for each in conversations}

    def check_update(self, update: object) -> _Heard | None:
        visit = current_visit()
        if not isinstance(update, Update) or not visit.private:
            return None
        return self._heard_in_scene(update, visit.talk) or self._heard_as_entry(update)

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Context, Any, Any, Any, Any],
        check_result: object,
        context: Context,
    ) -> None:
        assert isinstance(check_result, _Heard)
        conversation, visit = check_result.conversation, context.visit
        if check_result.entry:
            talk = visit.begin(conversation.name, "", conversation.draft())
        else:
            present = visit.talk
            assert present is not None
            talk = present
            talk.read_draft(conversation.draft)
        outcome = await check_result.handler.handle_update(
            update, application, check_result.check, context
        )
        await self._go_on(conversation, talk, outcome, update, context)

    async def follow_edit(self, update: Update, context: Context) -> bool:
        """Let the open conversation follow the edit of an earlier message; whether it did."""
        talk = context.visit.talk
        scene = self._scene_of(talk)
        if talk is None or scene is None or scene.follows is None:
            return False
        try:
            talk.read_draft(self._conversations[talk.row.name].draft)
        except DraftForgotten:
            return False
        outcome = await scene.follows(update, context)
        if outcome is None:
            return False
        await self._go_on(self._conversations[talk.row.name], talk, outcome, update, context)
        return True

    async def _go_on(
        self,
        conversation: Conversation,
        talk: OpenTalk,
        outcome: Outcome,
        update: Update,
        context: Context,
    ) -> None:
        if outcome is END:
            talk.closed = True
            await self.show_again(update, context, anew=True)
        elif outcome is not None:
            talk.scene = str(outcome)
            talk.prompt_id = await conversation.scenes[outcome].show(update, context)
        elif not talk.scene:
            # an entry that had nothing to begin
            talk.closed = True

    async def show_again(self, update: Update, context: Context, *, anew: bool = False) -> bool:
        """Ask again what the open conversation last asked; whether there was one to ask for."""
        talk = context.visit.talk
        scene = self._scene_of(talk)
        if talk is None or scene is None:
            return False
        try:
            talk.read_draft(self._conversations[talk.row.name].draft)
        except DraftForgotten:
            talk.closed = True
            return False
        context.visit.anew = anew
        talk.prompt_id = await scene.show(update, context)
        return True

    def _heard_in_scene(self, update: Update, talk: OpenTalk | None) -> _Heard | None:
        scene = self._scene_of(talk)
        if talk is None or scene is None or _is_yesterdays_tap(update, talk):
            return None
        return _first(self._conversations[talk.row.name], scene.hears, update, entry=False)

    def _heard_as_entry(self, update: Update) -> _Heard | None:
        for conversation in self._conversations.values():
            heard = _first(conversation, conversation.entries, update, entry=True)
            if heard:
                return heard
        return None

    def _scene_of(self, talk: OpenTalk | None) -> Scene | None:
        """The scene's definition; None where a later version of the program has none."""
        conversation = self._conversations.get(talk.row.name) if talk else None
        if talk is None or conversation is None:
            return None
        return next((s for name, s in conversation.scenes.items() if name == talk.scene), None)


def _first(
    conversation: Conversation, handlers: Sequence[Handler], update: Update, *, entry: bool
) -> _Heard | None:
    for handler in handlers:
        check = handler.check_update(update)
        if check is not None and check is not False:
            return _Heard(conversation, handler, check, entry)
    return None


def _is_yesterdays_tap(update: Update, talk: OpenTalk) -> bool:
    query = update.callback_query
    if query is None or query.message is None:
        return False
    return query.message.message_id != talk.prompt_id


async def _never(update: Update, context: Context) -> None:
    """The library wants a callback; ours is chosen per scene in `handle_update`."""
