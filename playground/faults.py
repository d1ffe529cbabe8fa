"""Faults ordered for a test: the next call of a method goes wrong in a chosen way."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Status(Struct, frozen=True, kw_only=True):
    """Answered with this error instead of being carried out."""

    code: int
    description: str
    retry_after: int | None = None

    @property
    def parameters(self) -> dict[str, Any] | None:
        return None if self.retry_after is None else {"retry_after": self.retry_after}


class Delay(Struct, frozen=True, kw_only=True):
    """Carried out after so many real seconds."""

    seconds: float


class DropBefore(Struct, frozen=True):
    """The connection is closed; nothing was carried out."""


class DropAfter(Struct, frozen=True):
    """Carried out, then the connection is closed without an answer."""


class Hang(Struct, frozen=True):
    """Not carried out and never answered."""


FaultKind = Status | Delay | DropBefore | DropAfter | Hang


class Fault(Struct, frozen=True, kw_only=True):
    """`method` None means whichever is called next; it happens `times` times."""

    kind: FaultKind
    method: str | None = None
    times: int = 1


class Faults:
    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self) -> None:
        self._ordered.clear()

    def next_for(self, method: str) -> FaultKind | None:
        """Use up the oldest fault ordered for `method`."""
        for index, fault in enumerate(self._ordered):
            if fault.method is None or fault.method.lower() == method.lower():
                if fault.times > 1:
                    self._ordered[index] = replace(fault, times=fault.times - 1)
                else:
                    del self._ordered[index]
                return fault.kind
        return None
