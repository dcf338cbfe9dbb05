"""Europe PMC, read from answers that were made by hand after its documentation; none is a recording."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.errors import SourceError
from pipeline.model.source import Request, Window
from pipeline.sources.europepmc import USUAL, first, lookup, read

WINDOW = Window(date(2026, 10, 20), date(2026, 11, 22))


def paper(**changes):
    return {
        "id": "41000001",
        "source": "MED",
        "pmid": "41000001",
        "doi": "10.5555/MADE.1",
        "title": "CD19 CAR-T cells in lupus: a phase 1 study.",
        "abstractText": "<h4>Results</h4>Nine adults were treated (NCT05030779).",
        "authorList": {"author": [{"fullName": "Muster A"}, {"collectiveName": "A group"}]},
        "pubTypeList": {"pubType": ["Journal Article"]},
        "firstPublicationDate": "2026-11-03",
        "language": "eng",
    } | changes


def page(*results, mark="", **more):
    return json.dumps({"hitCount": len(results), "nextCursorMark": mark, "resultList": {"result": results}} | more)


def asked(request):
    return {k: v[0] for k, v in parse_qs(urlsplit(request.url).query).items()}


def told(answer, request=None):
    return read(USUAL, request or first(USUAL, WINDOW)[0], answer.encode(), {}, WINDOW)


def test_the_window_and_the_week_before_it_are_searched():
    query = asked(first(USUAL, WINDOW)[0])
    assert "FIRST_IDATE:[2026-10-13 TO 2026-11-22]" in query["query"]
    assert (query["cursorMark"], query["resultType"], query["format"]) == ("*", "core", "json")


def test_a_paper_is_read_with_its_names():
    (entry,) = told(page(paper())).entries
    assert entry.ids.paper_keys() == ("doi:10.5555/made.1", "pmid:41000001")
    assert entry.title == "CD19 CAR-T cells in lupus: a phase 1 study"
    assert (entry.day, entry.nct_numbers) == ("2026-11-03", ("NCT05030779",))
    assert entry.authors == ("Muster A", "A group")


def test_a_preprint_says_so():
    (entry,) = told(page(paper(id="PPR1", source="PPR", pmid=None))).entries
    assert "preprint" in entry.types


@pytest.mark.parametrize(
    ("link", "mark", "targets"),
    [
        ("Retraction in", "retracted-publication", ()),
        ("Retraction of", "retraction-notice", ("doi:10.5555/old.1", "pmid:40000001")),
        ("Expression of concern for", "expression-of-concern", ("doi:10.5555/old.1", "pmid:40000001")),
        ("Erratum for", "correction", ("doi:10.5555/old.1", "pmid:40000001")),
    ],
)
def test_what_happened_to_a_paper_is_read(link, mark, targets):
    other = {"id": "40000001", "source": "MED", "reference": "J Ex. 2025. doi: 10.5555/old.1.", "type": link}
    (entry,) = told(page(paper(commentCorrectionList={"commentCorrection": [other]}))).entries
    assert (entry.types[0], entry.targets) == (mark, targets)


def test_pages_follow_the_mark_until_it_stays():
    one = told(page(paper(), mark="AoJ4+/=")).next
    assert one is not None
    assert (asked(one)["cursorMark"], one.page) == ("AoJ4+/=", 2)
    assert told(page(paper(), mark="AoJ4+/="), one).next is None
    assert told(page(mark="more")).next is None
    assert told(page(paper())).next is None


def test_one_paper_is_asked_for_and_no_other_taken():
    request = lookup(USUAL, "10.5555/made.1")
    assert request is not None
    assert asked(request)["query"] == 'DOI:"10.5555/made.1"'
    assert told(page(paper(), paper(id="2", doi="10.5555/made.12")), request).entries[0].ids.doi == "10.5555/made.1"
    with pytest.raises(SourceError, match="no such DOI"):
        told(page(paper(doi="10.5555/made.12")), request)
    assert lookup(USUAL, "NCT05030779") is None


@pytest.mark.parametrize("answer", ['{"errMsg": "bad query"}', "{}", "<html></html>", '{"resultList": {"result": 1}}'])
def test_what_holds_no_papers_is_an_error_of_the_source(answer):
    with pytest.raises(SourceError):
        told(answer)


def test_what_names_nothing_costs_only_itself():
    found = told(page(paper(), paper(title=""), paper(id="a/b"), "x"))
    assert (len(found.entries), found.parsed) == (1, 4)
    assert "3 papers could not be read" in found.note
    assert read(USUAL, Request("https://x.example/?a=1"), page().encode(), {}, WINDOW).entries == ()
