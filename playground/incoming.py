"""What came with an HTTP request, read into a call's parameters."""

import json
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, hdrs, web

from playground.errors import BadRequest, CallRefused
from playground.params import Params, Upload

LARGEST_BODY: Final = 52 * 1024 * 1024
_CHUNK: Final = 256 * 1024


async def params_of(request: web.BaseRequest) -> Params:
    """The parameters of a call; raises CallRefused for what cannot be read."""
    asked = dict(request.query) if request.query_string else {}
    if not request.body_exists:
        return Params(asked)
    match request.content_type:
        case "application/json":
            return Params({**asked, **_object(await _body(request))})
        case "multipart/form-data":
            try:
                fields, uploads = await _form(request)
            except ValueError:
                raise BadRequest("can't parse the form") from None
            return Params({**asked, **fields}, uploads)
        case "application/x-www-form-urlencoded":
            text = (await _body(request)).decode("utf-8", "surrogateescape")
            return Params({**asked, **dict(parse_qsl(text, keep_blank_values=True))})
    return Params(asked)


async def _body(request: web.BaseRequest) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise CallRefused(413, "Request Entity Too Large") from None


def _object(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise BadRequest("object expected")
    return value


async def _form(request: web.BaseRequest) -> tuple[dict[str, str], dict[str, Upload]]:
    """The fields and files of a form; one that is too large is read to its end, then refused."""
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    room = LARGEST_BODY
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise BadRequest("can't parse the form")
        data = await _part(part, room)
        room -= len(data)
        name = part.name or ""
        if part.filename is None:
            fields[name] = data.decode("utf-8", "replace")
        else:
            mime = part.headers.get(hdrs.CONTENT_TYPE, "application/octet-stream")
            uploads[name] = Upload(name=part.filename, mime=mime, data=data)
    if room < 0:
        raise CallRefused(413, "Request Entity Too Large")
    return fields, uploads


async def _part(part: BodyPartReader, room: int) -> bytes:
    """The part's data, cut shortly after what there is room for."""
    data = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        if len(data) <= room:
            data += chunk
    return bytes(data)
