"""The bot's command menus, its menu button, and how it presents itself."""

import re
from collections.abc import Collection
from typing import Any, Final

from playground.command_book import Scope
from playground.errors import BadRequest
from playground.methods.access import Access, chat_of
from playground.methods.registry import Methods
from playground.model import Json
from playground.params import Params
from playground.world import World

_MOST_COMMANDS: Final = 100
_LONGEST_COMMAND: Final = 32
_LONGEST_DESCRIPTION: Final = 256
_COMMAND: Final = re.compile(r"[a-z0-9_]+")
_WIDE_SCOPES: Final = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES: Final = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, params: Params) -> bool:
    given = params.structure("commands", "commands") or []
    if not isinstance(given, list):
        raise BadRequest("expected an Array of BotCommand")
    commands = [_command(command) for command in given]
    if len(commands) > _MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    _write(world, params, commands)
    return True


def delete_my_commands(world: World, params: Params) -> bool:
    _write(world, params, [])
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.command_book.read(_scope(world, params), _language(params))


def _write(world: World, params: Params, commands: list[Json]) -> None:
    scope = _scope(world, params)
    touched = _touched(world, scope)
    before = _menus(world, touched)
    world.command_book.write(scope, _language(params), commands)
    for person_id, menu in _menus(world, touched).items():
        if before[person_id] != menu:
            world.tell({"type": "commands", "person_id": person_id, "commands": menu})


def _touched(world: World, scope: Scope) -> Collection[int]:
    """Whose private menu may change; nobody's when nobody listens."""
    if not world.is_heard:
        return ()
    chat_id = scope.chat_id
    return world.people if chat_id is None else world.people.keys() & {chat_id}


def _menus(world: World, people: Collection[int]) -> dict[int, list[Json]]:
    return {person_id: world.commands_for(person_id, person_id) for person_id in people}


def _command(given: object) -> Json:
    if not isinstance(given, dict):
        raise BadRequest("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if field not in given:
            raise BadRequest(f"can't parse BotCommand: Can't find field \"{field}\"")
    command = str(given["command"]).strip().removeprefix("/")
    description = str(given["description"]).strip()
    _check_command(command, description)
    return {"command": command, "description": description}


def _check_command(command: str, description: str) -> None:
    if not command:
        raise BadRequest("command must be non-empty")
    if len(command) > _LONGEST_COMMAND:
        raise BadRequest(f"command length must not exceed {_LONGEST_COMMAND}")
    if not description:
        raise BadRequest("command description must be non-empty")
    if len(description) > _LONGEST_DESCRIPTION:
        raise BadRequest(f"command description length must not exceed {_LONGEST_DESCRIPTION}")
    if not _COMMAND.fullmatch(command):
        raise BadRequest("BOT_COMMAND_INVALID")


def _scope(world: World, params: Params) -> Scope:
    given = params.structure("scope", "BotCommandScope")
    if given is None:
        return Scope()
    if not isinstance(given, dict):
        raise BadRequest("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(given.get("type"))
    if kind in _WIDE_SCOPES:
        return Scope(type=kind)
    if kind not in _CHAT_SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    chat = chat_of(world, Params(given), Access.READ)
    return Scope(type=kind, chat_id=chat.id, user_id=_member(kind, given))


def _member(kind: str, given: Json) -> int | None:
    if kind != "chat_member":
        return None
    user_id = Params(given).integer("user_id")
    if user_id <= 0:
        raise BadRequest("can't parse BotCommandScope: Invalid user_id specified")
    return user_id


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise BadRequest("invalid language code specified")
    return code


def _set_profile(field: str, longest: int) -> Any:
    def set_field(world: World, params: Params) -> bool:
        told = params.text(field)
        if len(told) > longest:
            raise BadRequest(f"{field.upper()}_TOO_LONG")
        world.profile[field, _language(params)] = told
        if field == "name" and told and not _language(params):
            world.bot["first_name"] = told
        return True

    return set_field


def _get_profile(field: str) -> Any:
    def get_field(world: World, params: Params) -> Json:
        told = world.profile.get((field, _language(params))) or world.profile.get((field, ""))
        return {field: told or (world.bot["first_name"] if field == "name" else "")}

    return get_field


def set_chat_menu_button(world: World, params: Params) -> bool:
    chat_id = chat_of(world, params, Access.READ).id if params.text("chat_id") else None
    button = params.structure("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise BadRequest("can't parse menu button: MenuButton has unsupported type")
    world.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    chat_id = chat_of(world, params, Access.READ).id if params.text("chat_id") else None
    return world.menu_buttons.get(chat_id) or world.menu_buttons.get(None, {"type": "commands"})


METHODS: Methods = {
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _set_profile("name", 64),
    "getMyName": _get_profile("name"),
    "setMyDescription": _set_profile("description", 512),
    "getMyDescription": _get_profile("description"),
    "setMyShortDescription": _set_profile("short_description", 120),
    "getMyShortDescription": _get_profile("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
