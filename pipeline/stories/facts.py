"""What an entry says that another of its story would not say otherwise: trial, phase, disease, patient, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.language.late import late
from pipeline.language.mentions import Mentions
from pipeline.language.numbers.pieces import in_digits
from pipeline.language.products import products_in
from pipeline.model.names import Population
from pipeline.model.story import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What must agree, as far as both tell it, before two entries without a shared id are one story.

    `phases` and `spans` (in months) stand in the title, `ages` are those of single patients, `groups` numbers of
    people, `shares` the "7 of 9"s, `notice` what kind of reply or correction the title says it is.
    """

    nct_numbers: frozenset[str]
    phases: frozenset[str]
    conditions: frozenset[str]
    therapies: frozenset[str]
    population: Population | None
    ages: frozenset[int]
    groups: frozenset[int]
    shares: frozenset[tuple[int, int]]
    spans: frozenset[float]
    products: frozenset[str]
    notice: str


def facts(judged: Judged, title: str, summary: str) -> Facts:
    """Read an entry's facts from its verdict and its comparable words."""
    entry, about = judged.entry, judged.verdict.about
    title = in_digits(title)[0]
    text = f"{title}. {in_digits(summary)[0]}"
    shares = frozenset(_shares(text))
    return Facts(
        nct_numbers=frozenset(n.upper() for n in (*entry.nct_numbers, *filter(None, (entry.ids.number,)))),
        phases=frozenset(_phase(p) for p in _PHASE.findall(title)),
        conditions=frozenset(about.conditions or _named(judged)),
        therapies=frozenset(about.therapies),
        population=about.population,
        ages=frozenset(int(n) for n in (*_AGE.findall(text), *_AGED.findall(text))),
        groups=frozenset(map(int, _GROUP.findall(text))) | {whole for _, whole in shares},
        shares=shares,
        spans=frozenset(round(int(n) * _MONTHS[unit.lower()], 1) for n, unit in _SPAN.findall(title)),
        products=frozenset(key for key, _, _, _ in products_in(text)),
        notice="retract" if entry.retracts else _notice(title),
    )


def _named(judged: Judged) -> Iterator[str]:
    """The diseases that a title names, where triage did not come to them."""
    return iter(Mentions.of(replace(judged.entry, summary="")).diseases.ours)


def same_product(one: str, other: str) -> bool:
    """Whether two product names are one: equal, or a short form beside its full name (luma-cel, lumaricabtagene)."""
    short, long = sorted((one, other), key=len)
    return one == other or (short.endswith("-cel") and not long.endswith("-cel") and long.startswith(short[:-4]))


_I = re.IGNORECASE
_PHASE = re.compile(r"phase[- ]?((?:[1-4]|i{1,3}|iv)[ab]?(?: ?[/–-] ?(?:[1-4]|i{1,3}|iv)[ab]?)?)\b", _I)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
# A pattern that begins with a digit lets the engine skip to the next digit: the look back comes second.
_NUMBER = r"(\d(?<![\w.,]\d)\d{0,3})"
_AGE = re.compile(r"(\d(?<!\w\d)\d?)[- ]?(?:years?[- ]old|jährige)", _I)
_AGED = re.compile(r"aged? (\d{1,2})\b(?! ?(?:to|and|or|-))", _I)
_NO_GROUP = r"(?!years?\b|weeks?\b|months?\b|days?\b|jährig)"
_PEOPLE = (
    "adults? patients? participants? people persons? children women men subjects individuals volunteers "
    r"erwachsene\w* patient(?:innen|en) personen betroffene\w* kinder menschen"
).replace(" ", "|")
_GROUP = late(rf"{_NUMBER}[ -]{_NO_GROUP}(?:[a-zäöüß][\w'-]* ){{0,3}}?(?:{_PEOPLE})\b", _I)
_SHARE = re.compile(
    rf"{_NUMBER}(?: (?:\(\d+%\) )?(?:of|out of|von)(?: the| all)? (\d{{1,4}})\b(?!%)|/(\d{{1,3}})\b)", _I
)
_SPAN = re.compile(rf"{_NUMBER}[ -](week|month|year|woche|monat|jahr)(?!s?[- ]old)", _I)
_MONTHS = {"week": 12 / 52, "woche": 12 / 52, "month": 1.0, "monat": 1.0, "year": 12.0, "jahr": 12.0}
_REPLY = (
    (
        "correction corrigendum erratum addendum expression.of.concern editorial comment reply response letter "
        "withdrawn withdrawal"
    )
    .replace(" ", "|")
    .replace(".", " ")
)
_NOTICE = late(
    rf"^\W*(?:[\w-]+ ){{0,6}}?(retract(?:s|ed|ion)?\b)|^\W*(?:(?:author|publisher|editor)(?:ial)?(?:'s)? )?({_REPLY})"
    r"(?= ?(?:[:.\]-]|$)| (?:to|for|on|of|notice|regarding)\b)",
    _I,
)


def _shares(text: str) -> list[tuple[int, int]]:
    found = [(int(part), int(of or slash)) for part, of, slash in _SHARE.findall(text)]
    return [(part, whole) for part, whole in found if part <= whole]


def _phase(words: str) -> str:
    """Write a phase in one way: "IIb/III" is "2/3"."""
    return "/".join(_ROMAN.get(p, p) for p in re.findall(r"[1-4]|iv|i{1,3}", words.lower()))


def _notice(title: str) -> str:
    said = _NOTICE.search(title)
    if said is None:
        return ""
    return "retract" if said[1] else said[2].lower()
