"""An entry as the text of its files, one a language: what is kept, compared and written out."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from branch.guidance.model import Slug, TopicId
from texts.language import Language


class EntryTexts(Struct, frozen=True, kw_only=True):
    """The Chinese text is always there; others where they were written."""

    slug: Slug
    topic: TopicId
    texts: Mapping[Language, str]

    def files(self) -> Mapping[Path, str]:
        """The texts by where they stand below the content folder."""
        return {self.file(language): text for language, text in self.texts.items()}

    def file(self, language: Language) -> Path:
        ending = ".md" if language is Language.ZH else f".{language}.md"
        return Path("guidance") / self.topic / f"{self.slug}{ending}"
