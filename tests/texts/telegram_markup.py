"""Reads Telegram's HTML strictly and apart from our own code, to judge what our code wrote."""

from html.parser import HTMLParser

_ATTRIBUTES = {
    "b": set[str](),
    "i": set[str](),
    "u": set[str](),
    "s": set[str](),
    "a": {"href"},
    "code": {"class"},
    "pre": set[str](),
    "blockquote": {"expandable"},
    "tg-spoiler": set[str](),
}

Styled = tuple[str, tuple[str, ...]]
"""A character and the tags around it, outermost first, with their attributes."""


class MarkupBroken(AssertionError):
    """A tag that Telegram does not know, or that is not closed where it should be."""


def styled(markup: str) -> list[Styled]:
    """What is shown, with its tags. Raises MarkupBroken."""
    reading = _Reading()
    reading.feed(markup)
    reading.close()
    if reading.open:
        raise MarkupBroken(f"{reading.open} not closed in {markup!r}")
    return reading.characters


def plain(markup: str) -> str:
    """What is shown. Raises MarkupBroken."""
    return "".join(character for character, _ in styled(markup))


def addresses(markup: str) -> set[str]:
    """Where the links of the message lead."""
    links = {tag for _, tags in styled(markup) for tag in tags if tag.startswith("a href=")}
    return {link.removeprefix("a href=") for link in links}


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.characters: list[Styled] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ATTRIBUTES or not {name for name, _ in attrs} <= _ATTRIBUTES[tag]:
            raise MarkupBroken(self.get_starttag_text())
        self.open.append(" ".join([tag, *(f"{name}={value}" for name, value in attrs)]))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().partition(" ")[0] != tag:
            raise MarkupBroken(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.characters += [(character, tuple(self.open)) for character in data]
