"""The Atom feed: ids that are each newsletter's own and stay, and entries that a reader takes in whole."""

from __future__ import annotations

import re
from dataclasses import replace

import feedparser
import pytest
from issues import earlier_issue, sample_issue, templates

from pipeline.model.issue import Issue
from pipeline.render import render
from pipeline.render.links import ascii_host

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
    before = feed_of(earlier_issue(), sample_issue())
    moved = feed_of(
        earlier_issue(), sample_issue(), replace(at(sample_issue(), "https://new.example/x/"), key="2027-01")
    )
    old = {entry.id for entry in before.entries}
    assert old < {entry.id for entry in moved.entries}
    assert before.feed.id == moved.feed.id
    assert all(entry.link.startswith("https://new.example/x/20") for entry in moved.entries)


def test_hosts_are_written_as_dns_has_them() -> None:
    assert ascii_host("a_b.example") == "a_b.example"
    assert ascii_host("faß.example") != ascii_host("fass.example") == "fass.example"
