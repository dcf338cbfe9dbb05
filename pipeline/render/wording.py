"""The filters of templates that put words together, in the language that our sentences are said in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from pipeline.language.catalog import SOURCE, Catalog, base
from pipeline.render.countries import country_names
from pipeline.render.dates import days_in
from pipeline.render.direction import direction
from pipeline.render.environment import escaped
from pipeline.render.glossary_links import heading
from pipeline.text import clip

_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Czech Republic", "Russian Federation", "Dominican Republic")
_SPAN = re.compile(r"(\d+) (year|month|week|day)s?", re.ASCII | re.IGNORECASE)
_EVENTS = re.compile(r"([^|]+): serious (\d+(?: of \d+)?|not reported), deaths (\d+(?: of \d+)?|not reported)")
"""The events of a group as `ArmEvents` writes them into a record."""
_MOST, _SHOWN = 7, 6
"""How long a list may be, and how much of a longer one is named."""


def filters_in(catalog: Catalog, language: str) -> dict[str, Callable[..., Any]]:
    """Make the filters for pages in a language, on which our own sentences are those of a catalog."""
    days, named = days_in(catalog.language), country_names(catalog.language)
    attributes = cache(partial(_attributes, language))

    def said_with(quoted: str) -> Callable[[Sequence[str]], str]:
        return lambda parts: listed(catalog, [quoted % {"words": clip(part, 160)} for part in parts])

    return {
        "day": days,
        "month": days,
        "month_of": days,
        "said": catalog.said,
        "many": lambda forms, n: forms[min(catalog.form(n), len(forms) - 1)],
        "listed": lambda parts: listed(catalog, parts),
        "either": lambda parts: either(catalog, parts),
        "countries": lambda parts: [named(part) for part in parts],
        "lands": lambda parts: listed(catalog, [_with_article(part, named, catalog) for part in parts]),
        "in_lang": attributes,
        "heading": lambda word: heading(word, language),
        "own_name": _own_name,
        "spoken": pass_context(lambda context, words, code: _spoken(context, words, attributes(code))),
        "events": lambda text: _EVENTS.sub(partial(_events, catalog), text),
        "spans": lambda text: _spans(catalog, text),
        "quotes": said_with(catalog.said("“%(words)s”")),
    }


@cache
def _own_name(language: str) -> str:
    """What a language calls itself: "Deutsch"; its code where nobody knows."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  only a newsletter with translations asks

    try:
        name = Locale.parse(language, sep="-").display_name or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def _attributes(language: str, code: str | None, name: str = "lang") -> Markup:
    """Say of an element which language its words are in, and which way that runs; nothing where it is the page's."""
    if not code or base(code) == base(language):
        return Markup()
    way = direction(code)
    return Markup(' {}="{}"').format(name, code) + (
        Markup(' dir="{}"').format(way) if way != direction(language) else ""
    )


def _spoken(context: Context, words: str, attributes: Markup) -> str:
    """Set words apart that are in another language than those around them."""
    if not (attributes and words):
        return words
    return Markup("<span{}>{}</span>").format(
        attributes, words if isinstance(words, Markup) else escaped(context, words)
    )


def listed(catalog: Catalog, parts: Sequence[str]) -> str:
    """Say a list as a sentence does; a long one as its first six and how many more."""
    if len(parts) > _MOST:
        some, n = ", ".join(parts[:_SHOWN]), len(parts) - _SHOWN
        return catalog.said("%(some)s and %(n)s more") % {"some": some, "n": n}
    return _joined(catalog.said("%(some)s and %(last)s"), parts)


def either(catalog: Catalog, parts: Sequence[str]) -> str:
    """Say a list of which one thing holds."""
    if len(parts) > _MOST:
        some, n = ", ".join(parts[:_SHOWN]), len(parts) - _SHOWN
        return catalog.said("%(some)s or %(n)s more") % {"some": some, "n": n}
    return _joined(catalog.said("%(some)s or %(last)s"), parts)


def _joined(pattern: str, parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return pattern % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


def _with_article(name: str, named: Callable[[str], str], catalog: Catalog) -> str:
    if catalog.language != SOURCE:
        return named(name)
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else name


def _spans(catalog: Catalog, text: str) -> str:
    """Say lengths of time, and ages, that a registry or a source gave: "18 years to 75 years"."""
    if catalog.language == SOURCE:
        return text
    forms = {
        "year": catalog.forms("%(n)s year", "%(n)s years"),
        "month": catalog.forms("%(n)s month", "%(n)s months"),
        "week": catalog.forms("%(n)s week", "%(n)s weeks"),
        "day": catalog.forms("%(n)s day", "%(n)s days"),
    }
    patterns = {
        "%(time)s (range %(range)s)": catalog.said("%(time)s (range %(range)s)"),
        "median %(time)s": catalog.said("median %(time)s"),
        "%(low)s to %(high)s": catalog.said("%(low)s to %(high)s"),
        "%(low)s and older": catalog.said("%(low)s and older"),
        "up to %(high)s": catalog.said("up to %(high)s"),
    }
    for english, said in patterns.items():
        found = re.fullmatch(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(english)), text)
        if found:
            return said % {name: _spans(catalog, each) for name, each in found.groupdict().items()}
    found = _SPAN.fullmatch(text.strip())
    return forms[found[2].lower()][catalog.form(int(found[1]))] % {"n": found[1]} if found else text


def _events(catalog: Catalog, found: re.Match[str]) -> str:
    """Say how many of a group had a serious event and how many died."""

    def counted(text: str) -> str:
        some, _, total = text.partition(" of ")
        return catalog.said("%(some)s of %(all)s") % {"some": some, "all": total} if total else catalog.said(text)

    said = catalog.said("%(group)s: serious %(serious)s, deaths %(deaths)s")
    return said % {"group": found[1], "serious": counted(found[2]), "deaths": counted(found[3])}
