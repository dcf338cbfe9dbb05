"""Where and for which disease: the countries and the diseases that words name, whatever they call them.

An approval holds in one country, or one union of countries, for one disease. To hold a sentence against a notice, "the
FDA", "American" and "the US" must be one place, and "SLE" must be lupus, but lupus no lupus nephritis.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.conditions import GENERIC
from pipeline.language.normalise import fold
from pipeline.language.reading.syllables import known
from pipeline.language.terms import Country, Disease, Terms, either, in_prose, named_in_prose
from pipeline.language.terms import terms as shipped_terms


@dataclass(frozen=True, slots=True)
class Named:
    """A place or a disease: one key for all its names, and the words it is named by here."""

    key: str
    words: str


_IN = re.compile(
    r"\b(?:in|across|throughout|within) (?:the |all of |most of |parts of |"
    r"the whole of )*(?P<name>[A-ZÄÖÜ][a-zäöüéè]+(?:[ -][A-ZÄÖÜ][a-zäöüéè]+)*)"
    r"(?P<more>(?:, [A-ZÄÖÜ][a-zäöüéè]+)*(?:,? and (?:in )?(?:the )?[A-ZÄÖÜ][a-zäöüéè]+)?)"
)
_CAPITAL = re.compile(r"[A-ZÄÖÜ][a-zäöüéè]+(?:[ -][A-ZÄÖÜ][a-zäöüéè]+)*")
_RULER = re.compile(
    r"(?P<names>[A-ZÄÖÜ][a-zäöüéè]{3,}(?:(?:,|,? and)? [A-ZÄÖÜ][a-zäöüéè]{3,})*)(?:'s (?:[\w-]+ ){1,3}|"
    r",)? ?(?:(?:has|have|had|now|then|just|also|already|first|newly) )*$"
)
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Phase|Part|Week|Day|"
    r"Month|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Spring|Summer|Autumn|Winter|"
    r"People|Adults|Children)\b"
)
_ADJECTIVE = "(?:severe |refractory |active |systemic |autoimmune )"
_OF_ANY_FIELD = (
    r"\b(?i:(?!diagnos|prognos|leuk|acad)[a-z]{3,}(?:itis|osis|pathy|penia|a?emia|trophy)|"
    r"autism|asthma|parkinson'?s?|alzheimer'?s?|epilepsy|stroke|dementia)\b|"
    r"\b(?<!other )(?i:auto-?immune? (?:diseases|disorders|conditions|illnesses)|all auto-?immune? \w+)"
)
_ADJECTIVES = re.compile(r"^(?:severe |refractory |active |autoimmune )+(?=\w)")


def places(text: str, *, ruler: str = "", terms: Terms | None = None) -> tuple[Named, ...]:
    """Name the countries of a text; `ruler` are words before "has approved", whose subject may be a country."""
    text, ruler = fold(text).text, fold(ruler).text
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
    for each in _illness(terms).finditer(fold(text).text):
        found.setdefault(_disease(each.group(), terms), each.group())
    return tuple(Named(key, words) for key, words in found.items())


def borne_out(place: Named, notice: str, terms: Terms | None = None) -> bool:
    """Whether a notice speaks of this place, or of the union it belongs to."""
    terms = terms or shipped_terms()
    held = {each.key for each in places(notice, terms=terms)}
    unions = {each.union for each in terms.places if place.key == each.key and each.union}
    if place.key in held or unions & held:
        return True
    told = rf"\b{re.escape(place.key)}\b"
    return place.key not in _rulers_over(terms) and re.search(told, fold(notice).text) is not None


@lru_cache(maxsize=8)
def _rulers_over(terms: Terms) -> dict[str, re.Pattern[str]]:
    """The places that have words of their own, wherever they stand: those whose regulators are told of."""
    return {place.key: _by_name(place) for place in terms.places if place.spellings}


def _by_name(place: Country) -> re.Pattern[str]:
    capitals = rf"|(?<![\w.])(?:{either(place.capitals)})(?!\w)" if place.capitals else ""
    return re.compile(rf"\b(?i:{either(place.spellings)})\b{capitals}")


def _within(text: str) -> list[str]:
    return [
        name
        for found in _IN.finditer(text)
        for name in _CAPITAL.findall(f"{found['name']} | {found['more']}")
        if not _NO_PLACE.match(name) and not _illness(shipped_terms()).match(name)
    ]


def _rulers(before: str) -> list[str]:
    """The subjects of "has approved" that are no words of the dictionary: "Insurers" and "Regulators" are no countries."""
    found = _RULER.search(before)
    names = re.findall(r"\w+", found["names"]) if found else []
    return [name for name in names if name[0].isupper() and not known(name.lower()) and not _NO_PLACE.match(name)]


@lru_cache(maxsize=8)
def _illness(terms: Terms) -> re.Pattern[str]:
    """A disease by its name, one of any field, or autoimmune diseases in general; short forms in their capitals."""
    shorts = either(tuple(s for d in terms.diseases for s in (*d.capitals, *d.company)))
    return re.compile(
        rf"\b(?i:{_ADJECTIVE}?(?:{named_in_prose(terms)}))(?!\w)|\b(?:{_ADJECTIVE}?(?:{shorts}))(?!\w)|{_OF_ANY_FIELD}"
    )


@lru_cache(maxsize=8)
def _known(terms: Terms) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each form, then each disease, by all it is called."""
    forms = ((form, re.compile(form)) for d in terms.diseases for form in d.forms)
    return (*forms, *((d.key, re.compile(_all_names(d))) for d in terms.diseases))


def _all_names(disease: Disease) -> str:
    shorts = either((*disease.capitals, *disease.company))
    return f"(?i:{in_prose(disease)})" + (rf"|\b(?:{shorts})\b" if shorts else "")


def _disease(words: str, terms: Terms) -> str:
    known = next((key for key, pattern in _known(terms) if pattern.search(words)), None)
    if known is not None:
        return known
    lower = words.lower()
    return GENERIC if re.search("auto-?immun", lower) else _ADJECTIVES.sub("", lower).replace("-", " ")
