"""Files in a call: uploaded with it, named by an id, or listed as an album."""

from typing import Any, Final

from playground.errors import BadRequest, CallRefused
from playground.files import picture_size
from playground.formatting import LONGEST_CAPTION, Formatted, formatted
from playground.model import Json, Media, MediaKind, StoredFile
from playground.params import Params, Upload
from playground.world import World

LARGEST_PHOTO: Final = 10 * 1024 * 1024
LARGEST_FILE: Final = 50 * 1024 * 1024
_LARGEST_SIDES: Final = 10_000
_MOST_IN_ALBUM: Final = 10
_ATTACHED: Final = "attach://"


def media_of(world: World, params: Params, kind: MediaKind) -> Media:
    """The file of a call that sends one; raises the refusal Telegram would give."""
    file = _file(world, params, kind, kind.value, params.fields.get(kind.value))
    return Media(
        kind=kind,
        file=file,
        emoji=params.text("emoji"),
        seconds=params.integer("duration"),
    )


def album_of(world: World, params: Params, given: list[Any]) -> list[tuple[Media, Formatted]]:
    """The files of an album with their captions."""
    if not given:
        raise BadRequest("there are no messages to send")
    if len(given) > _MOST_IN_ALBUM:
        raise BadRequest("too many messages to send as an album")
    items = [input_media(world, params, item) for item in given]
    if len({media.kind for media, _ in items}) > 1:
        raise BadRequest("document can't be mixed with other media types")
    return items


def input_media(world: World, params: Params, item: object) -> tuple[Media, Formatted]:
    """One InputMedia: its file and its caption."""
    if not isinstance(item, dict):
        raise BadRequest("can't parse InputMedia: expected an Object")
    try:
        kind = MediaKind(str(item.get("type")))
    except ValueError:
        raise BadRequest("can't parse InputMedia: invalid InputMedia type specified") from None
    file = _file(world, params, kind, "media", item.get("media"))
    return Media(kind=kind, file=file), _caption(item)


def _caption(item: Json) -> Formatted:
    return formatted(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities"),
        longest=LONGEST_CAPTION,
        too_long="message caption is too long",
    )


def _file(world: World, params: Params, kind: MediaKind, field: str, named: object) -> StoredFile:
    upload = params.uploads.get(field)
    if isinstance(named, str) and named.startswith(_ATTACHED):
        upload = params.uploads.get(named.removeprefix(_ATTACHED))
    elif isinstance(named, str) and named:
        return _known(world, named)
    if upload is None:
        raise BadRequest(f"there is no {kind.value} in the request")
    _check(kind, upload)
    return world.files.keep(upload.data, upload.name, kind=kind.value, mime=upload.mime)


def _known(world: World, named: str) -> StoredFile:
    if named.startswith(("http://", "https://")):
        raise BadRequest("failed to get HTTP URL content")
    file = world.files.with_id(named)
    if file is None:
        raise BadRequest("wrong file identifier/HTTP URL specified")
    return file


def _check(kind: MediaKind, upload: Upload) -> None:
    largest = LARGEST_PHOTO if kind is MediaKind.PHOTO else LARGEST_FILE
    if len(upload.data) > largest:
        raise CallRefused(413, "Request Entity Too Large")
    if not upload.data:
        raise BadRequest("file must be non-empty")
    if kind is not MediaKind.PHOTO:
        return
    size = picture_size(upload.data)
    if size is None:
        raise BadRequest("IMAGE_PROCESS_FAILED")
    if sum(size) > _LARGEST_SIDES or 0 in size:
        raise BadRequest("PHOTO_INVALID_DIMENSIONS")
