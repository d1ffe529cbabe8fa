"""The parameters of a call, whether they came as JSON, in the address or in a form."""

import json
from typing import Any

from msgspec import Struct

from playground.errors import BadRequest
from playground.model import Json

_YES = frozenset({"true", "yes", "1"})


class Upload(Struct, frozen=True, kw_only=True):
    """A file that came with a call."""

    name: str
    mime: str
    data: bytes


class Params:
    __slots__ = ("fields", "uploads")

    def __init__(self, fields: Json, uploads: dict[str, Upload] | None = None) -> None:
        self.fields = fields
        self.uploads = uploads or {}

    def text(self, name: str) -> str:
        """The parameter as text; empty when it is not there."""
        value = self.fields.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return str(value) if type(value) is int else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a number; what is none counts as 0, as the Bot API has it."""
        value = self.fields.get(name)
        if type(value) is int:
            return value
        if value is None or value == "":
            return default
        try:
            return int(str(value).strip())
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in _YES

    def structure(self, name: str, what: str) -> Any:
        """The parameter as decoded JSON, or None; `what` names it in the fault."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise BadRequest(f"can't parse {what} JSON object") from None
