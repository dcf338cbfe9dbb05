"""Every printed item as data, for whoever wants to count or quote: `items.json`, as `docs/items.schema.json` has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.model.item import Fact
from pipeline.render.archive import Archive, Corrected, PrintedItem
from pipeline.render.card import Card, Origin
from pipeline.render.feed import tag_of
from pipeline.render.layout import Layout
from pipeline.render.links import ascii_address, web_of
from pipeline.render.press import Press
from pipeline.text import plain_within

ITEMS_JSON = "items.json"
FORMAT = 1

Plain = dict[str, Any]


def print_items(layouts: Mapping[str, Layout], archive: Archive, press: Press) -> str:
    """Print all items, an item a line, the newest issue first. What no longer holds says so before anything else."""
    masthead, web = archive.newest.masthead, ascii_address(web_of(archive.newest))
    head: Plain = {
        "format": FORMAT,
        "newsletter": masthead.name,
        "address": web,
        "language": masthead.language,
        **({"fictional": masthead.fictional} if masthead.fictional else {}),
        "rights": press.word("RIGHTS") % {"publisher": masthead.publisher or masthead.name},
        "advice": press.word("NOT_ADVICE"),
    }
    lines = [
        _line(_item(card, layouts[key], web, press))
        for key in sorted(layouts, reverse=True)
        for card in layouts[key].cards
    ]
    return _line(head)[:-1] + ', "items": [\n' + ",\n".join(lines) + "\n]}\n"


def _item(card: Card, layout: Layout, web: str, press: Press) -> Plain:
    item, printed, rung = card.item, card.printed, card.rung
    unknown = "HARMS_NO_RESULTS" if rung.stage == "registration" else "HARMS_UNKNOWN"
    own: Plain = {
        "status": _status(card),
        "corrected": [_notice(each, web) for each in card.notices],
        "id": tag_of(layout.issue, printed.slug),
        **_at(printed, web),
        "issue": printed.key,
        "day": printed.on.isoformat(),
        "checked": max((s.on.isoformat() for s in item.signed), default=None),
        **_worded(printed, layout),
        "section": item.section.value,
        "evidence": _filled(
            {
                "stage": rung.stage,
                "step": rung.step,
                "steps": rung.steps if rung.step else None,
                "label": rung.label,
                "notes": list(rung.flags),
                "number": rung.number,
                "counts": rung.kind,
                "comparison": item.evidence.comparison.value if item.evidence.comparison else None,
                "follow_up": rung.follow_up,
            }
        ),
        "who": item.who,
        "harms": item.harms or press.word(unknown),
        "not_known": item.not_known,
        "facts": [_fact(fact) for fact in item.facts],
        "diseases": list(item.about.conditions),
        "therapies": [str(each) for each in item.about.therapies],
        "sources": list(_sources(card)),
        "doi": item.ids.doi,
        "pmid": item.ids.pmid,
        "trial": item.ids.number,
        "paid_by": item.funding,
        "corrects": [_at(of, web)["address"] for of in card.corrects],
    }
    return _filled(own)


def _worded(printed: PrintedItem, layout: Layout) -> Plain:
    """The headline, and the language of all its words where that is not the newsletter's."""
    other = printed.lang != layout.issue.masthead.language
    return {"language": printed.lang if other else None, "headline": printed.headline}


def _filled(values: Plain) -> Plain:
    """Leave out what is not known: nothing stands for it."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _status(card: Card) -> str:
    """Withdrawn, corrected, or as it was printed."""
    if card.withdrawn:
        return "withdrawn"
    return "corrected" if card.notices else "printed"


def _notice(notice: Corrected, web: str) -> Plain:
    """What was said of it since, by the editors or by a later item, which then has a page of its own."""
    words = notice.own.words if notice.own else ()
    return _filled(
        {
            "kind": notice.kind.value,
            "on": notice.on.isoformat(),
            "note": notice.own.note if notice.own else notice.by.headline,
            "words": [{"field": each.field, "was": each.was, "now": each.now} for each in words],
            **_at(notice.by, web),
        }
    )


def _at(printed: PrintedItem, web: str) -> Plain:
    return {"address": f"{web}{printed.address}/"}


def _fact(fact: Fact) -> Plain:
    named = {"value": fact.value, "quote": fact.quote, "formula": fact.derived, "reason": fact.reason}
    return _filled(named | {"shows": fact.shows.value if fact.shows else None, "says": fact.says})


def _sources(card: Card) -> Iterator[Plain]:
    """The source that was read, with its title; of the others their names alone, as on the pages."""
    first: Origin = card.primary
    yield _filled({"name": first.name, "sort": first.tier, "title": first.title, "link": first.link})
    for other in card.also:
        yield _filled({"name": other.name, "sort": other.tier})


def _line(value: Plain) -> str:
    return json.dumps(plain_within(value), ensure_ascii=False)
