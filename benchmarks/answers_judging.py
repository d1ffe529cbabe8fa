"""The questions that judge: to none of them was anything fitted, and nobody reads them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from branch.content.faults import Faults
from branch.guidance.model import BoundaryKind, GoldenQuestion, Library
from branch.guidance.reading import read_golden
from branch.guidance.replies import OutOfBounds
from branch.guidance.service import GuidanceLibrary
from texts.language import Language


def judging(library: Library) -> Mapping[Language, Sequence[GoldenQuestion]]:
    """By language, the questions to which nothing was fitted; those of moods apart."""
    kept = [each for each in library.golden if each.kept_in == "held_out"]
    asked = [*kept, *_held_out(library, "newcomers", "midnight", "english")]
    return {
        Language.ZH: [each for each in asked if not each.ask.isascii()],
        Language.EN: [each for each in asked if each.ask.isascii()],
    }


def _held_out(library: Library, *files: str) -> list[GoldenQuestion]:
    faults = Faults()
    found = read_golden(Path(__file__).parent / "held_out", library.entries, faults)
    faults.raise_if_any()
    return [each for each in found if each.kept_in in files]


def counted(asked: Sequence[GoldenQuestion]) -> str:
    known = sum(each.is_answerable for each in asked)
    return f"{known} to be answered and {len(asked) - known} not"


def moods(shelf: GuidanceLibrary, on: date) -> tuple[float, float]:
    """The share of hints of despair that is heard, and of plain messages that is taken for one."""
    asked = _held_out(shelf.library, "moods")
    hints = [each.ask for each in asked if each.kind is BoundaryKind.DESPAIR]
    plain = [each.ask for each in asked if each.kind is not BoundaryKind.DESPAIR]

    def heard(asks: Sequence[str]) -> float:
        replies = [shelf.ask(ask, language=Language.ZH, on=on) for ask in asks]
        despair = [
            isinstance(each, OutOfBounds) and each.kind is BoundaryKind.DESPAIR for each in replies
        ]
        return sum(despair) / len(despair)

    return heard(hints), heard(plain)
