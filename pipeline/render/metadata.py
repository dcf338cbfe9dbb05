"""What a page says of itself to machines: schema.org values for one JSON-LD block, as plain dictionaries.

No ClaimReview: that is for verdicts on what somebody else claimed, and our items are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import unescape
from typing import Any, cast

from jinja2 import pass_context
from jinja2.runtime import Context

from pipeline.model.issue import Credit, Issue, Masthead
from pipeline.model.names import PersonRole
from pipeline.render.archive import Archive
from pipeline.render.card import Card, Origin
from pipeline.render.layout import Layout
from pipeline.render.links import Links, ascii_address
from pipeline.text import plain_within

Plain = dict[str, Any]

_NEWS = ["NewsArticle", "MedicalWebPage"]
_PAPERS = frozenset({"journal", "preprint", "indexer"})
"""The sorts of outlets whose titles are papers; what others printed is a work of some kind."""


@pass_context
def described(context: Context, name: str, description: str) -> Plain:
    """Describe the page that a template prints; what it is called and its description are markup already."""
    return describe(context.get_all(), unescape(name), unescape(description))


def describe(values: Mapping[str, Any], name: str, description: str) -> Plain:
    """Describe the page that is printed with these values.

    An item and an issue are news, with their dates, reviewers and corrections; any other page is a medical page.
    """
    issue, links, card = values["issue"], values["links"], values.get("card")
    page: Plain = {"name": name, "description": description}
    if isinstance(card, Card):  # a template may have a macro of this name
        page |= _news(issue, links.web, name) | _item(card, links)
    elif isinstance(values.get("layout"), Layout):
        page |= _news(issue, links.web, name) | _issue(issue, values["archive"], links)
    cleaned = cast("Plain", plain_within(page))
    return _every_page(issue.masthead, links.web) | {"url": ascii_address(links.address)} | cleaned


@lru_cache(maxsize=16)
def _every_page(masthead: Masthead, web: str) -> Plain:
    """What holds for every page."""
    page = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "inLanguage": masthead.language,
        "isAccessibleForFree": True,
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "publisher": {"@type": "Organization", "name": masthead.publisher or masthead.name},
        "isPartOf": {"@type": "WebSite", "name": masthead.name, "url": ascii_address(web)},
    }
    return cast("Plain", plain_within(page))


def _news(issue: Issue, web: str, headline: str) -> Plain:
    reviewers = [_person(c) for c in issue.credits if c.role is not PersonRole.WRITER]
    writers = [_person(c) for c in issue.credits if c.role is PersonRole.WRITER]
    masthead = issue.masthead
    return {
        "@type": _NEWS,
        "headline": headline,
        "datePublished": issue.date.isoformat(),
        "author": writers
        or [{"@type": "Organization", "name": masthead.publisher or masthead.name, "url": ascii_address(web)}],
    } | ({"reviewedBy": reviewers} if reviewers else {})


def _item(card: Card, links: Links) -> Plain:
    item = card.item
    about = [{"@type": "MedicalCondition", "name": name} for name in item.about.conditions]
    corrected = [
        {
            "@type": "CorrectionComment",
            "datePublished": each.on.isoformat(),
            "text": each.own.note if each.own else each.by.headline,
            "url": ascii_address(f"{links.web}{each.by.address}/"),
        }
        for each in card.notices
    ]
    checked = [s.on for s in item.signed]
    return {
        "dateModified": max([card.printed.since, *(each.on for each in card.notices)]).isoformat(),
        "citation": [_source(card)],
        "inLanguage": card.printed.lang,
        **({"lastReviewed": max(checked).isoformat()} if checked else {}),
        **({"about": about} if about else {}),
        **({"correction": corrected} if corrected else {}),
    }


def _issue(issue: Issue, archive: Archive, links: Links) -> Plain:
    stories = archive.stories(issue.key)
    fixed: list[date] = [each.on for story in stories for each in archive.notices(story)]
    return {
        "dateModified": max([issue.last_changed, *fixed]).isoformat(),
        "hasPart": [ascii_address(f"{links.web}{story.address}/") for story in stories],
    }


def _source(card: Card) -> Plain:
    origin: Origin = card.primary
    ids = card.item.ids
    known = f"https://doi.org/{ids.doi}" if ids.doi else ids.number
    return {
        "@type": "ScholarlyArticle" if origin.tier in _PAPERS else "CreativeWork",
        "name": origin.title,
        "publisher": {"@type": "Organization", "name": origin.name},
        **({"url": origin.link} if origin.link else {}),
        **({"identifier": known} if known else {}),
    }


def _person(credit: Credit) -> Plain:
    return {"@type": "Person", "name": credit.name}
