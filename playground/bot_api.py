"""The Bot API over HTTP: calls come in, answers go out, ordered faults happen on the way."""

import asyncio
import json
import re
from typing import Final

from aiohttp import web

from playground.errors import CallRefused, Conflict
from playground.faults import Delay, DropAfter, DropBefore, FaultKind, Hang, Status
from playground.incoming import params_of
from playground.methods.catalogue import carry_out
from playground.methods.own_account import allow_updates
from playground.model import Json
from playground.params import Params
from playground.world import World

_TOKEN: Final = re.compile(r"[1-9][0-9]{0,16}:[A-Za-z0-9_-]{35}")
_MOST_UPDATES: Final = 100
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode


class BotApi:
    """`closing` is set when the server ends: whoever waits is let go at once."""

    def __init__(self, world: World, closing: asyncio.Event) -> None:
        self._world = world
        self._closing = closing

    async def answer(self, request: web.BaseRequest, token: str, method: str) -> web.Response:
        if token != self._world.token:
            return _refused(_stranger(token))
        fault = self._world.faults.next_for(method)
        try:
            if fault is None:
                return await self._carried_out(request, method)
            return await self._with_fault(fault, request, method)
        except CallRefused as refusal:
            return _refused(refusal)

    def file(self, token: str, path: str) -> web.Response:
        """A file the bot fetches after getFile."""
        if token != self._world.token:
            return _refused(_stranger(token))
        file = self._world.files.at_path(path)
        if file is None:
            return _refused(CallRefused(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _carried_out(self, request: web.BaseRequest, method: str) -> web.Response:
        params = await params_of(request)
        if method.lower() == "getupdates":
            return _accepted(await self._get_updates(params))
        return _accepted(carry_out(self._world, method, params))

    async def _get_updates(self, params: Params) -> list[Json]:
        world = self._world
        if world.webhook is not None:
            raise Conflict(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
        allow_updates(world, params)
        limit = min(max(params.integer("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
        timeout = 0 if self._closing.is_set() else params.integer("timeout")
        updates = await world.polling.updates(
            offset=params.integer("offset"), limit=limit, timeout=timeout
        )
        world.calls["getUpdates"] += 1
        return updates

    async def _with_fault(
        self, fault: FaultKind, request: web.BaseRequest, method: str
    ) -> web.Response:
        match fault:
            case Status():
                await params_of(request)
                raise CallRefused(fault.code, fault.description, fault.parameters)
            case Delay():
                await asyncio.sleep(fault.seconds)
            case DropBefore():
                _hang_up(request)
            case Hang():
                await self._closing.wait()
                _hang_up(request)
            case DropAfter():
                await self._carried_out(request, method)
                _hang_up(request)
        return await self._carried_out(request, method)


class HungUp(Exception):
    """The connection was closed on purpose; nobody is there to be answered."""


def _hang_up(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise HungUp


def _stranger(token: str) -> CallRefused:
    """A token that could be somebody's is unauthorized; anything else is not even found."""
    if _TOKEN.fullmatch(token):
        return CallRefused(401, "Unauthorized")
    return CallRefused(404, "Not Found")


def _accepted(result: object) -> web.Response:
    return _response(200, {"ok": True, "result": result})


def _refused(refusal: CallRefused) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters is not None:
        body["parameters"] = refusal.parameters
    return _response(refusal.code, body)


def _response(status: int, body: Json) -> web.Response:
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json")
