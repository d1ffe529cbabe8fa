"""An entry as the text of its files, one a language: what is kept, compared and written out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from branch.guidance.model import Slug, TopicId
from texts.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTexts:
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
