"""What a tap means around the exam calendar: more words of the vocabulary in `buttons`."""

from dataclasses import dataclass

from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class CalendarPicture(Button):
    name = "calpic"
    intake: int


@dataclass(frozen=True, slots=True)
class CalendarFile(Button):
    name = "calics"
    intake: int
