"""Crossref: what is asked, and what one work tells of its paper and of what happened to it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from ruamel.yaml import YAML

from pipeline.errors import SourceError
from pipeline.model.entry import Precision
from pipeline.model.integrity import Integrity
from pipeline.model.source import Request, Source, Window
from pipeline.sources.crossref import first, lookup, read

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures" / "literature"
captured = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the real Crossref answers are not beside the checkout")
SOURCE = Source(key="crossref", kind="crossref", name="Crossref", url="https://api.crossref.org")
WINDOW = Window(date(2026, 10, 20), date(2026, 11, 22))
REQUEST = Request("https://api.crossref.org/works/10.5555/x")
DOI = "10.5555/paper.1"


def told(body):
    (one,) = read(SOURCE, REQUEST, body, {}, WINDOW).entries
    return one


def work(**changes):
    fields = {
        "DOI": DOI,
        "type": "journal-article",
        "title": ["CAR T cells in lupus"],
        "published-online": {"date-parts": [[2026, 11, 3]]},
        "published-print": {"date-parts": [[2027, 1]]},
    }
    return told(json.dumps({"status": "ok", "message": fields | changes}).encode())


def update(doi, kind, source="publisher"):
    return {"DOI": doi, "type": kind, "source": source}


def test_it_is_asked_for_nothing_where_nothing_was_printed():
    assert first(SOURCE, WINDOW) == ()


def test_it_is_asked_for_notices_about_all_that_was_printed():
    """The answer is made by hand after the documentation."""
    printed = (*(f"10.5555/p.{n}" for n in range(45)), "10.5555/a,b")
    *batches, alone = first(SOURCE, replace(WINDOW, printed=printed))
    filters = [parse_qs(urlsplit(each.url).query)["filter"][0].split(",") for each in batches]
    assert [len(each) for each in filters] == [20, 20, 5]
    assert {name for each in filters for name in each} == {f"updates:10.5555/p.{n}" for n in range(45)}
    assert alone.url.endswith("/works/10.5555%2Fa%2Cb")
    about = {"DOI": "10.5555/note", "title": ["Correction"], "update-to": [update("10.5555/p.7", "correction")]}
    answer = {"message": {"total-results": 3, "items": [about, {"DOI": "10.5555/untitled"}]}}
    page = read(SOURCE, batches[0], json.dumps(answer).encode(), {}, WINDOW)
    assert [e.targets for e in page.entries] == [("doi:10.5555/p.7",)]
    assert "2 notices" in page.note
    with pytest.raises(SourceError):
        read(SOURCE, batches[0], b'{"message": {}}', {}, WINDOW)


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        ("10.1016/S0140-6736(20)31180-6", "https://api.crossref.org/works/10.1016%2Fs0140-6736%2820%2931180-6"),
        ("10.5555/a#b", "https://api.crossref.org/works/10.5555%2Fa%23b"),
        ("10.5555/a%b", "https://api.crossref.org/works/10.5555%2Fa%25b"),
    ],
)
def test_a_doi_is_quoted_into_the_address(doi, url):
    assert lookup(SOURCE, doi).url == url


def test_an_address_that_is_missing_is_the_usual_one():
    bare = Source(key="c", kind="crossref", name="", url="")
    assert lookup(bare, DOI).url == f"https://api.crossref.org/works/{DOI.replace('/', '%2F')}"


def test_a_doi_that_would_ask_for_something_else_is_not_asked():
    assert lookup(SOURCE, "10.5555/../../members") is None


def test_an_unknown_doi_is_told():
    with pytest.raises(SourceError, match=r"^Crossref does not know this DOI$"):
        read(SOURCE, REQUEST, b"Resource not found.", {}, WINDOW)


def test_another_complaint_is_told_in_its_words():
    with pytest.raises(SourceError, match="Too many requests"):
        read(SOURCE, REQUEST, b"Too many requests", {}, WINDOW)


@pytest.mark.parametrize("message", [[], {}, {"items": []}, {"DOI": 7}, {"DOI": "none", "title": ["A"]}, {"DOI": DOI}])
def test_what_is_no_work_with_a_title_is_an_error_of_the_source(message):
    with pytest.raises(SourceError):
        told(json.dumps({"message": message}).encode())


def test_a_work_is_read_with_its_names():
    one = work(author=[{"given": "Anna", "family": "Example"}, {"name": "The Study Group"}], language="en")
    assert (one.title, one.ids.doi, one.link) == ("CAR T cells in lupus", DOI, f"https://doi.org/{DOI}")
    assert (one.authors, one.types, one.retracts) == (("Anna Example", "The Study Group"), ("journal-article",), None)


def test_a_preprint_says_so():
    assert "preprint" in work(type="posted-content", subtype="preprint").types


def test_title_and_subtitle_are_one_plain_line():
    one = work(title=["CD19<sup>+</sup>\n   <i>in vivo</i> CAR &amp; lupus"], subtitle=["A phase 1 study"])
    assert one.title == "CD19+ in vivo CAR & lupus: A phase 1 study"


def test_a_subtitle_that_the_title_has_already_is_not_said_twice():
    one = work(title=["Lupus: a phase 1 study"], subtitle=["A phase 1 study"])
    assert one.title == "Lupus: a phase 1 study"


def test_an_abstract_loses_its_jats_and_keeps_its_powers():
    one = work(
        abstract="<jats:title>Abstract</jats:title><jats:sec><jats:title>Methods</jats:title><jats:p>1 × "
        "10<jats:sup>6</jats:sup> cells, p &lt; 0.05 (NCT99990001)<script>x()</script></jats:p></jats:sec>"
    )
    assert one.summary == "Methods 1 × 10⁶ cells, p < 0.05 (NCT99990001)"
    assert "<strong>Methods</strong>" in one.excerpt_html
    assert "script" not in one.excerpt_html
    assert one.nct_numbers == ("NCT99990001",)


def test_halves_of_characters_do_no_harm():
    body = f'{{"message": {{"DOI": "{DOI}", "title": ["Lupus \\ud83d <b>now</b>"], "abstract": "\\udc00<p>x</p>"}}}}'
    told(body.encode()).title.encode("utf-8")


@pytest.mark.parametrize(
    ("parts", "day", "precision"),
    [
        ([[2026, 11, 3]], "2026-11-03", Precision.DAY),
        ([[2026, 11]], "2026-11", Precision.MONTH),
        ([[2026]], "2026", Precision.YEAR),
        ([[2026, None]], "2026", Precision.YEAR),
    ],
)
def test_a_date_is_only_as_exact_as_its_parts(parts, day, precision):
    when = work(**{"published-online": {"date-parts": parts}}).published
    assert (when.day, when.precision, when.field) == (day, precision, "published-online")


@pytest.mark.parametrize("parts", [[[None]], [[]], [], None, [[2026, 13]], [["soon"]]])
def test_a_date_that_is_not_there_is_not_invented(parts):
    none = dict.fromkeys(("published-print", "published", "issued"))
    one = work(**{"published-online": {"date-parts": parts}}, **none, created={"date-parts": [[2026, 11, 1]]})
    assert one.published is None


def test_a_print_date_that_lies_ahead_gives_way():
    assert work().published.day == "2026-11-03"
    assert work(**{"published-online": None}).published.doubt == "in the future"


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("retraction", "retracted-publication"),
        ("withdrawal", "retracted-publication"),
        ("removal", "retracted-publication"),
        ("expression_of_concern", "expression-of-concern"),
        ("expression-of-concern", "expression-of-concern"),
        ("correction", "corrected-publication"),
        ("erratum", "corrected-publication"),
    ],
)
def test_what_happened_to_a_paper_is_read(kind, mark):
    one = work(**{"updated-by": [update("10.5555/notice", kind)]})
    assert one.types[0] == mark
    assert one.retracts is None


def test_a_paper_that_was_taken_down_or_reinstated_says_so():
    assert Integrity.REMOVED in work(**{"updated-by": [update("10.5555/notice", "removal")]}).types
    assert work(**{"updated-by": [update("10.5555/notice", "reinstatement")]}).types[0] == Integrity.REINSTATED


@pytest.mark.parametrize(
    ("kind", "mark", "retracts"),
    [
        ("retraction", "retraction-notice", "10.5555/withdrawn"),
        ("expression_of_concern", "expression-of-concern", None),
        ("correction", "correction", None),
        ("partial_retraction", "correction", None),
    ],
)
def test_a_notice_is_one_and_names_what_it_takes_back(kind, mark, retracts):
    one = work(**{"update-to": [update("10.5555/Withdrawn", kind)]})
    assert (one.types[0], one.retracts) == (mark, retracts)


def test_a_partial_retraction_is_a_concern_and_no_withdrawal():
    one = work(**{"updated-by": [update("10.5555/notice", "partial_retraction")]})
    assert one.types[0] == "expression-of-concern"
    assert "retracted-publication" not in one.types


def test_a_withdrawn_paper_goes_by_pubmeds_name_too_whatever_its_title_says():
    withdrawn = work(**{"updated-by": [update("10.5555/notice", "retraction")]})
    notice = work(**{"update-to": [update("10.5555/withdrawn", "retraction")]})
    assert "retracted publication" in withdrawn.types
    assert "retraction notice" in notice.types


def test_a_link_to_itself_is_the_papers():
    one = work(**{"update-to": [update(DOI.upper(), "retraction")]})
    assert (one.types[0], one.retracts) == ("retracted-publication", None)


def test_of_two_works_that_name_each_other_retraction_watch_tells_which_was_withdrawn():
    watched, other = update("10.5555/b", "retraction", "retraction-watch"), update("10.5555/b", "retraction")
    withdrawn = work(**{"updated-by": [watched], "update-to": [other]})
    notice = work(**{"updated-by": [other], "update-to": [watched]})
    assert (withdrawn.types[0], withdrawn.retracts) == ("retracted-publication", None)
    assert (notice.types[0], notice.retracts) == ("retraction-notice", "10.5555/b")


def test_where_nothing_tells_which_was_withdrawn_the_work_counts_as_withdrawn():
    both = [update("10.5555/b", "retraction")]
    assert work(**{"updated-by": both, "update-to": both}).types[0] == "retracted-publication"


@captured
@pytest.mark.captures
def test_every_real_work_is_read():
    paths = sorted(CAPTURES.glob("*crossref*.json"))
    works = [told(p.read_bytes()) for p in paths]
    assert len(works) == 12
    assert all(w.title and w.ids.doi and w.published and w.authors for w in works)


@captured
@pytest.mark.captures
@pytest.mark.parametrize(
    ("name", "mark", "retracts"),
    [
        ("compare_crossref_wakefield_retracted", "retracted-publication", None),
        ("compare_crossref_wakefield_notice", "retraction-notice", "10.1016/s0140-6736(97)11096-0"),
        ("crossref_reciprocal_retracted_paper", "retracted-publication", None),
        ("crossref_reciprocal_retraction_notice", "retraction-notice", "10.1016/s0140-6736(20)31180-6"),
        ("compare_crossref_expression_of_concern", "expression-of-concern", None),
        ("compare_crossref_partial_retraction", "expression-of-concern", None),
    ],
)
def test_what_happened_to_real_papers_is_read(name, mark, retracts):
    one = told((CAPTURES / f"{name}.json").read_bytes())
    assert (one.types[0], one.retracts) == (mark, retracts)
    assert not {"retracted-publication", "retraction-notice"} <= set(one.types)


@captured
@pytest.mark.captures
def test_recorded_answers_are_read_or_refused_by_what_they_are():
    seen = {"work": 0, "unknown": 0, "refused": 0}
    for path in sorted((CAPTURES / "crossref_cassettes").glob("*.yaml")):
        for pair in YAML(typ="safe", pure=True).load(path.read_text("utf-8"))["interactions"]:
            body = pair["response"]["body"]["string"]
            body = body.encode() if isinstance(body, str) else body
            body = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            try:
                assert told(body).ids.doi
                seen["work"] += 1
            except SourceError as trouble:
                seen["unknown" if trouble.what == "Crossref does not know this DOI" else "refused"] += 1
    assert seen["work"] > 5
    assert seen["unknown"] > 1
    assert seen["refused"] > 5
