"""Addresses of sources, as they are printed: they lead to the same page, and follow nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from issues import sample_issue, templates

from pipeline.render import render
from pipeline.text import untracked


def test_the_address_of_a_source_is_printed_without_what_follows_readers():
    issue = sample_issue()
    depth = replace(issue.stories[1], link="https://jei.example/paper?id=7&utm_source=rss&fbclid=x#results")
    changed = replace(issue, stories=(issue.stories[0], depth, *issue.stories[2:]))
    made = render(changed, (changed,), templates())
    for name in ("email.html", "email.txt"):
        assert "https://jei.example/paper?id=7#results" in made.files[name].decode()
        assert "utm_" not in made.files[name].decode()


@pytest.mark.parametrize(
    ("link", "left"),
    [
        ("https://a.example/p", "https://a.example/p"),
        ("https://a.example/p?utm_source=x", "https://a.example/p"),
        ("https://a.example/p?UTM_Source=x&page=2&mc_cid=1#utm_x", "https://a.example/p?page=2#utm_x"),
        ("https://a.example/p?page=2&q=a%26b", "https://a.example/p?page=2&q=a%26b"),
    ],
)
def test_only_what_follows_readers_is_taken_off(link, left):
    assert untracked(link) == left
