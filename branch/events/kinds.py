"""The events that figures are counted from, and what each of them has to carry."""

from enum import StrEnum
from typing import Final


class Path(StrEnum):
    """By which way it came."""

    CHAT = "chat"
    CLOCK = "clock"


class Kind(StrEnum):
    """In brackets what `about` names; `who` did it, but for ratings of days: those are nobody's."""

    JOINED = "joined"
    QUESTION_ASKED = "question_asked"
    """[question] with the stage, and the topic where one was found."""
    QUESTION_ANSWERED = "question_answered"
    """[question] by the base, which was sure."""
    QUESTION_CHOSEN = "question_chosen"
    """[question] one of the offered entries was chosen."""
    QUESTION_BY_PERSON = "question_by_person"
    """[question] a member has answered the ticket that it became."""
    TICKET_OPENED = "ticket_opened"
    """[ticket] by its asker, with topic and stage."""
    TICKET_ANSWERED = "ticket_answered"
    """[ticket] by the member."""
    TICKET_RATED = "ticket_rated"
    """[ticket] `value`: 1 to 5."""
    NOTICE_SENT = "notice_sent"
    """[notice] it began to be sent."""
    LETTER_SETTLED = "letter_settled"
    """[notice] by its reader; `details.fate`: delivered, unreachable, refused..."""
    NOTICE_ACKNOWLEDGED = "notice_acknowledged"
    """[notice] by its reader."""
    DAY_SIGNED_UP = "day_signed_up"
    """[day]"""
    DAY_ATTENDED = "day_attended"
    """[day]"""
    DAY_RATED = "day_rated"
    """[day] of nobody; `value`: 1 to 5."""
    PAPER_SUBMITTED = "paper_submitted"
    """[paper]"""
    PAPER_DECIDED = "paper_decided"
    """[paper] `details.decision`."""
    ACHIEVEMENT_CONFIRMED = "achievement_confirmed"
    """[achievement] `details.kind`."""
    OUTCOME_REPORTED = "outcome_reported"
    """[outcome] by the graduate; `details.kind`: advanced_exam, working..."""
    OUTCOME_VERIFIED = "outcome_verified"
    """[outcome] the same, and `who` is the graduate."""


OF_THEIR_OWN: Final = (
    Kind.JOINED,
    Kind.QUESTION_ASKED,
    Kind.QUESTION_CHOSEN,
    Kind.TICKET_OPENED,
    Kind.TICKET_ANSWERED,
    Kind.TICKET_RATED,
    Kind.NOTICE_ACKNOWLEDGED,
    Kind.DAY_SIGNED_UP,
    Kind.DAY_ATTENDED,
    Kind.PAPER_SUBMITTED,
    Kind.OUTCOME_REPORTED,
)
"""What `who` has done themselves; the others happen to them."""
