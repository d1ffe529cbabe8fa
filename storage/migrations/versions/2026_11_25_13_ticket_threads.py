"""Tickets grow: a thread of messages, moves, pseudonyms, mutes, reveals."""

import html
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, UtcDateTime

revision = "2026_11_25_13_ticket_threads"
down_revision = "2026_11_25_12_exam_calendar"
branch_labels = None
depends_on = None

LONGEST_GIST = 120
AN_ANSWER_WITHIN = "24 hours"
TABLE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "ticket_identities",
        sa.Column("pseudonym", BigId, nullable=False, autoincrement=False),
        sa.Column("person_id", BigId, nullable=False),
        _person("ticket_identities", "person_id", "CASCADE"),
        sa.PrimaryKeyConstraint("pseudonym", name=op.f("pk_ticket_identities")),
        sa.UniqueConstraint("person_id", name=op.f("uq_ticket_identities_person_id")),
    )
    said = _all(
        "SELECT id, message_id, question, asked_at, member_id, answer, answered_at"
        " FROM tickets ORDER BY id"
    )
    _grow_tickets()
    _create_thread()
    _create_records()
    for ticket in said:
        _carry_over(ticket)


def downgrade() -> None:
    said = _all(
        "SELECT id, ticket_id, side, text FROM ticket_messages WHERE side <> 'note' ORDER BY id"
    )
    op.execute(
        "DELETE FROM letters WHERE about IN"
        " (SELECT 'ticket:' || id || ':' FROM tickets WHERE person_id IS NULL)"
    )
    op.execute("DELETE FROM tickets WHERE person_id IS NULL")
    for name in ("reveals", "mutes", "events", "edits", "messages"):
        op.drop_table(f"ticket_{name}")
    _shrink_tickets()
    op.drop_table("ticket_identities")
    for each in said:
        # the first answer of several takes it
        op.get_bind().execute(
            sa.text(
                "UPDATE letters SET key = :key WHERE key = :before AND NOT EXISTS"
                " (SELECT 1 FROM letters AS other WHERE other.key = :key)"
            ),
            {
                "key": f"ticket:{each['ticket_id']}:answer",
                "before": f"ticket:{each['ticket_id']}:answer:{each['id']}",
            },
        )
    for each in said:
        column = "question" if each["side"] == "asker" else "answer"
        op.get_bind().execute(
            sa.text(
                f"UPDATE tickets SET {column} = CASE WHEN COALESCE({column}, '') = '' THEN :text"  # noqa: S608 -- one of two names written here
                f" ELSE {column} || '\n' || :text END WHERE id = :ticket"
            ),
            {"text": html.unescape(each["text"]), "ticket": each["ticket_id"]},
        )


def _grow_tickets() -> None:
    op.drop_index("ix_tickets_state", "tickets")
    op.drop_index("ix_tickets_member_id", "tickets")
    count = _counted()
    with op.batch_alter_table("tickets", table_kwargs=TABLE) as batch_op:
        batch_op.alter_column("person_id", existing_type=BigId, nullable=True)
        batch_op.alter_column(
            "question", new_column_name="gist", existing_type=sa.Text(), existing_nullable=False
        )
        batch_op.drop_column("answer")
        batch_op.add_column(sa.Column("pseudonym", BigId, nullable=True))
        batch_op.add_column(sa.Column("intake", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("subject", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("promised_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("priority", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("tags", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("closed_by", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("snoozed_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("stars", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("rating_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("rated_at", UtcDateTime(), nullable=True))
        batch_op.create_unique_constraint(
            "uq_tickets_pseudonym_message_id", ["pseudonym", "message_id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_tickets_named_or_not"), "person_id IS NULL OR pseudonym IS NULL"
        )
        batch_op.create_foreign_key(
            op.f("fk_tickets_pseudonym"),
            "ticket_identities",
            ["pseudonym"],
            ["pseudonym"],
            ondelete="CASCADE",
        )
    later = (
        f"asked_at + INTERVAL '{AN_ANSWER_WITHIN}'"
        if _postgresql()
        else f"strftime('%Y-%m-%d %H:%M:%f000', asked_at, '+{AN_ANSWER_WITHIN}')"
    )
    op.execute(f"UPDATE tickets SET priority = 0, promised_at = {later}")  # noqa: S608 -- written here
    op.execute(
        "UPDATE tickets SET intake ="
        " (SELECT people.intake FROM people WHERE people.id = tickets.person_id)"
    )
    with op.batch_alter_table("tickets", table_kwargs=TABLE) as batch_op:
        batch_op.alter_column("priority", existing_type=sa.BigInteger(), nullable=False)
        batch_op.alter_column("promised_at", existing_type=UtcDateTime(), nullable=False)
    _count_on(count)
    waiting = _only("state IN ('open', 'claimed')")
    op.create_index("ix_tickets_waiting", "tickets", ["priority", "id"], **waiting)
    op.create_index("ix_tickets_promised", "tickets", ["promised_at"], **waiting)
    op.create_index("ix_tickets_state", "tickets", ["state", "id"])
    op.create_index("ix_tickets_subject", "tickets", ["subject", "state", "id"])
    op.create_index("ix_tickets_member_id", "tickets", ["member_id", "state", "id"])


def _shrink_tickets() -> None:
    for name in ("waiting", "promised", "state", "subject", "member_id"):
        op.drop_index(f"ix_tickets_{name}", "tickets")
    count = _counted()
    with op.batch_alter_table("tickets", table_kwargs=TABLE) as batch_op:
        batch_op.drop_constraint(op.f("fk_tickets_pseudonym"), type_="foreignkey")
        batch_op.drop_constraint("uq_tickets_pseudonym_message_id", type_="unique")
        batch_op.drop_constraint(op.f("ck_tickets_named_or_not"), type_="check")
        for name in (
            *("pseudonym", "intake", "subject", "promised_at", "priority", "tags"),
            *("closed_by", "snoozed_until", "stars", "rating_reason", "rated_at"),
        ):
            batch_op.drop_column(name)
        batch_op.alter_column("person_id", existing_type=BigId, nullable=False)
        batch_op.alter_column(
            "gist", new_column_name="question", existing_type=sa.Text(), existing_nullable=False
        )
        batch_op.add_column(sa.Column("answer", sa.Text(), nullable=True))
    op.execute("UPDATE tickets SET question = ''")
    _count_on(count)
    op.create_index("ix_tickets_state", "tickets", ["state", "id"])
    op.create_index("ix_tickets_member_id", "tickets", ["member_id"])


def _create_thread() -> None:
    op.create_table(
        "ticket_messages",
        sa.Column("id", BigId, nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("media_kind", sa.String(length=16), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("album", sa.String(length=64), nullable=True),
        _ticket("ticket_messages"),
        _person("ticket_messages", "author_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_messages")),
    )
    for name, columns, condition in (
        ("asked", ["ticket_id", "message_id"], "side = 'asker'"),
        ("written", ["author_id", "message_id"], "side <> 'asker' AND chat_id IS NULL"),
        ("in_group", ["chat_id", "message_id"], "chat_id IS NOT NULL"),
    ):
        op.create_index(
            f"uq_ticket_messages_{name}",
            "ticket_messages",
            columns,
            unique=True,
            **_only(condition),
        )
    op.create_index("ix_ticket_messages_ticket_id", "ticket_messages", ["ticket_id", "id"])
    op.create_table(
        "ticket_edits",
        sa.Column("line_id", BigId, nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=False),
        sa.Column("text_before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["ticket_messages.id"],
            name=op.f("fk_ticket_edits_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("line_id", "edited_at", name=op.f("pk_ticket_edits")),
    )


def _create_records() -> None:
    op.create_table(
        "ticket_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("move", sa.String(length=16), nullable=False),
        sa.Column("by_id", BigId, nullable=True),
        sa.Column("to_id", BigId, nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        _ticket("ticket_events"),
        _person("ticket_events", "by_id", "SET NULL"),
        _person("ticket_events", "to_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_events")),
    )
    op.create_index("ix_ticket_events_ticket_id", "ticket_events", ["ticket_id", "id"])
    op.create_index("ix_ticket_events_move_at", "ticket_events", ["move", "at"])
    op.create_table(
        "ticket_mutes",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("pseudonym", BigId, nullable=True),
        sa.Column("by_id", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _person("ticket_mutes", "person_id", "CASCADE"),
        sa.ForeignKeyConstraint(
            ["pseudonym"],
            ["ticket_identities.pseudonym"],
            name=op.f("fk_ticket_mutes_pseudonym"),
            ondelete="CASCADE",
        ),
        _person("ticket_mutes", "by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_mutes")),
    )
    op.create_index("ix_ticket_mutes_person_id", "ticket_mutes", ["person_id", "until"])
    op.create_index("ix_ticket_mutes_pseudonym", "ticket_mutes", ["pseudonym", "until"])
    op.create_table(
        "ticket_reveals",
        sa.Column("id", BigId, nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", BigId, nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        _ticket("ticket_reveals"),
        _person("ticket_reveals", "asked_by", "SET NULL"),
        _person("ticket_reveals", "decided_by", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_reveals")),
    )
    op.create_index(
        "uq_ticket_reveals_open",
        "ticket_reveals",
        ["ticket_id"],
        unique=True,
        **_only("decided_at IS NULL"),
    )


def _carry_over(ticket: Any) -> None:
    """The one question and the one answer become the first lines of the thread."""
    question = " ".join(ticket["question"].split())
    if len(question) > LONGEST_GIST:
        question = f"{question[: LONGEST_GIST - 1]}…"
    op.get_bind().execute(
        sa.text("UPDATE tickets SET gist = :gist WHERE id = :id"),
        {"gist": question, "id": ticket["id"]},
    )
    line = {"ticket_id": ticket["id"], "side": "asker", "author_id": None, "at": ticket["asked_at"]}
    _say(line, ticket["question"], ticket["message_id"])
    if ticket["answer"] is None:
        return
    line |= {"side": "member", "author_id": ticket["member_id"], "at": ticket["answered_at"]}
    answer = _say(line, ticket["answer"], None)
    op.get_bind().execute(
        sa.text("UPDATE letters SET key = :key WHERE key = :before"),
        {
            "key": f"ticket:{ticket['id']}:answer:{answer}",
            "before": f"ticket:{ticket['id']}:answer",
        },
    )


def _say(line: dict[str, Any], text: str, message_id: int | None) -> int:
    """A line of the thread; its number."""
    said = op.get_bind().execute(
        sa.text(
            "INSERT INTO ticket_messages (ticket_id, side, author_id, text, at, message_id)"
            " VALUES (:ticket_id, :side, :author_id, :text, :at, :message_id) RETURNING id"
        ),
        line | {"text": html.escape(text, quote=False), "message_id": message_id},
    )
    return int(said.scalar_one())


def _all(query: str) -> list[Any]:
    return list(op.get_bind().execute(sa.text(query)).mappings())


def _counted() -> int | None:
    """The highest number that SQLite has given to a ticket; PostgreSQL remembers by itself."""
    if _postgresql():
        return None
    query = "SELECT seq FROM sqlite_sequence WHERE name = 'tickets'"
    return op.get_bind().execute(sa.text(query)).scalar_one_or_none()


def _count_on(count: int | None) -> None:
    if count is None:
        return
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'tickets'")
    op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('tickets', {count:d})")  # noqa: S608 -- a number


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _person(table: str, column: str, then: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["people.id"], name=op.f(f"fk_{table}_{column}"), ondelete=then
    )


def _ticket(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["ticket_id"], ["tickets.id"], name=op.f(f"fk_{table}_ticket_id"), ondelete="CASCADE"
    )
