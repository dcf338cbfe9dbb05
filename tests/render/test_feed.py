"""The Atom feed: ids that are each newsletter's own and stay, and entries that a reader takes in whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import feedparser
import lxml.html
import pytest
from issues import earlier_issue, item, quiet_issue, sample_issue, templates
from tracked import TWO, tracks

from pipeline.model.issue import Issue, SourceNote
from pipeline.model.names import Section
from pipeline.render import render
from pipeline.render.archive import Archive
from pipeline.render.feed import topic_feeds
from pipeline.render.layout import lay_out
from pipeline.render.links import ascii_host
from pipeline.render.topics import topics_of

TAG = re.compile(
    r"tag:[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*,\d{4}-\d\d:"
    r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*",
    re.ASCII,
)
"""RFC 4151, 2.1, of a tag whose authority is a domain name and whose date is a month."""


def at(issue: Issue, base_url: str) -> Issue:
    return replace(issue, masthead=replace(issue.masthead, base_url=base_url))


def feed_of(*issues: Issue) -> feedparser.FeedParserDict:
    read = feedparser.parse(render(issues[-1], issues, templates()).site["feed.xml"])
    assert not read.bozo
    return read


def ids(base_url: str) -> list[str]:
    """Every id of the feed of one archive, the feed's own first."""
    read = feed_of(at(earlier_issue(), base_url), at(sample_issue(), base_url))
    return [read.feed.id, *(entry.id for entry in read.entries)]


SHARED = [
    ("https://example.org/en/", "https://example.org/de/"),
    ("https://example.org/", "https://example.org/de/"),
    ("https://example.org/a/b/", "https://example.org/a/"),
    ("https://example.org/a/", "https://example.org/A/"),
    ("https://example.org:8443/", "https://example.org/"),
    ("http://localhost:8001/", "http://localhost:8002/"),
    ("https://example.org/ü/", "https://example.org/u/"),
]


@pytest.mark.parametrize(("one", "other"), SHARED)
def test_two_newsletters_on_one_host_share_no_id(one: str, other: str) -> None:
    assert len(ids(one)) == len(set(ids(one)))
    assert set(ids(one)).isdisjoint(ids(other))


@pytest.mark.parametrize(
    "root", ["https://example.org/", "https://example.org", "https://EXAMPLE.org:443/", "http://example.org:80/"]
)
def test_at_the_root_of_a_host_ids_stay_what_they_always_were(root: str) -> None:
    found = ids(root)
    assert found[0] == "tag:example.org,2026-11:feed"
    assert "tag:example.org,2026-11:antibody-pair-ra" in found
    assert "tag:example.org,2026-12:_issue" in found


def test_without_a_slash_at_its_end_a_path_gives_the_same_ids() -> None:
    assert ids("https://example.org/de") == ids("https://example.org/de/")


@pytest.mark.parametrize(
    ("base_url", "start"),
    [
        ("https://bücher.example/", "tag:xn--bcher-kva.example,2026-"),
        ("https://straße.example/", "tag:xn--strae-oqa.example,2026-"),
        ("https://☃.example/", "tag:xn--n3h.example,2026-"),
        ("https://example.org/käse & brot/100%25/", "tag:example.org,2026-"),
        ("https://example.org:8443/x/", "tag:example.org,2026-"),
    ],
)
def test_an_id_is_a_tag_whatever_the_address(base_url: str, start: str) -> None:
    for found in ids(base_url):
        assert TAG.fullmatch(found)
        assert found.startswith(start)


def test_a_move_to_a_new_address_renews_no_id() -> None:
    moved = replace(month("2027-01", "new"), masthead=at(sample_issue(), "https://new.example/x/").masthead)
    before, after = feed_of(earlier_issue(), sample_issue()), feed_of(earlier_issue(), sample_issue(), moved)
    december = {entry.id for entry in before.entries if ",2026-12:" in entry.id}
    assert len(december) == 10
    assert december < {entry.id for entry in after.entries}
    assert "tag:new.example,2027-01:/x/new" in {entry.id for entry in after.entries}
    assert before.feed.id == after.feed.id
    assert all(entry.link.startswith("https://new.example/x/20") for entry in after.entries)


def test_hosts_are_written_as_dns_has_them() -> None:
    assert ascii_host("a_b.example") == "a_b.example"
    assert ascii_host("faß.example") != ascii_host("fass.example") == "fass.example"


def month(key: str, *names: str) -> Issue:
    """An issue of these items, built on the first of its month."""
    stories = tuple(item(name, Section.RESEARCH) for name in names)
    return replace(sample_issue(), key=key, date=date.fromisoformat(f"{key}-01"), stories=stories)


def test_the_last_two_issues_are_there_whole_and_older_ones_gone() -> None:
    many = tuple(f"n{n}" for n in range(45))
    read = feed_of(month("2026-09", "old"), month("2026-10", *many), month("2026-11", *many))
    found = {entry.id.partition(",")[2] for entry in read.entries}
    assert found == {f"{key}:{name}" for key in ("2026-10", "2026-11") for name in (*many, "_issue")}


def test_what_was_corrected_since_comes_up_again_however_old() -> None:
    between = month("2026-11", "between")
    old = replace(earlier_issue(), key="2026-06", date=date(2026, 6, 2))
    found = [e.id for e in feed_of(old, between, sample_issue()).entries if ",2026-06:" in e.id]
    assert found == ["tag:news.example.org,2026-06:antibody-pair-ra"]
    later = month("2027-02", "later")
    assert found[0] in [e.id for e in feed_of(old, between, sample_issue(), later).entries]
    gone = [e.id for e in feed_of(old, between, sample_issue(), later, month("2027-03", "last")).entries]
    assert found[0] not in gone, "it was corrected before the last two issues"


def test_an_entry_is_the_whole_item_its_evidence_first() -> None:
    issue = sample_issue()
    read = feedparser.parse(render(issue, (issue,), templates(), tracks(TWO)).site["feed.xml"], sanitize_html=False)
    story = next(e for e in read.entries if e.id.endswith(":luma-cel-lupus-phase-1"))
    body = lxml.html.fromstring(f"<div>{story.content[0].value}</div>")
    text = " ".join(body.text_content().split())
    assert text.startswith("Step 5 of 11: First small study in people.")
    told = issue.stories[1]
    for words in (told.harms, told.who, told.not_known, told.access, told.you_can, told.facts[0].quote):
        assert " ".join((words or "none").split()) in text
    assert "Anna Example, editor" in text
    assert {(t.term, t.label) for t in story.tags} == {("lupus", None), ("car-t", "CAR-T")}
    for entry in read.entries:
        links = lxml.html.fromstring(f"<div>{entry.content[0].value}</div>").xpath("//@href")
        assert all(link.startswith("https://") for link in links), entry.id


def test_a_feed_has_an_icon_and_says_whose_its_words_are() -> None:
    read = feed_of(sample_issue())
    assert read.feed.icon == "https://news.example.org/favicon.ico"
    assert "© The Example Charity" in read.feed.rights
    assert all(entry.updated >= entry.published for entry in read.entries)


def test_a_topic_has_a_feed_of_its_own_with_the_same_entries() -> None:
    archive = Archive.of(sample_issue(), (earlier_issue(),))
    layouts = {issue.key: lay_out(issue, archive) for issue in archive.issues}
    feed = {each.topic: each for each in topic_feeds(layouts, archive, topics_of(layouts))}["lupus"]
    assert (feed.path, feed.address) == ("topics/lupus/feed.xml", "https://news.example.org/topics/lupus/")
    assert feed.tag == "tag:news.example.org,2026-11:topics/lupus/feed"
    assert feed.dispatches
    whole = {entry.id for entry in feed_of(earlier_issue(), sample_issue()).entries}
    assert {d.tag for d in feed.dispatches} < whole
    assert all("lupus" in d.card.item.about.conditions for d in feed.dispatches)


def test_nothing_says_that_we_looked_where_no_source_was_reached():
    quiet = quiet_issue()
    unreached = (SourceNote(key="jei", name="Journal", tier="journal", trouble="failed: no answer"),)
    made = render(replace(quiet, colophon=replace(quiet.colophon, sources=unreached)), (), templates())
    pages = [made.site[path].decode() for path in ("index.html", f"{quiet.key}/index.html", "feed.xml")]
    for text in (*pages, *(made.files[name].decode() for name in ("email.html", "email.txt"))):
        assert "We could reach no source" in " ".join(text.split())
        assert "We looked, and" not in " ".join(text.split())
