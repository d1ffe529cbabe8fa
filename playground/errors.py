"""What can go wrong: for the program that calls the server, and for the people who play."""

from typing import Any


class CallRefused(Exception):
    """The server's answer to a call it does not carry out, in the words of the Bot API."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class BadRequest(CallRefused):
    def __init__(self, reason: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(400, f"Bad Request: {_in_sentence(reason)}", parameters)


class UnreadableMarkup(BadRequest):
    def __init__(self, reason: str) -> None:
        super().__init__(f"can't parse entities: {reason}")


class Forbidden(CallRefused):
    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class Conflict(CallRefused):
    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class TooManyRequests(CallRefused):
    def __init__(self, retry_after: int) -> None:
        super().__init__(
            429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
        )


class ImpossibleDeed(Exception):
    """A person in the playground tried what no messenger would let them do."""


class NoSuchPerson(ImpossibleDeed):
    pass


class NoSuchChat(ImpossibleDeed):
    pass


class NoSuchMessage(ImpossibleDeed):
    pass


class NoSuchButton(ImpossibleDeed):
    pass


class NoSuchResult(ImpossibleDeed):
    pass


class NotYourMessage(ImpossibleDeed):
    pass


class NotInTheChat(ImpossibleDeed):
    pass


class BotIsBlocked(ImpossibleDeed):
    pass


class NothingToSay(ImpossibleDeed):
    pass


class OnlyLoopback(Exception):
    def __init__(self, host: str) -> None:
        super().__init__(f"the playground opens only on this machine itself, not on {host}")
        self.host = host


class PortTaken(Exception):
    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken by another program")
        self.port = port


def _in_sentence(reason: str) -> str:
    """Lower the first letter, as the Bot API does, unless the reason is a code in capitals."""
    if len(reason) > 1 and (reason[1] == "_" or reason[1].isupper()):
        return reason
    return reason[:1].lower() + reason[1:]
