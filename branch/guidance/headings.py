"""Making what somebody typed fit to be read by others: a short heading, without who they are."""

import re
from collections.abc import Iterable

LONGEST_HEADING = 24
LONGEST_EXAMPLE = 80
_CUT = "…"
_TELLS_WHO = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)+                # an address of e-mail
    | https?://\S+ | t\.me/\S+ | www\.\S+
    | @\w{3,}                                     # a name in Telegram
    | \d(?:[\s-]?\d){6,}[xX]?                     # a telephone, an account, an identity card
    | (?<=\u6211\u53eb)[\u4e00-\u9fff]{2,3}       # the name after "I am called"
    | (?<=\u5b66\u53f7)[\s:\uff1a\u662f]*[\w-]{5,}  # the number after "student number"
    """,
    re.VERBOSE | re.ASCII,
)
_ENDS = " \t\n,.;:!?~\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u2026\uff5e"
_GOOD_CUTS = "\uff0c\u3002\uff1f\uff01\uff1b,.?!; "


def without_who(text: str) -> str:
    """The text on one line, with what would tell who wrote it blotted out."""
    return " ".join(_TELLS_WHO.sub(_CUT, text).split())


def example_of(text: str) -> str:
    return _shortened(without_who(text), LONGEST_EXAMPLE)


def heading_of(text: str, fillers: Iterable[str]) -> str:
    """What the text asks, in at most LONGEST_HEADING characters, without the polite beginning."""
    asked = without_who(text).strip(_ENDS)
    longest_first = sorted(fillers, key=len, reverse=True)
    while True:
        filler = next((each for each in longest_first if asked.startswith(each)), None)
        left = asked[len(filler) :].strip(_ENDS) if filler else ""
        if not left:
            break
        asked = left
    return _shortened(asked, LONGEST_HEADING)


def _shortened(text: str, longest: int) -> str:
    """Cut where a clause ends, if that keeps half of it; otherwise in the midst."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    end = max(head.rfind(sign) for sign in _GOOD_CUTS)
    if end >= longest // 2:
        return head[:end].rstrip(_ENDS)
    return head.rstrip(_ENDS) + _CUT
