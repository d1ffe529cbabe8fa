"""Telegram's HTML is read as Telegram reads it, faults and all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import utf16
from playground.entities import Entity
from playground.errors import UnreadableMarkup
from playground.html_markup import parse_html
from playground.rendering import page_html, telegram_html

FORMATS = [
    ("b", "bold"),
    ("strong", "bold"),
    ("i", "italic"),
    ("em", "italic"),
    ("u", "underline"),
    ("ins", "underline"),
    ("s", "strikethrough"),
    ("strike", "strikethrough"),
    ("del", "strikethrough"),
    ("tg-spoiler", "spoiler"),
    ("code", "code"),
    ("pre", "pre"),
    ("blockquote", "blockquote"),
]


@pytest.mark.parametrize(("tag", "kind"), FORMATS)
def test_a_tag_marks_its_text(tag: str, kind: str) -> None:
    assert parse_html(f"a<{tag}>字😀</{tag}>b") == (
        "a字😀b",
        (Entity(type=kind, offset=1, length=3),),
    )


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<B>x</b>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<b>x</>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<b>x</b  >", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&lt &#65;&#x42;&#x1F600", "< AB😀", []),
        ("&nbsp; &unknown; & &;", "&nbsp; &unknown; & &;", []),
        ("&#0;&#x110000;&#99999999999;", "&#0;&#x110000;&#99999999999;", []),
        ("&#" + "9" * 5000, "&#" + "9" * 5000, []),
        (
            '<span class="tg-spoiler">x</span>',
            "x",
            [{"type": "spoiler", "offset": 0, "length": 1}],
        ),
        (
            "<blockquote expandable>x</blockquote>",
            "x",
            [{"type": "expandable_blockquote", "offset": 0, "length": 1}],
        ),
        (
            "<a href='https://a.cn?x=1&amp;y=2'>x</a>",
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.cn/?x=1&y=2"}],
        ),
        (
            "<a href=yz.chsi.com.cn>x</a>",
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "http://yz.chsi.com.cn/"}],
        ),
        (
            "<a>https://a.cn/b</a>",
            "https://a.cn/b",
            [{"type": "text_link", "offset": 0, "length": 14, "url": "https://a.cn/b"}],
        ),
        ("<a href='no link'>x</a>", "x", []),
        (
            '<a href="tg://user?id=42">x</a>',
            "x",
            [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 42}}],
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
        ),
        (
            '<code class="language-python">x</code>',
            "x",
            [{"type": "code", "offset": 0, "length": 1}],
        ),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [
                {
                    "type": "custom_emoji",
                    "offset": 0,
                    "length": 2,
                    "custom_emoji_id": "5368324170671202286",
                }
            ],
        ),
        ("<b>1</b><b>2</b>", "12", [{"type": "bold", "offset": 0, "length": 2}]),
        (
            "<b>1</b><blockquote><b>2</b>3</blockquote>",
            "123",
            [
                {"type": "bold", "offset": 0, "length": 1},
                {"type": "blockquote", "offset": 1, "length": 2},
                {"type": "bold", "offset": 1, "length": 1},
            ],
        ),
        ("<b>1<b>2</b></b>", "12", [{"type": "bold", "offset": 0, "length": 2}]),
        (
            "<b>1<i>2</i></b>",
            "12",
            [
                {"type": "bold", "offset": 0, "length": 2},
                {"type": "italic", "offset": 1, "length": 1},
            ],
        ),
    ],
)
def test_markup_becomes_text_and_entities(
    source: str, text: str, entities: list[dict[str, object]]
) -> None:
    assert parse_html(source) == (text, tuple(entities))


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("字<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b =x>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b>😀", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
        (
            "<b>字</i>",
            'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
        ),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xd800;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_faulty_markup_is_refused_in_telegrams_words(source: str, fault: str) -> None:
    with pytest.raises(UnreadableMarkup) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {fault}"


PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag, _ in FORMATS),
        *(f"</{tag}>" for tag, _ in FORMATS),
        "<a href='https://a.cn'>",
        "</a>",
        "</>",
        "<",
        ">",
        "&",
        "&amp;",
        "&#128512;",
        "'",
        '"',
        "=",
        "/",
        " ",
        "字",
        "😀",
        "\0",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_source_is_read_or_refused_and_its_entities_fit(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except UnreadableMarkup:
        return
    size = utf16.length(text)
    assert all(entity["offset"] >= 0 for entity in entities)
    assert all(entity["length"] > 0 for entity in entities)
    assert all(entity["offset"] + entity["length"] <= size for entity in entities)


@st.composite
def marked(draw: st.DrawFn, depth: int = 3) -> str:
    """Well-formed markup of nested tags."""
    parts = draw(st.lists(st.text(alphabet="ab字😀<&>'\"", min_size=1, max_size=4), max_size=3))
    source = "".join(part.replace("&", "&amp;").replace("<", "&lt;") for part in parts)
    if depth == 0:
        return source
    tag = draw(st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote"]))
    return f"{source}<{tag}>{draw(marked(depth - 1))}</{tag}>{draw(marked(depth - 1))}"


@given(marked())
def test_what_is_written_back_reads_the_same(source: str) -> None:
    text, entities = parse_html(source)
    assert parse_html(telegram_html(text, entities)) == (text, entities)


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9))))
def test_the_page_never_gets_a_tag_that_is_not_closed(
    text: str, spans: list[tuple[int, int]]
) -> None:
    size = utf16.length(text)
    entities = tuple(
        Entity(type="bold", offset=offset, length=length)
        for offset, length in sorted(spans)
        if offset + length <= size
    )
    shown = page_html(text, entities)
    assert shown.count("<b>") == shown.count("</b>")
    assert shown.count("<") == shown.count("<b>") * 2
