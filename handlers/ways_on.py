"""Where to go on when an answer is not enough: the same buttons wherever they appear."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from branch.guidance.model import Entry
from handlers.buttons import Button, ChooseEntry, Row, ShowEntry, ShowMenu, ShowTopics
from handlers.replies import Say
from handlers.visit import current_visit

SHORT = 8
"""Characters of a label that leave room for another beside it."""


class Place(NamedTuple):
    """Where a question stands: which one of which message; message 0 where nobody asked."""

    message: int = 0
    part: int = 0


NOWHERE = Place()
AskAMember = Callable[[int, int], Button]
"""Makes the button that hands the question in a place on to a person."""


class WaysOn:
    def __init__(self, say: Say, ask_a_member: AskAMember | None = None) -> None:
        self._say = say
        self._ask_a_member = ask_a_member

    def rows(self, near: Sequence[Entry] = (), place: Place = NOWHERE) -> list[Row]:
        """What is near, a person, the topics, and the menu last."""
        topics = (self._say.label("button.topics"), ShowTopics())
        return [*self.entries(near), *self.with_a_person([topics], place), self.menu()]

    def entries(self, entries: Sequence[Entry]) -> list[Row]:
        """Each labelled with its question; two in a row where both are short."""
        language = current_visit().language
        buttons = [(entry.question(language), ShowEntry(entry.slug)) for entry in entries]
        if all(len(label) <= SHORT for label, _ in buttons):
            return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        return [[button] for button in buttons]

    def choices(self, entries: Sequence[Entry], place: Place) -> list[Row]:
        """Each a row, to be chosen as what the question in `place` meant."""
        language = current_visit().language
        return [[(each.question(language), ChooseEntry(*place, each.slug))] for each in entries]

    def with_a_person(self, row: Row, place: Place = NOWHERE) -> list[Row]:
        """The row, with a person to ask in front of it where there is one to ask."""
        if self._ask_a_member is None:
            return [row]
        ask = (self._say.label("button.ask_a_member"), self._ask_a_member(*place))
        return [[ask, *row]]

    def menu(self) -> Row:
        return [(self._say.label("button.menu"), ShowMenu())]
