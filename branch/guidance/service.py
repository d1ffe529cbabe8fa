"""The shelf of checked answers: asked in a student's words, it gives one or says it has none."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from branch.guidance.boundaries import Crossing
from branch.guidance.features import has_chinese
from branch.guidance.golden import GoldenReport, Replayed, replayed
from branch.guidance.matching import Match, Matcher, Outcome, Weighing
from branch.guidance.model import BoundaryKind, Entry, GoldenQuestion, Library, Slug, Topic, TopicId
from branch.guidance.nearness import grouping, nearest
from branch.guidance.ports import KeptArrays
from branch.guidance.replies import Answered, Choices, NotCovered, Part, Reply
from branch.guidance.replying import MAY_BE_OURS, said, same, turned_away
from branch.guidance.sense import Meaning
from branch.guidance.thresholds import Thresholds
from branch.guidance.workbench import Workbench
from texts.language import Language

LONGEST_QUESTION = 4096
AT_ONCE = 64
"""Golden questions that are compared in one step."""
_WHOLE_MESSAGE = (BoundaryKind.DESPAIR, BoundaryKind.ABUSE, BoundaryKind.INSTRUCT)
"""What is said once of a message, whatever else is in it."""


class GuidanceLibrary:
    """Asking has no effect. What is on the shelf changes only by `take_over`, all at once."""

    def __init__(
        self,
        library: Library,
        *,
        meaning: Meaning | None = None,
        thresholds: Thresholds | None = None,
        tools: Workbench | None = None,
        before: "GuidanceLibrary | None" = None,
    ) -> None:
        """`tools` are shared by shelves with the same vocabulary; `before` differs in little."""
        tools = tools or Workbench.of(library, meaning, thresholds or Thresholds())
        self._tools = tools
        self._library = library
        self._entries = {entry.slug: entry for entry in library.entries}
        self._matchers = {
            language: Matcher(
                library.entries,
                library.beyond,
                tools.preparations[language],
                years=tools.years,
                thresholds=tools.thresholds,
                meaning=tools.meaning,
                kept=tools.kept,
                before=before.matcher(language).learnt if before else None,
            )
            for language in Language
        }

    @property
    def library(self) -> Library:
        """What is on the shelf now."""
        return self._library

    @property
    def meaning(self) -> Meaning | None:
        """What it has learnt meanings from, to be asked about other texts too."""
        return self._tools.meaning

    @property
    def knows_meaning(self) -> bool:
        """Whether it searches by meaning too, or by letters alone."""
        return self._tools.meaning is not None

    def learn(self, meaning: Meaning, kept: KeptArrays | None = None) -> None:
        """From now on search by meaning too. The first time this takes a while: call it aside."""
        while not self.knows_meaning:
            known, tools = self._library, replace(self._tools, meaning=meaning, kept=kept)
            learnt = GuidanceLibrary(known, tools=tools)
            if self._library is known:
                self._swap(learnt)

    def trial(
        self, changed: Collection[Entry], removed: Collection[Slug] = ()
    ) -> "GuidanceLibrary":
        """A shelf of its own with these entries put in or replaced, and those taken away."""
        new = {entry.slug: entry for entry in changed}
        known = self._library
        kept = [new.pop(each.slug, each) for each in known.entries if each.slug not in removed]
        entries = (*kept, *new.values())
        return GuidanceLibrary(replace(known, entries=entries), tools=self._tools, before=self)

    def take_over(self, trial: "GuidanceLibrary") -> None:
        """From now on answer as the trial does; who asks meanwhile gets the one or the other."""
        if self.knows_meaning and not trial.knows_meaning:
            # it began before we had learnt
            trial = GuidanceLibrary(trial.library, tools=self._tools, before=self)
        self._swap(trial)

    def _swap(self, other: "GuidanceLibrary") -> None:
        self.__dict__ = dict(other.__dict__)

    def hear(
        self, message: str, *, language: Language, on: date, after: Slug | None = None
    ) -> Sequence[Part]:
        """What to say to a message: its questions in order, each with a reply; never empty.

        `after` is the entry that answered the person a moment ago: a question that leans on it
        ("and the materials?") is understood with it.
        """
        pieces = self._pieces(message)
        if len(pieces) == 1:
            apart = self._told_apart(message, language, on)
            return apart or (Part(message, self._reply(message, language, on, after)),)
        parts: list[Part] = []
        for piece in pieces:
            reply = self._reply(piece, language, on, after)
            if isinstance(reply, Answered):
                after = reply.entry.slug
            if parts and same(parts[-1].reply, reply):
                parts[-1] = Part(f"{parts[-1].question} {piece}", reply)
            else:
                parts.append(Part(piece, reply))
        if not any(isinstance(part.reply, Answered | Choices) for part in parts[1:]):
            whole = self._reply(message, language, on, after)
            if isinstance(whole, Answered) or not isinstance(parts[0].reply, Answered):
                return (Part(message, whole),)
        return parts

    def ask(self, question: str, *, language: Language, on: date) -> Reply:
        """What to say to the question; `language` decides only where the question does not."""
        return self._reply(question, language, on, None)

    def matches(self, question: str, *, language: Language, on: date) -> Sequence[Match]:
        """All that the search weighed, the likeliest first: for the terminal and the curious."""
        return self.weighed(question, language=language, on=on)[1].matches

    def weighed(
        self,
        question: str,
        *,
        language: Language,
        on: date,
        leans: Mapping[Slug, float] | None = None,
    ) -> tuple[Outcome, Weighing]:
        """The first language that gives an answer, else the one that comes nearest to it."""
        crossed = self.crossed_by(question) is not None
        searched = []
        for each in self._languages(question, language):
            weighing = self._matchers[each].weighed(
                question, on=on, leans=leans or {}, crossed=crossed
            )
            searched.append((self._matchers[each].decided(weighing), weighing))
        return max(
            searched,
            key=lambda each: (each[0].sure is not None, bool(each[0].choices), -each[1].none),
        )

    def crossed_by(self, question: str) -> Crossing | None:
        """What a pattern takes it for, if any does."""
        return self._tools.boundaries.crossed_by(question)

    def alike(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        """Groups of questions that ask the same, as their places; by meaning where that is known.

        Takes a moment for each group: call it aside.
        """
        words, meaning = self._library.vocabulary, self._tools.meaning
        return grouping(words, spelled=self.spell, meaning=meaning)(texts)

    def nearest(self, text: str, others: Sequence[str], *, most: int) -> Sequence[int]:
        """The places of those that ask what the text asks. Takes a moment: call it aside."""
        return nearest(text, others, most=most, spelled=self.spell, meaning=self._tools.meaning)

    def spell(self, text: str) -> str:
        """The text as it is searched for: half width, simplified, one word for each synonym."""
        return self._tools.preparations[Language.ZH].spell(text)

    def matcher(self, language: Language) -> Matcher:
        """The search itself: what fits the weights looks into it."""
        return self._matchers[language]

    def entry(self, slug: Slug | str) -> Entry | None:
        """The entry, or None where it was renamed or taken away."""
        return self._entries.get(Slug(slug))

    def topics(self) -> tuple[Topic, ...]:
        """The topics that have entries, in the order of the menu."""
        filled = {entry.topic for entry in self._library.entries}
        return tuple(topic for topic in self._library.topics if topic.id in filled)

    def entries_of(self, topic: TopicId | str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._library.entries if entry.topic == topic)

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        found = (self._entries.get(slug) for slug in entry.related)
        return tuple(each for each in found if each is not None)

    def replay_golden(
        self, *, on: date | None = None, questions: Sequence[GoldenQuestion] | None = None
    ) -> GoldenReport:
        """Ask every golden question, or these, as of `on` or of the latest check of any entry."""
        golden = self._library.golden if questions is None else questions
        day = on or max((entry.checked_on for entry in self._library.entries), default=date.min)
        if self._tools.meaning is not None:
            # they are content: learnt once, and not anew with each replay
            spell = self._tools.preparations[Language.ZH].spell
            self._tools.meaning.of_content([spell(each.ask) for each in golden])
        outcomes: list[Replayed] = []
        for begin in range(0, len(golden), AT_ONCE):
            some = golden[begin : begin + AT_ONCE]
            self._matchers[Language.ZH].read_ahead([each.ask for each in some])
            outcomes += [self._replayed(each, day) for each in some]
        self._matchers[Language.ZH].read_ahead(())
        return GoldenReport(replayed=tuple(outcomes))

    def _replayed(self, golden: GoldenQuestion, day: date) -> Replayed:
        reply, weighing = self._weighed_reply(golden.ask, Language.ZH, day, golden.after)
        likeliest = None
        if golden.after is None and self.crossed_by(golden.ask) is None:
            likeliest = next(iter(weighing.matches), None)
        return replayed(golden, reply, likeliest, self._entries)

    def _told_apart(self, message: str, language: Language, on: date) -> Sequence[Part]:
        """Questions with nothing but gaps between, where each is surely another; else nothing."""
        pieces = self._tools.pieces.loosely(message)
        parts = [Part(each, self._reply(each, language, on, None)) for each in pieces]
        sure = {
            part.reply.entry.slug
            for part in parts
            if isinstance(part.reply, Answered)
            and part.reply.confidence >= self._tools.thresholds.told_apart
        }
        return parts if len(parts) == len(sure) > 1 else ()

    def _pieces(self, message: str) -> Sequence[str]:
        if len(message) > LONGEST_QUESTION:
            return (message,)
        crossing = self.crossed_by(message)
        if crossing is not None and crossing.kind in _WHOLE_MESSAGE:
            return (message,)
        return self._tools.pieces.of(message)

    def _reply(self, question: str, language: Language, on: date, after: Slug | None) -> Reply:
        return self._weighed_reply(question, language, on, after)[0]

    def _weighed_reply(
        self, question: str, language: Language, on: date, after: Slug | None
    ) -> tuple[Reply, Weighing]:
        if len(question) > LONGEST_QUESTION or not self._tools.normaliser.plain(question):
            return NotCovered(), Weighing()
        crossing = self.crossed_by(question)
        outcome, weighing = self.weighed(question, language=language, on=on)
        if crossing is not None and not self._knows_better(crossing, outcome):
            return turned_away(crossing.kind, crossing.asks, outcome), weighing
        before = self._entries.get(after) if after is not None else None
        if before is not None:
            outcome, weighing = self._leaning(question, before, outcome, weighing, language, on)
        return said(outcome, weighing), weighing

    def _knows_better(self, crossing: Crossing, outcome: Outcome) -> bool:
        """Whether the search is sure though a pattern calls the question not ours."""
        # letters alone are sure of too much to overrule anything
        return crossing.kind in MAY_BE_OURS and outcome.sure is not None and self.knows_meaning

    def _leaning(
        self,
        question: str,
        before: Entry,
        outcome: Outcome,
        weighing: Weighing,
        language: Language,
        on: date,
    ) -> tuple[Outcome, Weighing]:
        """The search again, with what was spoken of before, if the question leans on it."""
        leaning = self._tools.pieces.leaning(question)
        known = self._tools.thresholds
        stands = outcome.sure.confidence if outcome.sure is not None else 0.0
        if leaning is None or (stands >= known.stands_alone and not leaning.is_marked):
            return outcome, weighing
        leans = {
            entry.slug: known.related if entry.slug in before.related else known.same_topic
            for entry in self._library.entries
            if entry.topic == before.topic or entry.slug in before.related
        }
        leans[before.slug] = known.itself
        spoken = f"{' '.join(self._tools.key_terms(before))} {leaning.rest}"
        again = self.weighed(spoken, language=language, on=on, leans=leans)
        found = again[0].sure
        if found is not None and found.confidence > stands - known.rather_leaning:
            return again
        return (outcome, weighing) if outcome.sure or not again[0].choices else again

    def _languages(self, question: str, language: Language) -> tuple[Language, ...]:
        """Where to look, in this order: a Latin word or a number alone may be of either."""
        if has_chinese(self._tools.normaliser.plain(question)):
            return (Language.ZH,)
        return tuple(sorted(Language, key=lambda each: each is not language))
