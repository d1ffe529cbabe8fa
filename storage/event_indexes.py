"""What figures ask of the table of events beyond what writing it needs."""

from sqlalchemy import Index

from storage.event_tables import EventRow

WHO_DID_WHAT_WHEN = Index("ix_events_who_kind_at", EventRow.who, EventRow.kind, EventRow.at)
"""How much somebody had asked until a day: or SQLite reads all questions for each person."""
