"""What the doors of all rooms open from: how we speak, and what we answer with."""

from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.ground import Ground
from bot.guidance import GuidanceParts
from branch.guidance.question_log import QuestionLog
from branch.guidance.service import GuidanceLibrary
from handlers.answers import Answers
from handlers.buttons import AskMember
from handlers.conversation import Conversation, Handler
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.ways_on import WaysOn


class Doors(Struct, frozen=True, kw_only=True):
    """What people do in a room of the chat."""

    conversations: list[Conversation] = field(default_factory=list)
    handlers: list[Handler]


class Hall(Struct, frozen=True, kw_only=True):
    library: GuidanceLibrary
    log: QuestionLog
    words: CalendarWords
    answers: Answers
    ways_on: WaysOn
    strangers: Strangers
    zone: ZoneInfo
    say: Say


def hall(ground: Ground, guidance: GuidanceParts, words: CalendarWords) -> Hall:
    say, zone, library, log = Say(ground.texts), ground.zone, guidance.library, guidance.log
    ways_on = WaysOn(say, AskMember)
    return Hall(
        library=library,
        log=log,
        words=words,
        answers=Answers(library=library, log=log, words=words, ways_on=ways_on, zone=zone, say=say),
        ways_on=ways_on,
        strangers=Strangers(say),
        zone=zone,
        say=say,
    )
