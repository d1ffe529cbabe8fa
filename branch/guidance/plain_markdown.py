"""Makes what people type or paste into the small part of Markdown that answers are written in."""

import re

from branch.guidance.markdown import PLACEHOLDER, shape_faults

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_ITEM = re.compile(r"(?:[-+*•·●▪]\s+)(?P<text>\S.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})(?:[.)]\s+|\u3001\s*)(?P<text>\S.*)")
_LOOKS_LIKE_SHAPE = re.compile(r">|[-=*_~]{2,}\s*$|#{1,6}(?:\s|$)|~~~|\[[^\]]*\]:|[-+*]$|\d+[.)]$")
_KEPT = re.compile(
    rf"{PLACEHOLDER.pattern}"
    r"|\\[!-/:-@\[-`{-~]"
    r"|(?<!!)\[[^\[\]\n]+\]\(https?://[^\s()]+\)"
    r"|\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*"
)
_MEANS_SOMETHING = re.compile(r"[`<*]|(?<!\w)_|_(?!\w)|!(?=\[)")


def as_markdown(text: str) -> str:
    """The text with every line break kept, and nothing in it that answers may not hold.

    `**bold**`, links, lists, quotes and dates stay; what would be something else (a heading, code,
    HTML) is shown as it was typed.
    """
    lines = [_INVISIBLE.sub("", line).expandtabs(1).strip(" ") for line in text.splitlines()]
    written = "\n".join(_parted([_line(line) for line in lines])).strip("\n ")
    if shape_faults(written):
        written = "\n".join(_parted([_wholly_escaped(line) for line in lines])).strip("\n ")
    return written


def _line(line: str) -> str:
    if line.startswith(">"):
        return f"> {_words(line.lstrip('> '))}".rstrip()
    if item := _ITEM.fullmatch(line):
        return f"- {_words(item['text'])}"
    if item := _NUMBERED.fullmatch(line):
        return f"{item['number']}. {_words(item['text'])}"
    return _words(line)


def _words(text: str) -> str:
    """One line inside a block, its signs shown as typed but for bold, links and dates."""
    pieces: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        pieces += [_escaped(text[end : kept.start()]), kept[0]]
        end = kept.end()
    words = "".join([*pieces, _escaped(text[end:])])
    return f"\\{words}" if _LOOKS_LIKE_SHAPE.match(words) and not words[0].isdigit() else words


def _escaped(text: str) -> str:
    return _MEANS_SOMETHING.sub(lambda sign: f"\\{sign[0]}", text)


def _wholly_escaped(line: str) -> str:
    pieces: list[str] = []
    end = 0
    for kept in PLACEHOLDER.finditer(line):
        pieces += [_every_sign(line[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*pieces, _every_sign(line[end:])])


def _every_sign(text: str) -> str:
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", text)


def _parted(lines: list[str]) -> list[str]:
    """Blank lines wherever two lines would otherwise run into one."""
    parted: list[str] = []
    for line in lines:
        before = parted[-1] if parted else ""
        if line and before:
            parted += _between(before, line)
        parted.append(line)
    return parted


def _between(before: str, line: str) -> list[str]:
    kinds = _kind(before), _kind(line)
    if kinds == ("quote", "quote"):
        return [] if before == ">" or line == ">" else [">"]
    if kinds in {("bullet", "bullet"), ("number", "number"), ("text", "bullet")}:
        return []
    if kinds == ("text", "number") and line.startswith("1. "):
        return []  # a list that begins with another number would run into the text
    return [""]


def _kind(line: str) -> str:
    if line.startswith(">"):
        return "quote"
    if line.startswith("- "):
        return "bullet"
    return "number" if re.match(r"\d{1,3}\. ", line) else "text"
