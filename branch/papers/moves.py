"""The states of a paper and the moves between: a table, and nothing else decides."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from branch.papers.errors import PaperFixed


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    TO_REVISE = "to_revise"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """`WRITE`: its words or its file change."""

    WRITE = "write"
    SUBMIT = "submit"
    START_REVIEW = "start_review"
    ACCEPT = "accept"
    DECLINE = "decline"
    REVISE = "revise"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"


class Award(StrEnum):
    NONE = "none"
    THIRD = "third"
    SECOND = "second"
    FIRST = "first"


class Verdict(StrEnum):
    ACCEPT = "accept"
    REVISE = "revise"
    DECLINE = "decline"

    @property
    def move(self) -> Move:
        return Move(self)


MOVES: Final[Mapping[State, Mapping[Move, State]]] = {
    State.DRAFT: {
        Move.WRITE: State.DRAFT,
        Move.SUBMIT: State.SUBMITTED,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.SUBMITTED: {
        Move.WRITE: State.SUBMITTED,
        Move.START_REVIEW: State.UNDER_REVIEW,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.UNDER_REVIEW: {
        Move.ACCEPT: State.ACCEPTED,
        Move.DECLINE: State.DECLINED,
        Move.REVISE: State.TO_REVISE,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.TO_REVISE: {
        Move.WRITE: State.TO_REVISE,
        Move.SUBMIT: State.UNDER_REVIEW,
        # what never came back is decided all the same, or gets more time
        Move.ACCEPT: State.ACCEPTED,
        Move.DECLINE: State.DECLINED,
        Move.REVISE: State.TO_REVISE,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.ACCEPTED: {Move.PUBLISH: State.PUBLISHED, Move.WITHDRAW: State.WITHDRAWN},
    State.DECLINED: {},
    State.PUBLISHED: {},
    State.WITHDRAWN: {Move.TAKE_UP: State.DRAFT},
}
SETTLED: Final = (State.ACCEPTED, State.DECLINED, State.PUBLISHED)
HANDED_IN: Final = (State.SUBMITTED, State.UNDER_REVIEW, State.TO_REVISE, *SETTLED)
"""What counts as a paper of the call: there, and not taken back."""


def moved(state: State, move: Move) -> State:
    """The state after the move. Raises PaperFixed."""
    try:
        return MOVES[state][move]
    except KeyError:
        raise PaperFixed from None
