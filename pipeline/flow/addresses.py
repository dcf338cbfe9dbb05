"""What was published stays where it is: a build that would lose an address stops, and says which ways out there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import partial

from pipeline import render
from pipeline.errors import BlockedError
from pipeline.language.glossary import anchor
from pipeline.model.address import addresses
from pipeline.model.issue import Issue, OnDemand
from pipeline.model.names import Therapy
from pipeline.queue import corrections as correcting
from pipeline.queue.readdressed import hold
from pipeline.store import Newsroom
from pipeline.text import slug
from pipeline.trials.history import follow

_TOPIC = re.compile(r"topics/([^/]+)/")


def whole(newsroom: Newsroom, pages: Mapping[str, bytes], made: Issue | None = None) -> Mapping[str, bytes]:
    """Give all pages of the archive: beside those that were made, one for each that moved or was taken down.

    `made` is an issue that is about to be built. Raises BlockedError where an address that was published would be lost,
    and InputError for entries that don't fit the pages.
    """
    there = {i.key: i for i in (*newsroom.built.issues, *((made,) if made else ()))}
    issues = tuple(there[key] for key in sorted(there))
    published = newsroom.addresses
    corrections = correcting.hold(newsroom.corrections, issues, published)
    known = corrections.readdressed
    hold(known, corrections.document, pages, published)
    lost = published - _addresses(newsroom, pages, issues) - known.addresses
    if lost:
        raise BlockedError(_lost(sorted(lost)))
    if not known.addresses:
        return pages
    records = {i.key: newsroom.trials(i.key).values() for i in issues}
    current = render.Current(newsroom.logo, search=newsroom.search is not None)
    more = render.render_readdressed(known, issues, newsroom.folder.templates(), follow(records), current)
    return OnDemand(lambda: {path: partial(each.__getitem__, path) for each in (pages, more) for path in each})


def note(newsroom: Newsroom, pages: Collection[str]) -> None:
    """Note what has been published, so that no later build loses it; whoever calls holds the lock."""
    newsroom.save_addresses(newsroom.addresses | _addresses(newsroom, pages, newsroom.built.issues))


def kept(newsroom: Newsroom) -> render.Lasting:
    """Find what was published and stays, though nothing asks for it any more: words, topics, and the page of search.

    A word stays for as long as `glossary.yml` has it. What editors moved or took down themselves is theirs.
    """
    published = newsroom.addresses - newsroom.corrections.readdressed.addresses
    names = {slug(name): name for name in (*newsroom.terms.conditions, *map(str, Therapy))}
    folders = [found[1] for each in sorted(published) if (found := _TOPIC.fullmatch(each))]
    words = tuple(word for word in newsroom.glossary if f"glossary/#{anchor(word)}" in published)
    topics = {folder: names.get(folder, folder.replace("-", " ")) for folder in folders}
    return render.Lasting(words, topics, search="search/" in published)


def _addresses(newsroom: Newsroom, pages: Collection[str], issues: tuple[Issue, ...]) -> frozenset[str]:
    return addresses(pages, map(anchor, render.all_words(issues, kept(newsroom).words)))


def _lost(lost: list[str]) -> str:
    named = "\n".join(f"  {each}" for each in lost[:20]) + (f"\n  … and {len(lost) - 20} more" * (len(lost) > 20))
    return (
        f"Nothing was written, as these addresses were published and would lead nowhere:\n{named}\n"
        "Readers and search engines still go there. Approve the item again; or say in "
        f"{correcting.NAME} where each leads now, or\nthat it was taken down, and build again:\n\n"
        f"format: 1\nmoved:\n  - old: {lost[0]}\n    new: …\n    why: …\n"
        f"taken_down:\n  - address: {lost[0]}\n    on: 2026-12-31\n    why: …\n"
    )
