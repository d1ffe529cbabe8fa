"""How a conversation's draft is read from its row and written into it."""

from typing import Any, Final

from pydantic import TypeAdapter

_known: Final[dict[type[Any], TypeAdapter[Any]]] = {}


def kept(draft: type[Any]) -> TypeAdapter[Any]:
    """Made when it is first needed: it takes milliseconds, and there are dozens of drafts."""
    if draft not in _known:
        _known[draft] = TypeAdapter(draft)
    return _known[draft]
