"""One pattern for a thousand terms, that tries only those which begin as the text does."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import isqrt


def pattern_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Finds the longest of these terms, none of which begins or ends inside a Latin word or number.

    Written one beside the other, all of them would be tried wherever any of them may begin. With
    no terms it finds nothing.
    """
    begun = _by_first_sign(sorted({*terms} - {""}))
    signs = [*begun]
    together = isqrt(len(signs)) + 1
    ranges = [signs[at : at + together] for at in range(0, len(signs), together)]
    return re.compile("|".join(_within(each, begun) for each in ranges) or r"(?!)")


def _within(signs: Sequence[str], begun: Mapping[str, list[str]]) -> str:
    """The terms that begin with one of these signs; asked once whether any of them can."""
    choices = "|".join(_begun(sign, begun[sign]) for sign in signs)
    return f"(?=[{re.escape(signs[0])}-{re.escape(signs[-1])}])(?:{choices})"


def _begun(sign: str, rests: list[str]) -> str:
    return (r"(?<![a-z0-9])" if sign.isascii() else "") + _from(sign, rests)


def _from(sign: str, rests: list[str]) -> str:
    """The sign and what may follow it, the longest first; "" among the rests where it may end."""
    choices = [_from(*each) for each in _by_first_sign([rest for rest in rests if rest]).items()]
    if "" in rests:
        choices.append(r"(?![a-z0-9])" if sign.isascii() else "")
    return f"{re.escape(sign)}(?:{'|'.join(choices)})"


def _by_first_sign(texts: list[str]) -> Mapping[str, list[str]]:
    """What follows each first sign, of texts that are sorted."""
    return {
        sign: [text[1:] for text in group] for sign, group in groupby(texts, lambda text: text[0])
    }
