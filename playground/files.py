"""Files people and the bot send: kept in memory under ids, as the Bot API names them."""

import mimetypes
import secrets
import struct
from typing import Final

from playground.model import StoredFile

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE_END: Final = 24
_GIF_SIZE_END: Final = 10
_JPEG: Final = b"\xff\xd8"
_GIF: Final = (b"GIF87a", b"GIF89a")
_MARKER: Final = 0xFF
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_FOLDERS: Final = {"photo": "photos", "document": "documents", "voice": "voice"}


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, data: bytes, name: str, *, kind: str, mime: str | None = None) -> StoredFile:
        number = len(self._by_id)
        extension = name.rpartition(".")[2] if "." in name else "bin"
        extension = extension if extension.isalnum() and extension.isascii() else "bin"
        width, height = picture_size(data) or (0, 0)
        stored = StoredFile(
            id=f"Pg{secrets.token_urlsafe(24)}",
            unique_id=f"Aq{secrets.token_urlsafe(9)}",
            path=f"{_FOLDERS.get(kind, 'stickers')}/file_{number}.{extension}",
            name=name,
            mime=mime or mimetypes.guess_type(name)[0] or "application/octet-stream",
            data=data,
            width=width,
            height=height,
        )
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored
        return stored

    def with_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG or GIF; None for what is none of these."""
    if data.startswith(_PNG) and len(data) >= _PNG_SIZE_END:
        width, height = struct.unpack(">II", data[16:_PNG_SIZE_END])
        return width, height
    if data.startswith(_GIF) and len(data) >= _GIF_SIZE_END:
        width, height = struct.unpack("<HH", data[6:_GIF_SIZE_END])
        return width, height
    return _jpeg_size(data) if data.startswith(_JPEG) else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = len(_JPEG)
    while at + 9 <= len(data) and data[at] == _MARKER:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
