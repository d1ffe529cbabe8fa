"""What came of an answer."""

from msgspec import Struct

from branch.tickets.model import Ticket
from branch.tickets.thread import Line


class Answered(Struct, frozen=True):
    """The ticket and the line; whether letters reach who asked at present.

    `joined`: it is a further photo of an album, and goes with the first one's letter.
    """

    ticket: Ticket
    line: Line
    reachable: bool
    joined: bool = False
