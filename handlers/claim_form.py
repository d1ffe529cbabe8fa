"""What is filled in about an achievement, and in which order it is asked for."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct
from telegram import Update

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.research.achievement import Claim, Kind, Level
from branch.research.claims import (
    read_authors,
    read_number,
    read_title,
    read_venue,
    read_year,
)
from branch.research.errors import Unfit
from handlers.achievement_buttons import ClaimField
from handlers.incoming import message_of, text_of
from handlers.note_topic import TYPED

ORDER: Final = tuple(ClaimField)
OPTIONAL: Final = (ClaimField.NUMBER, ClaimField.EVIDENCE)


class Claiming(StrEnum):
    KIND = "kind"
    TITLE = "title"
    AUTHORS = "authors"
    VENUE = "venue"
    YEAR = "year"
    LEVEL = "level"
    NUMBER = "number"
    EVIDENCE = "evidence"
    REVIEW = "review"


class ClaimForm(Struct):
    """`whole` once every question was asked; `revised` is the number of one put right."""

    kind: Kind = Kind.PAPER
    title: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: int = 0
    level: Level = Level.OTHER
    doi: str | None = None
    number: str = ""
    file_kind: EnclosureKind | None = None
    file_id: str = ""
    file_name: str | None = None
    whole: bool = False
    revised: int = 0

    def fill(self, number: int, claim: Claim) -> None:
        """With what was recorded, to be put right."""
        self.revised, self.whole = number, True
        self.kind, self.level = claim.kind, claim.level
        self.title, self.authors, self.venue = claim.title, claim.authors, claim.venue
        self.year, self.doi, self.number = claim.year, claim.doi, claim.number
        if claim.evidence is not None:
            proof = claim.evidence
            self.file_kind, self.file_id, self.file_name = proof.kind, proof.file_id, proof.name

    def claim(self) -> Claim:
        proof = None
        if self.file_kind is not None:
            proof = Enclosure(self.file_kind, self.file_id, self.file_name)
        return Claim(
            kind=self.kind,
            title=self.title,
            authors=self.authors,
            venue=self.venue,
            year=self.year,
            level=self.level,
            doi=self.doi,
            number=self.number,
            evidence=proof,
        )


def read_into(field: ClaimField, form: ClaimForm, update: Update, now: datetime) -> None:
    """Fill the field in from a message. Raises Unfit."""
    if field is ClaimField.EVIDENCE:
        _read_file(form, update)
        return
    text = text_of(update)
    if not TYPED.check_update(update):
        raise Unfit(field, "text")
    match field:
        case ClaimField.TITLE:
            form.title = read_title(text)
        case ClaimField.AUTHORS:
            form.authors = read_authors(text)
        case ClaimField.VENUE:
            form.venue = read_venue(text)
        case ClaimField.YEAR:
            form.year = read_year(text, now)
        case ClaimField.NUMBER:
            form.doi, form.number = read_number(form.kind, text)
        case _:
            raise Unfit(field, "tap")


def _read_file(form: ClaimForm, update: Update) -> None:
    message = message_of(update)
    if message.photo:
        form.file_kind, form.file_id = EnclosureKind.PHOTO, message.photo[-1].file_id
        form.file_name = None
    elif message.document:
        form.file_kind, form.file_id = EnclosureKind.DOCUMENT, message.document.file_id
        form.file_name = message.document.file_name
    else:
        raise Unfit(ClaimField.EVIDENCE, "file")


def following(form: ClaimForm, field: ClaimField) -> Claiming:
    """The next question, or the last look."""
    place = ORDER.index(field) + 1
    if form.whole or place == len(ORDER):
        form.whole = True
        return Claiming.REVIEW
    return Claiming(ORDER[place])
