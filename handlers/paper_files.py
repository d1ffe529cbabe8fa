"""The files of papers: taken from a message, fetched from Telegram, looked at."""

import asyncio
import hashlib

from msgspec import Struct
from telegram import Document, Update
from telegram.error import TelegramError

from branch.papers.counting import words_in_docx
from branch.papers.errors import WrongKind
from branch.papers.file_kinds import begins_as, checked_size, kind_of
from branch.papers.model import CallPlan, FileKind, NewFile

LONGEST_NAME = 120


class LookedAt(Struct, frozen=True, kw_only=True):
    """`words`: how long it is, where that can be counted."""

    file: NewFile
    words: int | None


async def fetched(update: Update, file_id: str) -> bytes | None:
    """What is in the file; None where Telegram does not give it."""
    try:
        file = await update.get_bot().get_file(file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError:
        return None


async def looked_at(update: Update, document: Document, plan: CallPlan) -> LookedAt:
    """Whether the call can take it, before and after it is fetched.

    Raises WrongKind, FileTooBig, FileEmpty.
    """
    name = document.file_name or ""
    kind = kind_of(name, document.mime_type, plan.kinds)
    if document.file_size is not None:
        checked_size(document.file_size, plan)
    data = await fetched(update, document.file_id)
    size = document.file_size if document.file_size is not None else len(data or b" ")
    checked_size(size, plan)
    digest, words = None, None
    if data is not None:
        if not begins_as(kind, data):
            raise WrongKind
        digest, words = await asyncio.to_thread(_measured, data, kind)
    file = NewFile(
        file_id=document.file_id,
        unique_id=document.file_unique_id,
        name=name[-LONGEST_NAME:],
        size=size,
        kind=kind,
        digest=digest,
    )
    return LookedAt(file=file, words=words)


def _measured(data: bytes, kind: FileKind) -> tuple[str, int | None]:
    words = words_in_docx(data) if kind is FileKind.DOCX else None
    return hashlib.sha256(data).hexdigest(), words
