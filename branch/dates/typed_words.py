"""What a person typed, in plain words of one vocabulary for both languages.

Readers take the parts they understand out of it, in any order; what nobody took was not understood.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from branch.dates.typed_vocabulary import CHINESE, ENGLISH, MONTHS, SHORTER, WEEKDAYS

LONGEST: Final = 200
"""Characters; nobody needs more to say when."""

_FROM_ZERO: Final = (
    "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"  # 〇一二三四五六七八九
)
_DIGITS: Final = {each: str(n) for n, each in enumerate(_FROM_ZERO)}
_DIGITS.update({"\u96f6": "0", "\u4e24": "2"})  # 零 两
_TEN, _TWENTY, _THIRTY = "\u5341", "\u5eff", "\u5345"  # 十 廿 卅
_SUNDAYS: Final = "\u65e5\u5929"  # 日天
_RANGES: Final = "\u81f3\u5230~-"  # 至到
_FILLER: Final = frozenset({",", "and", "on", "at", "the", "of"})
_TAKEN: Final = "|"

_WEEK: Final = "(?:\u5468|\u661f\u671f|\u793c\u62dc)"  # 周星期礼拜
_ONES: Final = "[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d]"  # 一二三四五六七八九
_FIGURES: Final = f"[{_FROM_ZERO}\u96f6\u4e24]{{1,4}}"  # 零两
_NAMED_DAY: Final = "[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u65e5\u5929]"  # 一二三四五六日天
_NO_DAY: Final = "[\u5341\u70b9\u65f6\u6708\u5e74\u4e2a]"  # 十点时月年个
_DAY: Final = (
    # a day of the week, and not the beginning of a time or a date
    rf"(?:{_NAMED_DAY}(?!\s*{_NO_DAY}) | [1-7](?!\d | \s*{_NO_DAY} | \s*[:/.] | \s*-\s*\d\s*-))"
)
_LINK: Final = r"\s*[,\u3001\u548c\u53ca\u4e0e\u81f3\u5230~-]?\s*"  # 、和及与至到
_WORD: Final = re.compile(
    rf"""
    (?P<iso>\d{{4}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*\d{{1,2}}(?!\d))
    | (?P<clock>\d{{1,2}}\s*:\s*\d{{2}}(?!\d))
    | (?P<slash>\d{{1,2}}\s*[-/.]\s*\d{{1,2}}(?!\d|\s*:))
    | (?P<ordinal>\d{{1,2}})(?:st|nd|rd|th)(?![a-z])
    | (?P<digits>\d{{1,4}}(?!\d))
    | {_WEEK}\s*(?P<week>(?:{_NAMED_DAY}|{_DAY})(?:{_LINK}{_WEEK}?\s*{_DAY})*)
    | (?P<tens>{_ONES}?{_TEN}{_ONES}?|[{_TWENTY}{_THIRTY}]{_ONES}?)
    | (?P<chinese>{"|".join(sorted(CHINESE, key=len, reverse=True))})
    | (?P<figures>{_FIGURES})
    | (?P<oclock>o'?clock)
    | (?P<english>[a-z]+)
    | (?P<stop>[,;.!\u3001\u3002])
    | (?P<range>[-~\u2013\u2014]+)
    | (?P<other>\d+|\S)
    """,
    re.VERBOSE,
)


class _Word(Struct, frozen=True):
    """Words of the vocabulary, and where what they stand for was typed."""

    plain: str
    start: int
    end: int


class Typed:
    """The text as words; who reads takes out what they understand."""

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFKC", text)[: LONGEST + 1]
        self._words = list(_words_of(self._text.casefold()))
        self._left = " ".join(word.plain for word in self._words)

    def take(self, *patterns: str) -> re.Match[str] | None:
        """Where the first pattern fits that fits whole words; they are gone from what is left."""
        for pattern in patterns:
            found = re.search(rf"(?<!\S)(?:{pattern})(?!\S)", self._left)
            if found is not None:
                start, end = found.span()
                blank = _TAKEN * (end - start)
                self._left = self._left[:start] + blank + self._left[end:]
                return found
        return None

    @property
    def not_understood(self) -> str:
        """As it was typed, the first part that nobody took; empty if there is none."""
        if len(self._text) > LONGEST:
            return self._text[:LONGEST]
        words = list(self._words_left())
        if not words:
            return ""
        part = [words[0]]
        for word in words[1:]:
            if self._text[part[-1].end : word.start].strip():
                break
            part.append(word)
        return self._text[part[0].start : part[-1].end]

    def _words_left(self) -> Iterator[_Word]:
        place = 0
        for word in self._words:
            left = self._left[place : place + len(word.plain)].split()
            place += len(word.plain) + 1
            if any(not each.startswith(_TAKEN) and each not in _FILLER for each in left):
                yield word


def weekdays_in(words: str) -> tuple[int, ...]:
    """The days of a match, with those between where one says from which to which."""
    days: list[int] = []
    ranging = False
    for word in words.split():
        if not word.startswith("wd:"):
            ranging = word in {"until", "-"}
            continue
        named = [int(n) for n in word.removeprefix("wd:").split(",")]
        if ranging:
            days.extend(_between(days[-1], named[0]))
        days.extend(named)
        ranging = False
    return tuple(sorted(set(days)))


def _between(first: int, last: int) -> list[int]:
    return [(first + n) % 7 for n in range((last - first) % 7)]


def _words_of(text: str) -> Iterator[_Word]:
    # casefold lengthens a few letters; none of those is in the vocabulary
    for found in _WORD.finditer(text):
        plain = _plain(found)
        if plain:
            yield _Word(plain, *found.span())


def _plain(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    word = "".join(found[kind].split())
    if kind in _FORMS:
        return _FORMS[kind].format(*(int(n) for n in re.findall(r"\d+", word)))
    if kind in _READERS:
        return _READERS[kind](word)
    return _SIGNS.get(kind, f"?{word}")


def _week(word: str) -> str:
    """Each day with its number; a range with all days in it."""
    marks = [(_weekday(each) if each not in _RANGES else "-") for each in word]
    days = weekdays_in(" ".join(mark for mark in marks if mark))
    return "wd:" + ",".join(map(str, days))


def _weekday(each: str) -> str:
    if each in _SUNDAYS:
        return "wd:6"
    number = _DIGITS.get(each, each)
    return f"wd:{int(number) - 1}" if number.isdecimal() else ""


def _number(word: str) -> str:
    word = word.replace(_TWENTY, "\u4e8c\u5341").replace(_THIRTY, "\u4e09\u5341")  # 二十 三十
    tens, ten, ones = word.rpartition(_TEN)
    figures = int("".join(_DIGITS[each] for each in ones) or 0)
    return str(int(_DIGITS.get(tens, "1")) * 10 + figures if ten else figures)


def _english(word: str) -> str:
    known = ENGLISH.get(word) or SHORTER.get(word)
    if known is not None:
        return known
    for n, day in enumerate(WEEKDAYS):
        if word.removesuffix("s") in {day, day[:3]}:
            return f"wd:{n}"
    for n, month in enumerate(MONTHS, 1):
        if word in {month, month[:3]}:
            return f"mon:{n}"
    return word


_FORMS: Final = {
    "iso": "d:{}-{}-{}",
    "clock": "t:{}-{}",
    "slash": "md:{}-{}",
    "ordinal": "nth {}",
    "digits": "{}",
}
_SIGNS: Final = {"oclock": "oclock", "stop": ",", "range": "-"}
_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "week": _week,
    "tens": _number,
    "figures": _number,
    "chinese": CHINESE.__getitem__,
    "english": _english,
}
