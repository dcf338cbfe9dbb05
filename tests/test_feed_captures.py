"""Every real document beside the checkout is read whole, and nothing in it gets through."""

import csv
import itertools
import re
from pathlib import Path

import pytest
from feed_samples import read

from pipeline.errors import SourceError

CAPTURES = Path(__file__).resolve().parents[2] / "shared" / "captures" / "feeds"
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


def test_every_feed_gives_as_many_entries_as_it_holds():
    wrong = [
        (row["file"], row["entries"], page.parsed)
        for row in documents("xml")
        if (page := opened(row)).parsed != int(row["entries"]) or page.version != row["version"]
    ]
    assert wrong == []


def test_every_json_feed_gives_its_items():
    pages = [opened(row) for row in documents("json")]
    assert all(page.parsed and page.version.startswith("json1") for page in pages)


def test_every_web_page_in_place_of_a_feed_is_known():
    for row in documents("page"):
        with pytest.raises(SourceError) as caught:
            opened(row)
        assert caught.value.page


def test_nothing_dangerous_and_no_invented_date_comes_out_of_any():
    faults = []
    for row in documents("xml", "json"):
        for entry in opened(row).entries:
            lines = [
                entry.title,
                entry.summary,
                entry.excerpt_html,
                *entry.authors,
                *entry.categories,
                *entry.doubts,
                *entry.ids.keys(),
            ]
            faults += [(row["file"], line) for line in lines if "<script" in line.lower() or not line.isprintable()]
            plain = [entry.title, entry.summary, *entry.authors, *entry.categories]
            faults += [(row["file"], line) for line in plain if re.search(r"<[A-Za-z/!?]", line)]
            faults += [(row["file"], w) for w in (entry.published, entry.updated) if w and w.day[:4] not in w.raw]
            faults += (
                [(row["file"], entry.link)] if entry.link and not re.match(r"https?://[^\s<>\"]+$", entry.link) else []
            )
    assert faults == []


def test_the_same_paper_keeps_its_first_identity_from_day_to_day():
    days = [row for row in documents("xml") if "ijsem" in row["file"].lower() or "phytokeys" in row["domain"]]
    keys = [{e.ids.keys()[0] for e in opened(row).entries} for row in days]
    assert all(a & b for a, b in itertools.pairwise(keys))
