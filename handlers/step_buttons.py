"""What a tap means among the steps of an intake: more words of the vocabulary in `buttons`."""

from handlers.buttons import Button


class ShowSteps(Button, frozen=True):
    """All steps of an intake, each a button."""

    name = "csteps"
    intake: int


class ShowStep(Button, frozen=True):
    name = "cstep"
    intake: int
    step: str
