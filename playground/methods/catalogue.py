"""Every method the server knows, by its name in small letters, as the Bot API looks it up."""

from typing import Final

from playground.errors import CallRefused
from playground.methods import (
    callbacks,
    chats,
    editing,
    inline_answers,
    menus,
    own_account,
    sending,
)
from playground.methods.registry import Method
from playground.params import Params
from playground.world import World

METHODS: Final[dict[str, tuple[str, Method]]] = {
    name.lower(): (name, method)
    for area in (own_account, sending, editing, callbacks, inline_answers, menus, chats)
    for name, method in area.METHODS.items()
}


def carry_out(world: World, method: str, params: Params) -> object:
    """Do what the bot asks and note it; raises CallRefused."""
    known = METHODS.get(method.lower())
    if known is None:
        raise CallRefused(404, "Not Found")
    name, carry = known
    try:
        result = carry(world, params)
    except CallRefused as refusal:
        world.record(name, params.fields, refusal.description)
        raise
    world.record(name, params.fields)
    return result
