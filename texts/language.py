"""The languages the bot speaks; Chinese is the source, English is complete."""

import re
from enum import StrEnum

_WORDS = re.compile(r"[a-z']+")
_CHINESE = re.compile(r"[\u2e80-\u9fff]")
_ONLY_ENGLISH = frozenset(
    {"the", "is", "are", "of", "if", "and", "my", "with", "does", "did"}
    | {"what", "when", "which", "where", "who", "how"}
)
"""Words that every English question has one of, and that no pinyin is spelled like."""
_FEWEST_WORDS = 3


class Language(StrEnum):
    ZH = "zh"
    EN = "en"

    @classmethod
    def of_client(cls, code: str | None) -> "Language":
        """The language to greet somebody in whose Telegram client speaks `code` (IETF tag).

        A client that tells nothing is greeted in Chinese: that is who we are for.
        """
        if code is None or code.lower().startswith("zh"):
            return cls.ZH
        return cls.EN

    @classmethod
    def of_question(cls, text: str, otherwise: "Language") -> "Language":
        """English for what is plainly an English sentence; else the language one has chosen.

        Pinyin and abbreviations are no English, and Chinese words may stand in an English reader's
        question as the very thing they ask about.
        """
        words = _WORDS.findall(text.lower())
        plainly = len(words) >= _FEWEST_WORDS and not _ONLY_ENGLISH.isdisjoint(words)
        return cls.EN if plainly and not _CHINESE.search(text) else otherwise
