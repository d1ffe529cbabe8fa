"""What a tap means among the steps of an intake: more words of the vocabulary in `buttons`."""

from dataclasses import dataclass

from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class ShowSteps(Button):
    """All steps of an intake, each a button."""

    name = "csteps"
    intake: int


@dataclass(frozen=True, slots=True)
class ShowStep(Button):
    name = "cstep"
    intake: int
    step: str
