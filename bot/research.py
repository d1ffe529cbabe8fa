"""Introduces what has to do with research to each other."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np

from bot.ground import Ground
from bot.hall import Doors, Hall
from bot.theme_days import ThemeDayParts
from branch.guidance.service import GuidanceLibrary
from branch.research.achievement import Kind, Level
from branch.research.achievement_book import AchievementBook
from branch.research.found_claims import Spellings, plain
from branch.research.gathering import Gathering
from branch.research.importing import Importing
from branch.research.letters import ResearchLetters
from branch.research.letters_alike import LettersAlike
from branch.research.overview import Overview
from branch.research.ports import Sense
from branch.research.problem_book import ProblemBook
from handlers.achievement_buttons import ShowAchievement
from handlers.achievements import Achievements
from handlers.claim_achievement import ClaimAchievements
from handlers.day_plans import DayPlans
from handlers.discuss_problem import DiscussProblem
from handlers.gather_topics import GatherTopicsTogether
from handlers.import_achievements import ImportAchievementFiles
from handlers.note_topic import NoteTopics
from handlers.problem_card import ProblemCard
from handlers.refuse_achievement import RefuseAchievements
from handlers.replies import Say
from handlers.research import Research
from handlers.research_outcomes import ResearchOutcomes
from handlers.research_refusals import ResearchRefusals
from handlers.research_workbook import COLUMNS
from handlers.word_problem import WordProblem
from storage.work import Transactions
from texts.language import Language
from texts.renderer import labels

Named = TypeVar("Named", bound=str)
EMBEDDING_SAME_FROM: Final = 0.92
"""The model's cosines lie between 0.75 and 1; docs/research.md has the figures."""


class EngineMeaning:
    """The engine's embedding; letters where it is not there, or not yet."""

    def __init__(self, library: GuidanceLibrary) -> None:
        self._library = library
        self._letters = LettersAlike()

    def sense(self, texts: Sequence[str]) -> Sense:
        meaning = self._library.meaning
        if meaning is None or not texts:
            return self._letters.sense(texts)
        # what members write is remembered, not kept in a file beside the content
        return Sense(np.stack([meaning.of_question(text) for text in texts]), EMBEDDING_SAME_FROM)


def spellings() -> Spellings:
    """How tables may be headed and filled in: as we write it, in every language, and otherwise."""
    return Spellings(
        columns=_written({each: (f"rescolumn.{each}", f"resalias.{each}") for each in COLUMNS}),
        kinds=_written({each: (f"achievement.{each}", f"kindalias.{each}") for each in Kind}),
        levels=_written(
            {each: (f"achievementlevel.{each}", f"levelalias.{each}") for each in Level}
        ),
    )


def _written(named: Mapping[Named, Sequence[str]]) -> dict[str, Named]:
    """What stands for each, parted by strokes, and its own name."""
    found: dict[str, Named] = {}
    for language in Language:
        known = labels(language)
        for each, names in named.items():
            for word in (str(each), *(word for name in names for word in known[name].split("|"))):
                found.setdefault(plain(word), each)
    return found


def themes_of(transactions: Transactions) -> Callable[[int], Awaitable[Sequence[str]]]:
    """The names of the problems that a theme day discusses, for its card."""
    problems = ProblemBook(transactions.begin, transactions.look)

    async def themes(day: int) -> Sequence[str]:
        return [each.name for each in await problems.themes_of(day)]

    return themes


def research_doors(ground: Ground, hall: Hall, *, theme_days: ThemeDayParts) -> Doors:
    begin, look, say = ground.transactions.begin, ground.transactions.look, hall.say
    refusals = ResearchRefusals(say)
    problems = ProblemBook(begin, look)
    home = Research(overview=Overview(look), problems=problems, refusals=refusals, say=say)
    gathering = Gathering(begin, look, EngineMeaning(hall.library))
    about = _about_problems(problems, gathering, theme_days, refusals, say)
    achieved = _about_achievements(ground, refusals, say)
    return Doors(
        conversations=[*about.conversations, *achieved.conversations],
        handlers=[*home.handlers(), *about.handlers, *achieved.handlers],
    )


def _about_problems(
    problems: ProblemBook,
    gathering: Gathering,
    theme_days: ThemeDayParts,
    refusals: ResearchRefusals,
    say: Say,
) -> Doors:
    days = DayPlans(theme_days.desk)
    card = ProblemCard(problems=problems, days=days, refusals=refusals, say=say)
    discussing = DiscussProblem(
        problems=problems, card=card, planner=theme_days.planner, refusals=refusals, say=say
    )
    topics = GatherTopicsTogether(
        gathering=gathering, problems=problems, card=card, refusals=refusals, say=say
    )
    noting = NoteTopics(gathering=gathering, topics=topics, refusals=refusals, say=say)
    wording = WordProblem(problems=problems, card=card, refusals=refusals, say=say)
    return Doors(
        conversations=[noting.conversation(), wording.conversation()],
        handlers=[*card.handlers(), *discussing.handlers(), *topics.handlers()],
    )


def _about_achievements(ground: Ground, refusals: ResearchRefusals, say: Say) -> Doors:
    begin, look = ground.transactions.begin, ground.transactions.look
    letters = ResearchLetters(ground.texts, show=lambda number: ShowAchievement(number).pack())
    book = AchievementBook(begin, look, letters)
    achievements = Achievements(book=book, refusals=refusals, say=say)
    outcomes = ResearchOutcomes(book=book, refusals=refusals, say=say)
    claiming = ClaimAchievements(book=book, achievements=achievements, refusals=refusals, say=say)
    refusing = RefuseAchievements(book=book, achievements=achievements, refusals=refusals, say=say)
    importing = ImportAchievementFiles(
        importing=Importing(begin, look, spellings()), refusals=refusals, say=say
    )
    return Doors(
        conversations=[
            claiming.conversation(),
            refusing.conversation(),
            importing.conversation(),
        ],
        handlers=[*achievements.handlers(), *outcomes.handlers()],
    )
