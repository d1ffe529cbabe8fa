"""Who reviews what: two members each, those with the least in hand, and nobody their own."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from branch.papers.letters import PaperLetters
from branch.papers.model import Call, Submission
from branch.papers.ports import PaperWork
from branch.papers.reviews import REVIEWERS, ReviewState
from branch.people.model import Person, Role

_BETWEEN_NAMES: Final = re.compile(r"[\s,;/&\u3001\uff0c\uff1b\uff0f\u548c]+")
_SHORTEST_INSIDE: Final = 2
"""A name of one character stands in too many others."""


async def give_out(
    work: PaperWork, call: Call, submission: Submission, letters: PaperLetters, *, now: datetime
) -> int:
    """Ask as many as are wanted; how many are lacking, because there is nobody else.

    Whoever has given it up is not asked again.
    """
    asked = await work.reviews.of(submission.id)
    wanted = REVIEWERS - sum(each.counts for each in asked)
    if wanted <= 0:
        return 0
    known = {each.reviewer for each in asked}
    able = [each for each in await _able(work, call, submission, now) if each.id not in known]
    for person in able[:wanted]:
        review = await work.reviews.ask(submission.id, person.id, now=now)
        letter = letters.review_asked(call, submission, review, person.id, person.language, now=now)
        await work.outbox.put([letter])
    return max(0, wanted - len(able))


async def ask_again(
    work: PaperWork, call: Call, submission: Submission, letters: PaperLetters, *, now: datetime
) -> None:
    """The same reviewers look at what has come back; who has left is replaced."""
    for review in await work.reviews.of(submission.id):
        person = await work.people.by_id(review.reviewer, now=now)
        if not review.counts or person is None:
            continue
        if not person.role.covers(Role.MEMBER):
            await work.reviews.save(replace(review, state=ReviewState.GIVEN_UP))
            continue
        again = replace(review, state=ReviewState.ASKED, asked_at=now, done_at=None)
        await work.reviews.save(again)
        letter = letters.review_asked(
            call, submission, review.id, person.id, person.language, now=now
        )
        await work.outbox.put([letter])
    await give_out(work, call, submission, letters, now=now)


async def _able(
    work: PaperWork, call: Call, submission: Submission, now: datetime
) -> Sequence[Person]:
    """The likeliest first: who can be reached, sees no names otherwise, and has least to do."""
    in_hand = await work.reviews.in_hand()
    members = await work.people.holding(Role.MEMBER, now=now)
    able = [
        each
        for each in members
        if each.id != submission.author
        and not is_named(each.name, submission.paper.coauthors or "")
    ]
    return sorted(
        able,
        key=lambda each: (
            each.unreachable_since is not None,
            # who looks after the call sees whose papers they are
            each.id == call.author or each.role.covers(Role.SECRETARY),
            in_hand.get(each.id, 0),
            each.id,
        ),
    )


def is_named(name: str, coauthors: str) -> bool:
    """Whether somebody stands among the co-authors, by the name we know."""
    sought = "".join(name.split()).casefold()
    if not sought:
        return False
    parts = [each.casefold() for each in _BETWEEN_NAMES.split(coauthors)]
    inside = len(sought) >= _SHORTEST_INSIDE and sought in "".join(coauthors.split()).casefold()
    return inside or sought in parts
