"""People share: photos, files, voices, stickers, albums."""

import secrets
from collections.abc import Sequence

from playground.entities import with_found
from playground.formatting import cleaned, trimmed
from playground.model import Media, MediaKind
from playground.writing import Writing


class Sharing(Writing):
    def send_photo(
        self,
        person_id: int,
        chat_id: int,
        data: bytes,
        file_name: str = "photo.jpg",
        caption: str | None = None,
    ) -> int:
        file = self.files.keep(data, file_name, kind="photo")
        media = Media(kind=MediaKind.PHOTO, file=file)
        return self._send_media(person_id, chat_id, media, caption)

    def send_document(
        self,
        person_id: int,
        chat_id: int,
        data: bytes,
        file_name: str,
        caption: str | None = None,
    ) -> int:
        file = self.files.keep(data, file_name, kind="document")
        media = Media(kind=MediaKind.DOCUMENT, file=file)
        return self._send_media(person_id, chat_id, media, caption)

    def send_voice(
        self, person_id: int, chat_id: int, data: bytes = b"OggS", *, seconds: int = 3
    ) -> int:
        file = self.files.keep(data, "voice.ogg", kind="voice", mime="audio/ogg")
        media = Media(kind=MediaKind.VOICE, file=file, seconds=seconds)
        return self._send_media(person_id, chat_id, media, None)

    def send_sticker(self, person_id: int, chat_id: int, emoji: str) -> int:
        file = self.files.keep(b"RIFF", "sticker.webp", kind="sticker", mime="image/webp")
        media = Media(kind=MediaKind.STICKER, file=file, emoji=emoji)
        return self._send_media(person_id, chat_id, media, None)

    def send_album(
        self,
        person_id: int,
        chat_id: int,
        photos: Sequence[tuple[bytes, str]],
        caption: str | None = None,
    ) -> list[int]:
        """Several photos as one album; the caption stands below the first."""
        album = str(secrets.randbits(60))
        sent = []
        for index, (data, file_name) in enumerate(photos):
            file = self.files.keep(data, file_name, kind="photo")
            media = Media(kind=MediaKind.PHOTO, file=file)
            below = caption if index == 0 else None
            sent.append(self._send_media(person_id, chat_id, media, below, album=album))
        return sent

    def _send_media(
        self,
        person_id: int,
        chat_id: int,
        media: Media,
        caption: str | None,
        album: str | None = None,
    ) -> int:
        text, _ = trimmed(*cleaned(caption or "", ()))
        entities = with_found(text, ())
        return self.send(person_id, chat_id, text=text, entities=entities, media=media, album=album)
