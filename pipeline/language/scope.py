"""Where and for which disease: the countries and the diseases that words name, whatever they call them.

An approval holds in one country, or one union of countries, for one disease. To hold a sentence against a notice, "the
FDA", "American" and "the US" must be one place, and "SLE" must be lupus, but lupus no lupus nephritis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.late import late
from pipeline.language.normalise import normalise
from pipeline.language.noun import Noun, letters, searching
from pipeline.language.phrase_list import pack
from pipeline.language.reading.syllables import known
from pipeline.language.terms import GENERIC, Country, Disease, Terms, either, in_prose, named_in_prose
from pipeline.language.terms import terms as shipped_terms


class Named(NamedTuple):
    """A place or a disease: one key for all its names, and the words it is named by here."""

    key: str
    words: str


_CUES = pack(__name__)
_NAME = "[A-ZÄÖÜ][a-zäöüéè]+"
_IN = late(
    r"\b(?:in|across|throughout|within) (?:the |all of |most of |parts of |the whole of )*"
    rf"(?P<name>{_NAME}(?:[ -]{_NAME})*)(?P<more>(?:, {_NAME})*(?:,? and (?:in )?(?:the )?{_NAME})?)"
)
_NAMES = late(rf"{_NAME}(?:[ -]{_NAME})*")
_RULER_NAME = "[A-ZÄÖÜ][a-zäöüéè]{3,}"
_RULER = _CUES.late(rf"(?P<names>{_RULER_NAME}((,|,? and)? {_RULER_NAME})*)('s ([\w-]+ ){{1,3}}|,)? ?(<just> )*$")
_NO_PLACE = _CUES.late(r"<no-place>\b")
_ADJECTIVES = late(r"^(?:severe |refractory |active |autoimmune )+(?=\w)")


def places(text: str, *, ruler: str = "", terms: Terms | None = None) -> tuple[Named, ...]:
    """Name the countries of a text; `ruler` are words before "has approved", whose subject may be a country."""
    text, ruler = normalise(text).text, normalise(ruler).text
    known = _rulers_over(terms or shipped_terms())
    found = {key: m.group() for key, each in known.items() if (m := each.search(f"{text} | {ruler}"))}
    for name in (*_within(text), *_rulers(ruler)):
        if not any(each.search(name) for each in known.values()):
            found.setdefault(name, name)
    return tuple(Named(key, words) for key, words in found.items())


def diseases(text: str, terms: Terms | None = None) -> tuple[Named, ...]:
    """Name the diseases of a text."""
    terms = terms or shipped_terms()
    found: dict[str, str] = {}
    for each in _illness(terms).finditer(normalise(text).text):
        found.setdefault(_disease(each.group(), terms), each.group())
    return tuple(Named(key, words) for key, words in found.items())


def borne_out(place: Named, notice: str, terms: Terms | None = None) -> bool:
    """Whether a notice speaks of this place, or of the union it belongs to."""
    terms = terms or shipped_terms()
    held = {each.key for each in places(notice, terms=terms)}
    unions = {each.union for each in terms.places if place.key == each.key and each.union}
    if place.key in held or unions & held:
        return True
    by_name = rf"\b{re.escape(place.key)}\b"
    return place.key not in _rulers_over(terms) and re.search(by_name, normalise(notice).text) is not None


class _Name:
    """What something is called, looked for only in a text that holds letters of one of its spellings."""

    def __init__(self, pattern: str | Callable[[], str], spellings: Iterable[str]) -> None:
        self._pattern = late(pattern)
        self._letters = frozenset().union(*map(letters, spellings))

    def search(self, text: str) -> re.Match[str] | None:
        small = text.lower()
        return self._pattern.search(text) if any(each in small for each in self._letters) else None


@lru_cache(maxsize=8)
def _rulers_over(terms: Terms) -> dict[str, _Name]:
    """The places that have words of their own, wherever they stand: those whose regulators are told of."""
    return {place.key: _by_name(place) for place in terms.places if place.spellings}


def _by_name(place: Country) -> _Name:
    def pattern() -> str:
        capitals = rf"|(?<![\w.])(?:{either(place.capitals)})(?!\w)" if place.capitals else ""
        return rf"\b(?i:{either(place.spellings)})\b{capitals}"

    return _Name(pattern, (*place.spellings, *place.capitals))


def _within(text: str) -> list[str]:
    return [
        name
        for found in _IN.finditer(text)
        for name in _NAMES.findall(f"{found['name']} | {found['more']}")
        if not _NO_PLACE.match(name) and not _illness(shipped_terms()).match(name)
    ]


def _rulers(before: str) -> list[str]:
    """The subjects of "has approved"; "Insurers" and "Regulators" are words of the dictionary, and no countries."""
    found = _RULER.search(before)
    names = re.findall(r"\w+", found["names"]) if found else []
    return [name for name in names if name[0].isupper() and not known(name.lower()) and not _NO_PLACE.match(name)]


@lru_cache(maxsize=8)
def _illness(terms: Terms) -> re.Pattern[str]:
    """A disease by its name, one of any field, or autoimmune diseases in general; short forms in their capitals."""
    shorts = either(tuple(s for d in terms.diseases for s in (*d.capitals, *d.company)))
    before, field, general = map(_CUES.pattern, ("<adjective>", "<of-any-field>", "<in-general>"))
    return searching(
        rf"\b(?i:(?:{before} )?(?:{{named}}))(?!\w)|\b(?:(?:{before} )?(?:{shorts}))(?!\w)|"
        rf"\b(?i:{field})\b|\b(?<!other )(?i:{general})",
        {"named": Noun(lambda keep: named_in_prose(terms, keep))},
    )


@lru_cache(maxsize=8)
def _known(terms: Terms) -> tuple[tuple[str, _Name], ...]:
    """Each form, then each disease, by all it is called."""
    forms = ((form, _Name(form, (form,))) for d in terms.diseases for form in d.forms)
    return (*forms, *((d.key, _by_any_name(d)) for d in terms.diseases))


def _by_any_name(disease: Disease) -> _Name:
    shorts = (*disease.capitals, *disease.company)

    def pattern() -> str:
        return f"(?i:{in_prose(disease)})" + (rf"|\b(?:{either(shorts)})\b" if shorts else "")

    return _Name(pattern, (*disease.spellings, *disease.loose, disease.key, *shorts))


def _disease(words: str, terms: Terms) -> str:
    known = next((key for key, pattern in _known(terms) if pattern.search(words)), None)
    if known is not None:
        return known
    lower = words.lower()
    return GENERIC if re.search("auto-?immun", lower) else _ADJECTIVES.sub("", lower).replace("-", " ")
