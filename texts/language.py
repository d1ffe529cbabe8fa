"""The languages the bot speaks; Chinese is the source, English is complete."""

from enum import StrEnum


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
