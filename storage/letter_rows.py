"""Letters as rows, and back."""

import json
from typing import Any

from branch.outbox.model import Claim, Fate, Letter, LetterId, LetterKind, Priority
from branch.people.model import PersonId, TelegramId


def row_of(letter: Letter) -> dict[str, Any]:
    buttons = [list(map(list, row)) for row in letter.buttons]
    return {
        "key": letter.key,
        "person_id": letter.to,
        "concerns": letter.concerns,
        "kind": letter.kind,
        "priority": letter.urgency,
        "about": letter.about,
        "body": letter.body,
        "buttons": json.dumps(buttons, ensure_ascii=False) if buttons else None,
        "due_at": letter.due_at,
        "useful_until": letter.useful_until,
        "try_at": letter.due_at,
        "attempts": 0,
        "doubts": 0,
        "fate": Fate.WAITING,
    }


def claim_of(row: Any) -> Claim:
    letter = Letter(
        key=row.key,
        to=PersonId(row.person_id),
        kind=LetterKind(row.kind),
        body=row.body,
        due_at=row.due_at,
        useful_until=row.useful_until,
        about=row.about,
        concerns=None if row.concerns is None else PersonId(row.concerns),
        buttons=[[(label, meaning) for label, meaning in each] for each in _buttons(row)],
        priority=Priority(row.priority),
    )
    return Claim(
        id=LetterId(row.id),
        letter=letter,
        address=TelegramId(row.telegram_id),
        attempt=row.attempts + 1,
        doubts=row.doubts + (row.claimed_at is not None),
        reachable=row.unreachable_since is None,
        interrupted=row.claimed_at is not None,
    )


def _buttons(row: Any) -> list[list[list[str]]]:
    return json.loads(row.buttons) if row.buttons else []
