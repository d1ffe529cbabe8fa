"""The fields of a notice: what each is called, in any of our languages, and what fills it."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from branch.notices.ports import Reader
from texts.fields import fields_in, needed_in
from texts.language import Language
from texts.renderer import Texts

COLUMNS: Final = ("name", "class_name", "cohort", "intake")
"""What is known of a person that a notice may name."""


class FieldNames:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._columns = {
            texts.label(f"noticefield.{column}", language): column
            for column in COLUMNS
            for language in Language
        }

    def in_language(self, language: Language) -> Mapping[str, str]:
        """Column to what it is called."""
        return {column: self._texts.label(f"noticefield.{column}", language) for column in COLUMNS}

    def columns_in(self, source: str) -> Collection[str]:
        """What the text names. Raises FieldFaulty, FieldUnknown."""
        return {self._columns[each] for each in fields_in(source, self._columns)}

    def needed_in(self, source: str) -> Mapping[str, str]:
        """What it cannot do without: column, and what the text calls it."""
        return {self._columns[each]: each for each in sorted(needed_in(source, self._columns))}

    def values(self, reader: Reader) -> Mapping[str, Any]:
        return self.called({column: getattr(reader, column) for column in COLUMNS})

    def called(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Values by column, under all the names that a text may use."""
        return {name: values[column] for name, column in self._columns.items() if column in values}
