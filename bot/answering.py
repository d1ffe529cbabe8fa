"""Introduces those who answer questions to each other, wherever they are asked."""

from collections.abc import Sequence

from bot.guidance import GuidanceParts
from bot.hall import Doors, Hall
from handlers.ask_guidance import AskGuidance, Overhear
from handlers.conversation import Handler
from handlers.groups import Groups
from handlers.inline import InlineOffers
from handlers.judge_answers import JudgeAnswers


class AnsweringDoors(Doors, frozen=True, kw_only=True):
    """`inline` comes before everything, `in_groups` before whatever speaks of one person.

    The rest comes after all other rooms: free text that is for nobody else is a question.
    """

    inline: list[Handler]
    in_groups: list[Handler]
    asking: AskGuidance


def answering(parts: GuidanceParts, hall: Hall, *, overhear: Sequence[Overhear]) -> AnsweringDoors:
    library, answers, words, ways_on = hall.library, hall.answers, hall.words, hall.ways_on
    log, zone, say = hall.log, hall.zone, hall.say
    asking = AskGuidance(
        library=library,
        log=log,
        answers=answers,
        ways_on=ways_on,
        alarm=parts.alarm,
        zone=zone,
        say=say,
        overhear=overhear,
    )
    judging = JudgeAnswers(
        feedback=parts.feedback,
        library=library,
        log=log,
        answers=answers,
        asking=asking,
        ways_on=ways_on,
        strangers=hall.strangers,
        zone=zone,
        say=say,
    )
    offers = InlineOffers(library=library, answers=answers, words=words, zone=zone, say=say)
    return AnsweringDoors(
        inline=offers.handlers(),
        in_groups=Groups(library=library, answers=answers, zone=zone, say=say).handlers(),
        conversations=[judging.conversation()],
        handlers=[*asking.handlers(), *judging.handlers()],
        asking=asking,
    )
