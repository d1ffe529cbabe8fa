"""What becomes of a letter: what is clear before it is carried, and what its outcome means."""

from datetime import datetime, timedelta
from typing import Final

from branch.outbox.model import (
    Claim,
    Delivered,
    Fate,
    Moved,
    NobodyThere,
    NotYet,
    Outcome,
    Refused,
    Settled,
    Unclear,
)

MOST_DOUBTS: Final = 30
AFTER_SILENCE: Final = 5
"""A sending without an answer weighs as much as five processes that died over the letter: those had
many letters in hand, and most of them had not been sent yet.
"""
FIRST_PAUSE: Final = timedelta(seconds=2)
LONGEST_PAUSE: Final = timedelta(minutes=5)
WITHOUT_ANSWER: Final = "no answer after several attempts"


def before_carrying(claim: Claim, *, now: datetime) -> Settled | None:
    """What is clear without carrying it; None if it has to be carried."""
    letter = claim.letter
    if claim.interrupted and not letter.kind.sent_again:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason="interrupted")
    if letter.useful_until <= now:
        # one that was taken before may have arrived all the same
        fate = Fate.UNKNOWN if claim.doubts else Fate.EXPIRED
        return Settled(claim=claim, fate=fate, at=now, reason="too late")
    if claim.doubts >= MOST_DOUBTS:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason=WITHOUT_ANSWER)
    if not claim.reachable:
        return Settled(claim=claim, fate=Fate.UNREACHABLE, at=now)
    return None


def after_carrying(claim: Claim, outcome: Outcome, *, now: datetime) -> Settled:
    """What is recorded about the outcome."""
    match outcome:
        case Delivered():
            return Settled(
                claim=claim,
                fate=Fate.DELIVERED,
                at=now,
                message_id=outcome.message_id,
                more=outcome.more,
                thread=outcome.thread,
                reason=outcome.lacking,
            )
        case Moved(to=to):
            return Settled(claim=claim, fate=Fate.WAITING, at=now, try_at=now, moved_to=to)
        case NobodyThere():
            return Settled(claim=claim, fate=Fate.UNREACHABLE, at=now)
        case Refused(reason=reason):
            return Settled(claim=claim, fate=Fate.REFUSED, at=now, reason=reason)
        case NotYet(after=after, reason=reason):
            again = now + (pause_before(claim.attempt) if after is None else after)
            return Settled(claim=claim, fate=Fate.WAITING, at=now, reason=reason, try_at=again)
        case Unclear(reason=reason):
            return _after_silence(claim, reason, now)


def _after_silence(claim: Claim, reason: str, now: datetime) -> Settled:
    if not claim.letter.kind.sent_again:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason=reason)
    if claim.doubts + AFTER_SILENCE >= MOST_DOUBTS:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason=WITHOUT_ANSWER)
    return Settled(
        claim=claim,
        fate=Fate.WAITING,
        at=now,
        reason=reason,
        try_at=now + pause_before(claim.attempt),
        doubts=AFTER_SILENCE,
    )


def pause_before(attempt: int) -> timedelta:
    """Growing pauses, so that what is down is not hammered."""
    doublings: int = 2 ** min(attempt - 1, 10)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
