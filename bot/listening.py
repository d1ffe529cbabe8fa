"""Why a program cannot listen where it is told to; apart, as most bots listen nowhere."""


class PortTaken(Exception):
    """Another program listens there."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port}")


class CannotListen(Exception):
    """The address is not this machine's, or the port is not for this user."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port} ({reason})")
