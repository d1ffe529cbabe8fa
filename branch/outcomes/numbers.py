"""Student numbers: written one way, and kept only as a hash under the installation's own secret."""

import hmac
import re
import unicodedata
from typing import Final

from branch.outcomes.errors import NumberUnclear

_NUMBER: Final = re.compile(r"[0-9A-Z]{4,20}")
_BETWEEN: Final = re.compile(r"[\s\-_./\u2010-\u2015\u2212]+")
_OF_EXCEL: Final = re.compile(r"(\d+)\.0+")


def normalised(typed: str) -> str:
    """The number however it was typed or saved. Raises NumberUnclear."""
    text = unicodedata.normalize("NFKC", typed).strip().lstrip("'")
    whole = _OF_EXCEL.fullmatch(text)
    number = _BETWEEN.sub("", whole[1] if whole else text).upper()
    if not _NUMBER.fullmatch(number) or not any(sign.isdigit() for sign in number):
        raise NumberUnclear
    return number


def student_key(typed: str, secret: bytes) -> str:
    """What stands for the number in the database. Raises NumberUnclear."""
    return hmac.digest(secret, normalised(typed).encode(), "sha256").hex()
