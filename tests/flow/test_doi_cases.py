"""DOIs that once lost their end: asked whole, answered by the record that was asked for, two papers kept two."""

import json
from urllib.parse import unquote

import pytest
from feed_samples import WINDOW, read, source
from newsrooms import REPO

from pipeline.errors import SourceError
from pipeline.flow.identifiers import identify
from pipeline.sources import crossref

CASES = REPO / "tests/cases"
TYPED = [line for name in ("l01", "l05", "l06", "l07") for line in (CASES / f"{name}.txt").read_text().split()]
WHOLE = [
    "10.1002/(sici)1096-9861(19960129)365:1<113::aid-cne9>3.0.co;2-6",
    "10.36652/0042-4633-2023-102-5-404-413/",
    "10.1000/abc?def",
    *["10.1016/s0140-6736(26)00001-1"] * 3,
    "10.1000/a,b",
    "10.1000/abc#def",
    "10.1000/100%",
]


@pytest.mark.parametrize(("typed", "doi"), list(zip(TYPED, WHOLE, strict=True)))
def test_a_typed_doi_is_asked_whole_and_percent_encoded(typed, doi):
    name = identify(typed)
    asked = crossref.lookup(crossref.USUAL, name.value).url.removeprefix("https://api.crossref.org/works/")
    assert (name.key, unquote(asked)) == (f"doi:{doi}", doi)
    assert not set(asked) & set("/?#<>;")


def test_a_record_that_is_not_the_one_asked_for_is_refused():
    request = crossref.lookup(crossref.USUAL, "10.1000/abc?def")
    assert request is not None
    answers = {
        doi: json.dumps({"message": {"DOI": doi, "title": ["A title"]}}).encode()
        for doi in ("10.1000/ABC?DEF", "10.1000/abc")
    }
    assert crossref.read(crossref.USUAL, request, answers["10.1000/ABC?DEF"], {}, WINDOW).entries
    with pytest.raises(SourceError, match="not with the DOI that was asked for"):
        crossref.read(crossref.USUAL, request, answers["10.1000/abc"], {}, WINDOW)


@pytest.mark.parametrize("name", ["l02", "l03", "l04"])
def test_two_papers_whose_dois_differ_in_their_ends_are_two(name):
    dois = {entry.ids.doi for entry in read((CASES / f"{name}.xml").read_bytes()).entries}
    assert len(dois) == 2


def test_what_surrounds_a_pubmed_citation_is_not_taken_for_its_own():
    from pipeline.sources.parts.citation import read_citations

    entries, parsed = read_citations((CASES / "l08_efetch.xml").read_bytes(), source("pubmed"), WINDOW.today)
    assert [e.ids.doi for e in entries] == ["10.5555/s2213-2600(26)70019-0", None, "10.5555/own.4"]
    assert parsed == 4
