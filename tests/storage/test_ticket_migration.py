"""Tickets of the first days: what was asked and answered stands in the thread, and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.tickets.model import TicketId
from storage.engine import close_engine, open_engine
from storage.migrate import migrate, run_alembic
from storage.work import Transactions

BEFORE = "2026_11_25_12_exam_calendar"
ASKED = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
QUESTION = "390 分 <b>保\n还是冲" + "？" * 200
ANSWER = "A&B 都行"


async def _run(engine: AsyncEngine, command: str, revision: str) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(run_alembic, command, revision)


async def _write(engine: AsyncEngine, statement: str, **values: Any) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(statement), values)


async def _rows(engine: AsyncEngine, query: str) -> list[Any]:
    async with engine.begin() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def _fill(engine: AsyncEngine) -> None:
    moment: Any = ASKED if engine.dialect.name == "postgresql" else "2026-11-20 04:00:00.000000"
    for number, name in ((7, "林小雨"), (8, "张党员")):
        await _write(
            engine,
            "INSERT INTO people (id, telegram_id, name, language, intake, consented_at,"
            " consent_version) VALUES (:id, :id, :name, 'zh', 2027, :at, 2)",
            id=number,
            name=name,
            at=moment,
        )
    for number, state, answer in ((4, "open", None), (5, "answered", ANSWER)):
        await _write(
            engine,
            "INSERT INTO tickets (id, person_id, message_id, question, asked_at, state, member_id,"
            " claimed_at, answer, answered_at, version)"
            " VALUES (:id, 7, :id, :question, :at, :state, :member, :at, :answer, :answered, 3)",
            id=number,
            question=QUESTION,
            at=moment,
            state=state,
            member=8 if answer else None,
            answer=answer,
            answered=moment if answer else None,
        )
    await _write(
        engine,
        "INSERT INTO letters (key, person_id, kind, priority, about, body, due_at, useful_until,"
        " try_at, attempts, doubts, fate, settled_at, message_id) VALUES ('ticket:5:answer', 7,"
        " 'ticket_answer', 2, 'ticket:5:', 'x', :at, :at, :at, 1, 0, 'delivered', :at, 77)",
        at=moment,
    )


async def test_questions_and_answers_become_a_thread_and_back(either_url: str) -> None:
    engine = open_engine(either_url)
    try:
        await _run(engine, "downgrade", BEFORE)
        await _fill(engine)
        await migrate(engine)
        await _check_thread(engine)
        await _run(engine, "downgrade", BEFORE)
        back = await _rows(engine, "SELECT id, question, answer, state FROM tickets ORDER BY id")
        assert back == [(4, QUESTION, None, "open"), (5, QUESTION, ANSWER, "answered")]
        await migrate(engine)
        await _check_thread(engine)
    finally:
        await close_engine(engine)


async def _check_thread(engine: AsyncEngine) -> None:
    async with Transactions(engine).look() as work:
        ticket = await work.tickets.get(TicketId(5))
        assert ticket is not None
        assert (ticket.asker, ticket.member_name, ticket.intake) == (7, "张党员", 2027)
        assert ticket.promised_at == ASKED + timedelta(days=1)
        assert ticket.gist.startswith("390 分 <b>保 还是冲？")
        assert len(ticket.gist) == 120
        asked, answered = await work.ticket_thread.of(ticket.id, notes=True)
        assert asked.text == QUESTION.replace("<b>", "&lt;b&gt;")
        assert (answered.text, answered.author) == ("A&amp;B 都行", 8)
        # the letter that brought the answer is still its letter
        keys = [f"ticket:5:answer:{answered.id}"]
        assert list(await work.outbox.standings(keys)) == keys
        assert await work.posts.spoke_of(77, person=ticket.asker) == "ticket:5:"
