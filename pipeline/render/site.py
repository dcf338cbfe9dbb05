"""The archive as a folder of pages that also works opened from disk, and a draft's preview of the same pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from pipeline.model.address import Readdressed, path_of, tidy
from pipeline.model.issue import Issue, OnDemand
from pipeline.model.track import FollowedTrials
from pipeline.render.archive import Archive
from pipeline.render.card import Card
from pipeline.render.direction import direction
from pipeline.render.feed import print_feed, topic_feeds, whole_feed
from pipeline.render.glossary_links import Linker
from pipeline.render.illustrations import Illustrations
from pipeline.render.items_json import ITEMS_JSON, print_items
from pipeline.render.layout import Layout, lay_out, way
from pipeline.render.links import Links, ascii_address, web_of
from pipeline.render.menu import menu_of
from pipeline.render.metadata import described
from pipeline.render.pages import Site, page_kinds
from pipeline.render.pictures import site_icon
from pipeline.render.press import Press
from pipeline.render.trials.pages import TRIALS_CSV, days_of, plan_tracker, write_trials_csv
from pipeline.render.trials.tracker import Tracker

Print = Callable[[], str]

_NO_TRIALS = Tracker((), ())
"""A draft's preview leads to no page of a trial: it may not be there yet."""


def print_site(archive: Archive, press: Press, trials: FollowedTrials) -> Mapping[str, bytes]:
    """Print the whole archive, a file whenever it is asked for: every page, the feed, the site map, the style sheet."""
    return OnDemand(lambda: _plan_site(archive, press, Tracker.of(trials, archive)))


def _plan_site(archive: Archive, press: Press, tracker: Tracker) -> dict[str, Callable[[], bytes]]:
    """Say what there will be at each path, and how it is printed."""
    web = web_of(archive.newest)
    layouts = {i.key: lay_out(i, archive) for i in archive.issues}
    menu = menu_of(archive, tracker, press)
    front = _common(archive.newest, tracker, press) | {"archive": archive, "newest": archive.newest, "menu": menu}
    site = Site(archive, layouts, tracker)
    pages: dict[str, Print] = {
        path: partial(
            press.print,
            kind.template,
            **{**front, **own, "links": (Links.anywhere if kind.anywhere else Links.at)(path, web)},
        )
        for kind in page_kinds()
        for path, own in kind.pages(site)
    }
    for layout in layouts.values():
        links = Links.at(f"{layout.issue.key}/index.html", web)
        pages |= _plan_issue(layout, archive, press, links, {"tracker": tracker, "menu": menu, "topics": site.topics})
    hosted = {path for kind in page_kinds() if kind.anywhere for path, _ in kind.pages(site)}
    days = _last_changed(pages.keys() - hosted, archive)
    if tracker.trials:
        followed = plan_tracker(tracker, press, web, {**front, "known": frozenset(layouts)})
        pages, days = pages | followed, days | days_of(tracker, archive, followed)
    files = {path: _bytes(page) for path, page in sorted((pages | _beside(site, press, days, front)).items())}
    if tracker.trials:
        files[TRIALS_CSV] = partial(write_trials_csv, tracker, press, web)
    return files | _kept(_pictures(layouts.values(), press) | _logo(archive.newest, press))


def _beside(
    site: Site,
    press: Press,
    days: Mapping[str, date],
    front: Mapping[str, object],
) -> dict[str, Print]:
    """What programs read, beside the pages."""
    archive, layouts = site.archive, site.layouts
    web = web_of(archive.newest)
    feeds = (whole_feed(layouts, archive), *topic_feeds(layouts, archive, site.topics))
    return {
        **{feed.path: partial(print_feed, feed, press, web, front) for feed in feeds},
        "sitemap.xml": partial(press.print, "web/sitemap.xml", web=ascii_address(web), days=days),
        "robots.txt": partial(press.print, "web/robots.txt", web=ascii_address(web), **front),
        "style.css": partial(_style, archive.newest, press),
        ITEMS_JSON: partial(print_items, layouts, archive, press),
        **({"search.js": partial(press.print, "web/search.js")} if archive.search else {}),
    }


def print_preview(issue: Issue, archive: Archive, press: Press) -> dict[str, bytes]:
    """Print a draft's own pages below `web/`, apart from the archive."""
    links = Links(path=f"{issue.key}/index.html", root="", web=web_of(issue), alone=issue.key)
    layout = lay_out(issue, archive)
    pages = _plan_issue(layout, archive, press, links, {"tracker": _NO_TRIALS, "menu": None, "topics": None})
    texts = {path.removeprefix(f"{issue.key}/"): page() for path, page in pages.items()}
    texts["style.css"] = _style(issue, press)
    files = {path: text.encode() for path, text in sorted(texts.items())} | _logo(issue, press)
    return {f"web/{path}": content for path, content in (files | _pictures((layout,), press)).items()}


def _plan_issue(
    layout: Layout, archive: Archive, press: Press, links: Links, around: Mapping[str, Any]
) -> dict[str, Print]:
    """Plan an issue's page and the page of each of its items; `around` are the ways to the rest of the archive."""
    issue, press = layout.issue, press.speaking(layout.issue.masthead.language)
    values = _common(issue, around["tracker"], press) | {"archive": archive, "newest": archive.newest, "layout": layout}
    values |= around

    def show(template: str, here: Links, **own: object) -> str:
        return press.print(template, links=here, terms=_linker(issue, here), **own, **values)

    pages: dict[str, Print] = {links.path: partial(show, "web/issue.html", links)}
    for card, before, after in _neighbours(layout.cards):
        path = f"{issue.key}/{card.printed.slug}/index.html"
        here = Links(path=path, root=f"{links.root}../", web=links.web, alone=links.alone)
        pages[path] = partial(show, "web/item.html", here, card=card, before=before, after=after)
    return pages


def _bytes(page: Print) -> Callable[[], bytes]:
    return lambda: page().encode()


def _kept(files: Mapping[str, bytes]) -> dict[str, Callable[[], bytes]]:
    return {path: partial(bytes, content) for path, content in files.items()}


def _linker(issue: Issue, links: Links) -> Linker:
    return Linker(issue.glossary, links.page("glossary/index.html"))


def _neighbours(cards: tuple[Card, ...]) -> Iterator[tuple[Card, Card | None, Card | None]]:
    for at, card in enumerate(cards):
        yield card, cards[at - 1] if at else None, cards[at + 1] if at + 1 < len(cards) else None


def _common(issue: Issue, tracker: Tracker, press: Press) -> dict[str, object]:
    masthead, theme = issue.masthead, press.theme(issue.masthead)
    return {
        "tracker": tracker,
        "issue": issue,
        "masthead": masthead,
        "theme": theme,
        "accent": theme.accent,
        "direction": direction(masthead.language),
        "contact": way(masthead.contact),
        "described": described,
        "footer": tuple((k.path, press.link_words(k.template)) for k in page_kinds() if k.path and not k.menu),
    }


def _style(issue: Issue, press: Press) -> str:
    theme = press.theme(issue.masthead)
    return press.print("web/style.css", theme=theme, accent=theme.accent)


def _pictures(layouts: Iterable[Layout], press: Press) -> dict[str, bytes]:
    """The pictures of mails, those that went out long ago too: whoever opens one finds them in the archive."""
    drawn = (Illustrations(_as_sent(layout), press).files for layout in layouts)
    found = {path: content for files in drawn for path, content in files.items()}
    photos = (photo for layout in layouts for photo in (layout.photo, *(card.photo for card in layout.cards)))
    found |= {path: shot.content for photo in photos if photo for path, shot in photo.files.items()}
    return dict(sorted(found.items()))


def _as_sent(layout: Layout) -> Layout:
    """Lay an issue out as its mail has it, which nothing corrects."""
    corrected = any(card.notices for card in layout.cards)
    return lay_out(layout.issue, Archive.of(layout.issue, ())) if corrected else layout


def _logo(issue: Issue, press: Press) -> dict[str, bytes]:
    theme = press.theme(issue.masthead)
    return {"favicon.ico": site_icon(theme)} | ({"logo.png": theme.logo.content} if theme.logo else {})


def _last_changed(pages: Iterable[str], archive: Archive) -> dict[str, date]:
    """When each page last changed: the day from which it has had its words, or that of the last correction of it.

    Pages that tell of all issues changed with the last of them.
    """
    known = {f"{i.key}/index.html": i.last_changed for i in archive.issues}
    newest = max([*known.values(), *(c.on for c in archive.corrections)])
    known |= {f"{p.address}/index.html": p.since for p in archive.printed}
    for c in archive.corrections:
        for path in (f"{c.of.key}/index.html", f"{c.of.address}/index.html"):
            known[path] = max(known[path], c.on)
    return {path: known.get(path, newest) for path in pages}


def print_readdressed(known: Readdressed, archive: Archive, press: Press, tracker: Tracker) -> dict[str, bytes]:
    """Print a page for each that moved or was taken down, at its old address; a word of the glossary has none."""
    web = web_of(archive.newest)
    values = _common(archive.newest, tracker, press) | {"archive": archive, "newest": archive.newest}
    values["menu"] = menu_of(archive, tracker, press)
    pages = {}
    for each in (m for m in known.moved if "#" not in m.old):
        links, new = Links.at(path_of(each.old), web), tidy(each.new)
        page, mark, anchor = new.partition("#")
        target = links.page(path_of(page)) + mark + anchor
        pages[links.path] = press.print(
            "web/moved.html", moved=each, target=target, links=links.leading_to(page), **values
        )
    for gone in (t for t in known.taken_down if "#" not in t.address):
        here = Links.at(path_of(gone.address), web)
        pages[here.path] = press.print("web/taken_down.html", gone=gone, links=here, **values)
    return {path: text.encode() for path, text in pages.items()}
