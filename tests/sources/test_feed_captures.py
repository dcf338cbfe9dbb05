"""Every real document beside the checkout is read whole, and nothing in it gets through."""

import csv
import re
from pathlib import Path

import pytest
from feed_samples import read

from pipeline.errors import SourceError

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures" / "feeds"
INDEX = CAPTURES / "index.tsv"
pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not INDEX.exists(), reason=f"the real documents are not here: {INDEX}"),
]


def documents(*kinds):
    if not INDEX.exists():
        return []
    with INDEX.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        row
        for row in rows
        if ("page" if row["kind"] == "html-page" else "json" if row["version"] == "json" else "xml") in kinds
    ]


def opened(row):
    return read((CAPTURES / row["file"]).read_bytes(), url=f"https://{row['domain'] or 'feed.example'}/feed")


FEEDS = documents("xml", "json")
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@pytest.mark.parametrize("row", FEEDS, ids=[row["file"].rpartition("/")[2][-40:] for row in FEEDS])
def test_a_real_feed_is_read_whole_and_nothing_in_it_gets_through(row):
    page = opened(row)
    if row["version"] == "json":  # the index was made by a parser that reads no JSON Feed
        assert page.parsed
        assert page.version.startswith("json1")
    else:
        assert (page.parsed, page.version) == (int(row["entries"]), row["version"])
    for entry in page.entries:
        plain = [entry.title, entry.summary, *entry.authors, *entry.categories, *entry.doubts]
        assert not [line for line in (*plain, *entry.ids.keys(), entry.excerpt_html) if FORBIDDEN.search(line)]
        assert not [line for line in plain if re.search(r"<[A-Za-z/!?]", line)]
        assert "<script" not in entry.excerpt_html.lower()
        assert all(w.day[:4] in w.raw for w in (entry.published, entry.updated) if w)
        assert entry.link is None or re.match(r"https?://[^\s<>\"]+$", entry.link)


def test_every_web_page_in_place_of_a_feed_is_known():
    for row in documents("page"):
        with pytest.raises(SourceError) as caught:
            opened(row)
        assert caught.value.page


def test_every_paper_of_an_index_or_a_publisher_is_known_by_number():
    days = [row for row in documents("xml") if row["domain"] == "onlinelibrary.wiley.com" or "pubmed" in row["domain"]]
    assert days
    for row in days:
        assert all(e.ids.keys()[0].startswith("doi:") or e.ids.pmid for e in opened(row).entries)
