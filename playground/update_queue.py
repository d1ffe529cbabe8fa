"""The updates that wait for the bot: kept until confirmed, handed out in order."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from playground.model import Json

KINDS: Final = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
)
# These come only to a bot that asks for them by name.
_ON_REQUEST: Final = frozenset({"chat_member"})
DEFAULT_KINDS: Final = frozenset(KINDS) - _ON_REQUEST
_FIRST_ID: Final = 100_000_001


class Waiting(Struct, frozen=True):
    """An update in the queue; `said` names the person's message that it carries."""

    id: int
    update: Json
    said: tuple[int, int] | None


class UpdateQueue:
    def __init__(self, on_confirmed: Callable[[Sequence[Waiting]], None]) -> None:
        self._waiting: deque[Waiting] = deque()
        self._next_id = _FIRST_ID
        self._on_confirmed = on_confirmed
        self._on_arrival: list[Callable[[], None]] = []
        self.allowed: frozenset[str] = DEFAULT_KINDS

    def __len__(self) -> int:
        return len(self._waiting)

    def allow(self, kinds: Sequence[str]) -> None:
        """Take only these kinds from now on; none named means the default ones."""
        self.allowed = frozenset(kinds) & frozenset(KINDS) if kinds else DEFAULT_KINDS

    @property
    def takes_the_usual(self) -> bool:
        return self.allowed == DEFAULT_KINDS

    def put(self, kind: str, body: Json, *, said: tuple[int, int] | None = None) -> bool:
        """Queue an update unless its kind is not wanted; says whether it was queued."""
        if kind not in self.allowed:
            return False
        self._waiting.append(Waiting(self._next_id, {"update_id": self._next_id, kind: body}, said))
        self._next_id += 1
        for listener in self._on_arrival:
            listener()
        return True

    def from_offset(self, offset: int, limit: int) -> list[Json]:
        """Forget what is below `offset` (or all but the last -offset), and show the next ones."""
        if offset > 0:
            self.confirm_below(offset)
        elif offset < 0:
            self._confirm(len(self._waiting) + offset)
        return [waiting.update for waiting, _ in zip(self._waiting, range(limit), strict=False)]

    def confirm_below(self, offset: int) -> None:
        known = sum(1 for waiting in self._waiting if waiting.id < offset)
        self._confirm(known)

    def clear(self) -> None:
        self._confirm(len(self._waiting))

    def _confirm(self, number: int) -> None:
        gone = [self._waiting.popleft() for _ in range(max(0, number))]
        if gone:
            self._on_confirmed(gone)

    def on_arrival(self, listener: Callable[[], None]) -> None:
        self._on_arrival.append(listener)

    def first(self) -> Waiting | None:
        return self._waiting[0] if self._waiting else None
