"""Where a fact comes from and how well it is founded."""

from enum import StrEnum

from msgspec import Struct

from branch.content.tables import Table


class Reliability(StrEnum):
    """Official (A), reprinted once (B), experience (C), or known but without a source (K)."""

    A = "A"
    B = "B"
    C = "C"
    K = "K"


class Source(Struct, frozen=True, kw_only=True):
    name: str
    url: str | None = None


def source_in(table: Table, *, needs_url: bool) -> Source:
    """The `source: {name, url}` of a table."""
    inner = table.table("source")
    if inner is None:
        return Source(name="")
    name = inner.text("name")
    url = inner.text_if_any("url")
    if needs_url and url is None:
        inner.fault("url", "is missing; reliability A and B need the page it was seen on")
    if url is not None and not url.startswith(("https://", "http://")):
        inner.fault("url", f"must begin with https:// or http://, not {url!r}")
    inner.done()
    return Source(name=name, url=url)
