"""What a browser fetches: the page itself, the feed, files, and where it uploads them."""

import mimetypes
import re
from pathlib import Path
from typing import Final

from aiohttp import web

from playground.errors import CallRefused, ImpossibleDeed
from playground.feed import Feed
from playground.incoming import params_of
from playground.params import Params, Upload
from playground.world import World

_PAGE: Final = Path(__file__).parent / "page"
# Folders and files that begin with a letter or a figure: nothing hidden, nothing above.
_NAME: Final = re.compile(
    r"(?:[A-Za-z0-9][\w-]*/)*[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?!py)\w+", re.ASCII
)
_SHOWN_INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_GUARDED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Site:
    def __init__(self, world: World, feed: Feed) -> None:
        self._world = world
        self._feed = feed

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        match request.method, request.path:
            case "GET", "/playground/feed":
                return await self._feed.serve(request)
            case "POST", "/playground/upload":
                return await self._upload(request)
            case "GET", path if path.startswith("/playground/file/"):
                return self._file(path.removeprefix("/playground/file/"))
            case "GET" | "HEAD", path:
                return _static(path)
        return web.Response(status=405)

    async def _upload(self, request: web.BaseRequest) -> web.Response:
        try:
            params = await params_of(request)
            message_id = self._send(params, params.uploads["file"])
        except KeyError:
            return web.json_response({"ok": False, "reason": "there is no file"}, status=400)
        except (CallRefused, ImpossibleDeed) as refusal:
            return web.json_response({"ok": False, "reason": str(refusal)}, status=400)
        return web.json_response({"ok": True, "message_id": message_id})

    def _send(self, params: Params, upload: Upload) -> int:
        send = self._world.send_document
        if params.text("kind") == "photo":
            send = self._world.send_photo
        person_id, chat_id = params.integer("person_id"), params.integer("chat_id")
        caption = params.text("caption") or None
        return send(person_id, chat_id, upload.data, upload.name or "file", caption)

    def _file(self, file_id: str) -> web.Response:
        """A picture to be shown, or anything else to be saved: never a page of its own."""
        file = self._world.files.with_id(file_id)
        if file is None:
            return web.Response(status=404)
        headers = {**_GUARDED, "Content-Security-Policy": "sandbox; default-src 'none'"}
        if file.mime not in _SHOWN_INLINE:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, headers={**headers, "Content-Type": file.mime})


def _static(path: str) -> web.Response:
    """A file of the page's folder, nothing above or hidden."""
    name = path.removeprefix("/") or "index.html"
    if not _NAME.fullmatch(name) or not (_PAGE / name).is_file():
        return web.Response(status=404)
    wanted = _PAGE / name
    kind = mimetypes.guess_type(wanted.name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(
        body=wanted.read_bytes(), content_type=kind, charset=charset, headers=_GUARDED
    )
