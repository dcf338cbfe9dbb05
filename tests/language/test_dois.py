"""DOIs as publishers, feeds and people write them: found whole, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import dois

SICI = "10.1002/(sici)1096-9861(19960129)365:1<113::aid-cne9>3.0.co;2-6"


@pytest.mark.parametrize(
    ("field", "doi"),
    [
        ("10.1002/(SICI)1096-9861(19960129)365:1<113::AID-CNE9>3.0.CO;2-6", SICI),
        ("doi: 10.1002/(SICI)1096-9861(19960129)365:1&lt;113::AID-CNE9&gt;3.0.CO;2-6", SICI),
        ("https://doi.org/10.1002/(SICI)1096-9861(19960129)365:1%3C113::AID-CNE9%3E3.0.CO;2-6", SICI),
        (
            "https://onlinelibrary.wiley.com/doi/10.1002/(SICI)1096-9861(19960129)365:1%3C113::AID-CNE9%3E3.0.CO;2-6",
            SICI,
        ),
        ("10.1000/o'neil.1", "10.1000/o'neil.1"),
        ("10.1000/jour{1}", "10.1000/jour{1}"),
        ("10.1000/jour[1]", "10.1000/jour[1]"),
        ("10.36652/0042-4633-2023-102-5-404-413/", "10.36652/0042-4633-2023-102-5-404-413/"),
        ("https://doi.org/10.36652/0042-4633-2023-102-5-404-413/", "10.36652/0042-4633-2023-102-5-404-413/"),
        ("10.1000/abc?def", "10.1000/abc?def"),
        ("https://doi.org/10.1000/abc?def", "10.1000/abc?def"),
        ("https://doi.org/10.1000/abc%3Fdef", "10.1000/abc?def"),
        ("https://doi.org/10.1000/abc?utm_source=mail", "10.1000/abc"),
        ("10.1000/abc#def", "10.1000/abc#def"),
        ("10.1000/a,b", "10.1000/a,b"),
        ("10.1000/100%25", "10.1000/100%"),
        ("10.1000/book/full", "10.1000/book/full"),
        ("https://doi.org/10.1000/book/full", "10.1000/book/full"),
        ("https://jour.example/doi/10.1000/full", "10.1000/full"),
        ("https://jour.example/doi/full/10.1000/abc/", "10.1000/abc"),
        ("https://jour.example/doi/10.1000/abc/full/html", "10.1000/abc"),
        ("10.1000/abc.pdf", "10.1000/abc.pdf"),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("info:doi/10.1000/ABC", "10.1000/abc"),
        ("DOI10.1016/j.x.2026.01", "10.1016/j.x.2026.01"),
        ("10.1000/ÄBC", "10.1000/Äbc"),
        ("10.1000/a\\b|c^d", "10.1000/a\\b|c^d"),
        ('10.1000/a"b', '10.1000/a"b'),
        ("10.1000/" + "x" * 300, "10.1000/" + "x" * 300),
        ("10.1000/" + "x" * 2000, None),
        ("10.1000/", None),
        ("110.1000/abc", None),
    ],
)
def test_a_doi_in_a_field_is_found_whole(field, doi):
    assert dois.in_field(field) == doi


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"(doi: {SICI}).", (SICI,)),
        ("see 10.1000/a;10.1000/b, and 10.1000/c.", ("10.1000/a", "10.1000/b", "10.1000/c")),
        ("“10.1000/o'neil.1”", ("10.1000/o'neil.1",)),
        ("'10.1000/x'", ("10.1000/x",)),
        ("(10.1016/S0140-6736(26)00001-1).", ("10.1016/s0140-6736(26)00001-1",)),
        ("[https://doi.org/10.1000/abc]!", ("10.1000/abc",)),
        ('<a href="https://doi.org/10.1000/abc">10.1000/abc</a>', ("10.1000/abc",)),
        ("doi:10.1000/x<br/>next", ("10.1000/x",)),
        ("Is it 10.1000/x?", ("10.1000/x",)),
        ("https://jour.example/doi/10.1000/x?af=R says so", ("10.1000/x",)),
        ("version 10.12/3", ()),
    ],
)
def test_a_sentence_ends_where_its_doi_does(text, found):
    assert dois.in_text(text) == found


SUFFIX = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="%&"), min_size=1, max_size=60)


@given(SUFFIX)
def test_no_kept_identity_loses_a_character(suffix):
    doi = f"10.5555/{suffix}".lower()
    assert dois.registered(doi) == doi
    assert dois.in_field(doi + "-1") == doi + "-1"
    assert dois.in_field(f"doi:{doi}-1") == doi + "-1"


@given(SUFFIX)
def test_what_was_found_once_is_found_again(suffix):
    for found in dois.in_text(f"It says (doi: 10.5555/{suffix}), and more."):
        assert dois.registered(found) == found


def test_preprints_are_known_by_their_servers():
    assert dois.is_preprint("10.1101/2026.05.20.26300001")
    assert dois.is_preprint("10.21203/rs.3.rs-100/v1")
    assert not dois.is_preprint("10.1101/gad.1234.5")
    assert not dois.is_preprint(None)
