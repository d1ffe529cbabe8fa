"""The scenes of writing a notice."""

from enum import StrEnum


class Noticing(StrEnum):
    TEXT = "text"
    AUDIENCE = "audience"
    VALUES = "values"
    LIST = "list"
    REVIEW = "review"
    WHEN = "when"
    LINKS = "links"
    OPTIONS = "options"
