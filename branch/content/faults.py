"""What is wrong in the content, each fault with its file, its line and what to do about it."""

from pathlib import Path

from msgspec import Struct


class Fault(Struct, frozen=True, kw_only=True, order=True):
    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class ContentBroken(Exception):
    """The content cannot be used; its text has one line for each fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Faults:
    """Gathers every fault while reading goes on, so that all are told at once.

    A reader that meets a fault notes it and goes on with a harmless value; nothing made of such
    values is used, because `raise_if_any` stands at the end of all reading.
    """

    def __init__(self) -> None:
        self._noted: dict[Fault, None] = {}

    def note(self, file: Path, line: int, reason: str) -> None:
        self._noted[Fault(file=file, line=line, reason=reason)] = None

    @property
    def noted(self) -> tuple[Fault, ...]:
        return tuple(sorted(self._noted))

    def raise_if_any(self) -> None:
        if self._noted:
            raise ContentBroken(self.noted)
