"""Letters as rows, and back."""

import json
from collections.abc import Iterable
from typing import Any

from branch.outbox.chats import ChatId
from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.outbox.kinds import Act, LetterKind, Priority
from branch.outbox.model import Claim, Fate, Letter, LetterId, Place
from branch.people.model import PersonId


def row_of(letter: Letter) -> dict[str, Any]:
    return {
        "key": letter.key,
        "person_id": letter.to,
        "chat_id": letter.to_chat,
        "concerns": letter.concerns,
        "kind": letter.kind,
        "priority": letter.urgency,
        "about": letter.about,
        "body": letter.body,
        "buttons": _listed(list(map(list, row)) for row in letter.buttons),
        "enclosures": enclosures_of(letter.enclosures),
        "reply_to": letter.reply_to,
        "topic": letter.topic,
        "opens": int(letter.opens),
        "act": None if letter.act is Act.SEND else letter.act,
        "target": numbers_of(letter.target),
        "instead": letter.instead or None,
        "silent": int(letter.silent),
        "due_at": letter.due_at,
        "useful_until": letter.useful_until,
        "try_at": letter.due_at,
        "attempts": 0,
        "doubts": 0,
        "fate": Fate.WAITING,
    }


def claim_of(row: Any, place: Place | None) -> Claim:
    to_group = row.chat_id is not None
    return Claim(
        id=LetterId(row.id),
        letter=_letter(row),
        address=row.group_id if to_group else row.telegram_id,
        attempt=row.attempts + 1,
        doubts=row.doubts + (row.claimed_at is not None),
        reachable=(row.lost_at if to_group else row.unreachable_since) is None,
        interrupted=row.claimed_at is not None,
        place=place,
    )


def _letter(row: Any) -> Letter:
    return Letter(
        key=row.key,
        to=None if row.person_id is None else PersonId(row.person_id),
        to_chat=None if row.chat_id is None else ChatId(row.chat_id),
        kind=LetterKind(row.kind),
        body=row.body,
        due_at=row.due_at,
        useful_until=row.useful_until,
        about=row.about,
        concerns=None if row.concerns is None else PersonId(row.concerns),
        buttons=[[(label, meaning) for label, meaning in each] for each in _read(row.buttons)]
        if row.buttons
        else (),
        enclosures=enclosed(row.enclosures),
        reply_to=row.reply_to,
        topic=row.topic,
        opens=bool(row.opens),
        priority=Priority(row.priority),
        act=Act(row.act) if row.act else Act.SEND,
        target=numbers_in(row.target),
        instead=row.instead or "",
        silent=bool(row.silent),
    )


def enclosures_of(enclosures: Iterable[Enclosure]) -> str | None:
    return _listed([each.kind, each.file_id, each.name] for each in enclosures)


def enclosed(text: str | None) -> tuple[Enclosure, ...]:
    if not text:
        return ()
    return tuple(
        Enclosure(EnclosureKind(kind), file_id, name) for kind, file_id, name in _read(text)
    )


def numbers_of(numbers: Iterable[int]) -> str | None:
    return " ".join(map(str, numbers)) or None


def numbers_in(text: str | None) -> tuple[int, ...]:
    return tuple(map(int, text.split())) if text else ()


def _listed(values: Any) -> str | None:
    listed = list(values)
    return json.dumps(listed, ensure_ascii=False) if listed else None


def _read(text: str | None) -> list[Any]:
    return json.loads(text) if text else []
