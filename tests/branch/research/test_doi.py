"""A DOI out of what people paste."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.research.doi import read_doi
from branch.research.errors import Unfit

SUFFIX = st.from_regex(r"[a-z0-9][a-z0-9._\-/();]{0,40}[a-z0-9]", fullmatch=True).filter(
    lambda each: (
        not each.endswith(("/full", "/pdf", "/epdf", "/abstract", "/html", "/meta"))
        and "/10." not in each
        and each.count("(") == each.count(")")
    )
)
REGISTRANT = st.from_regex(r"[1-9][0-9]{3,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "doi"),
    [
        ("10.1016/j.actamat.2020.01.001", "10.1016/j.actamat.2020.01.001"),
        ("doi:10.1021/JACS.1C00001", "10.1021/jacs.1c00001"),
        ("DOI：10.1021/jacs.1c00001。", "10.1021/jacs.1c00001"),
        ("https://doi.org/10.1038/s41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        ("http://dx.doi.org/10.1038%2Fs41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        ("https://pubs.acs.org/doi/full/10.1021/jacs.1c00001?ref=pdf", "10.1021/jacs.1c00001"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/adma.2020/abstract", "10.1002/adma.2020"),
        (
            "Zhang et al. (2020), doi: 10.1016/S0079-6425(02)00012-3.",
            "10.1016/s0079-6425(02)00012-3",
        ),
        ("(10.1002/adma.2020)", "10.1002/adma.2020"),
        ("10.1002/adma.2020 https://doi.org/10.1002/ADMA.2020", "10.1002/adma.2020"),
        ("１０．１００２／ａｄｍａ", "10.1002/adma"),
        ("10.1000.10/123", "10.1000.10/123"),
    ],
)
def test_it_is_found(typed: str, doi: str) -> None:
    assert read_doi(typed) == doi


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "none"),
        ("Acta Materialia 2020", "none"),
        ("110.1016/x", "none"),
        ("10.12/abc", "registrant"),
        ("10.1016", "suffix"),
        ("10.1016/", "suffix"),
        ("10.1016/.,;", "suffix"),
        ("10.1002/adma.2020 10.1002/adma.2021", "several"),
        ("10.1002/" + "a" * 300, "long"),
    ],
)
def test_what_is_wrong_is_told(typed: str, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        read_doi(typed)

    assert refused.value.why == why


@settings(deadline=None)
@given(
    REGISTRANT,
    SUFFIX,
    st.sampled_from(["{}", "doi:{}", "DOI {}.", "https://doi.org/{}", "({}),", "见 {}。"]),
)
def test_whatever_stands_around_it_the_same_is_found(
    registrant: str, suffix: str, around: str
) -> None:
    plain = f"10.{registrant}/{suffix}"
    try:
        alone = read_doi(plain)
    except Unfit:
        return

    assert read_doi(around.format(plain)) == alone
    assert read_doi(alone) == alone
    assert alone == alone.lower()


@settings(deadline=None)
@given(st.text(max_size=80))
def test_anything_typed_is_a_doi_or_told(typed: str) -> None:
    said = told(typed)

    assert said.startswith("10.") or said in ("none", "registrant", "suffix", "several", "long")


def told(typed: str) -> str:
    try:
        return read_doi(typed)
    except Unfit as refused:
        return refused.why
