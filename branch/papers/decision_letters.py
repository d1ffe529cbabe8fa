"""The letters about what has become of a paper, and who is to let them out."""

from collections.abc import Sequence
from datetime import datetime

from branch.outbox.model import Letter
from branch.papers.letterhead import Letterhead
from branch.papers.model import Call, Submission
from branch.papers.moves import Award, Verdict
from branch.papers.reviews import Proposal
from branch.people.model import PersonId
from texts.language import Language


class DecisionLetters(Letterhead):
    def usual_words(self, verdict: Verdict, award: Award, language: Language) -> str:
        return self._texts.render(
            "papers/usual_words", language, verdict=verdict, awarded=award is not Award.NONE
        )

    def decided(
        self,
        call: Call,
        submission: Submission,
        proposal: Proposal,
        language: Language,
        *,
        comments: Sequence[str],
        now: datetime,
    ) -> Letter:
        return self._letter(
            call,
            submission.author,
            language,
            template="decided",
            key=f"decided:{submission.id}:{proposal.round}",
            now=now,
            button=("button.my_paper", self._taps.hand_in(call.id)),
            useful_until=submission.revise_until,
            receipt=submission.receipt or "",
            title=submission.paper.title or "",
            verdict=proposal.verdict,
            awarded=submission.award is not Award.NONE,
            award=self._texts.label(f"award.{submission.award}", language),
            until=submission.revise_until,
            words=proposal.words,
            comments=comments,
        )

    def published(
        self, call: Call, submission: Submission, language: Language, *, now: datetime
    ) -> Letter:
        return self._letter(
            call,
            submission.author,
            language,
            template="published",
            key=f"published:{submission.id}",
            now=now,
            button=("button.my_paper", self._taps.hand_in(call.id)),
            receipt=submission.receipt or "",
            title=submission.paper.title or "",
        )

    def to_release(
        self, call: Call, to: PersonId, language: Language, *, number: int, now: datetime
    ) -> Letter:
        """Once a day, however often a proposal is changed."""
        return self._letter(
            call,
            to,
            language,
            template="to_release",
            key=f"release:{now:%Y%m%d}",
            now=now,
            button=("button.decisions", self._taps.decide(call.id)),
            number=number,
        )
