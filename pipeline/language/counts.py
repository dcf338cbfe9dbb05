"""How many took part and how long they were followed, as far as a text says it plainly.

Numbers are read by `numbers/`, as the checks read them: the patterns here see digits alone, and a few small words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.language.late import late
from pipeline.language.numbers.pieces import in_digits
from pipeline.language.numbers.spelling import ARTICLES, number_of
from pipeline.language.phrase_list import pack

_CUES = pack(__name__)
_I = re.IGNORECASE
_ARTICLE = "|".join(sorted(ARTICLES - {"ein", "eines"}))
_NUMBER = rf"(?:(?<![\w.,/%<>=~^+-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}})|(?<![\w-])(?:{_ARTICLE}))"
_BETWEEN = r"(?:(?!(?:<not-between>)\b)[a-zäöüß0-9][\w'-]*\.? ){0,4}?"

_COUNT = _CUES.late(
    rf"(?P<n>{_NUMBER})(?: |-(?=(?:patient|person|participant|subject)\b))(?P<between>{_BETWEEN})"
    r"(?:(?P<people><people>)|(?P<animals><animals>))\b(?!-(?:reported|years?))",
    _I,
)
_WERE_TREATED = _CUES.late(rf"(?P<n>{_NUMBER}) (?:were|have been|had been) (?:<given>)\b", _I)
_BOTH_SEXES = _CUES.late(rf"(?P<a>{_NUMBER}) <sex> (?:and|und) (?P<b>{_NUMBER}) <sex>\b", _I)
_EQUALS = late(r"\bn ?= ?(?P<n>\d{1,5})\b", _I)
_OUT_OF = late(
    rf"(?P<part>{_NUMBER}) (?:\(\d+(?:\.\d+)?%\) )?(?:out of|of|von)(?: the| all)? (?P<n>{_NUMBER})"
    r"(?![\w%.,]*\d)(?! ?(?:%|weeks?|months?|years?|wochen|monate))",
    _I,
)
_TREATED = _CUES.late(r"\b<treated>\b", _I)
_SUBSET = _CUES.late(r"^ ?(?:\([^)]{0,30}\) ?)?(?:who |that )?<subset>\b", _I)
_SCREENED = _CUES.late(r"\b<screened>", _I)
_NO_COUNT = _CUES.late(r"(?:\b<no-count>|€|\$|£)\s?$", _I)
_BACKGROUND = _CUES.late(r"^ ?(?:\w+ ){0,3}<background>\b", _I)
_CONTROLS = _CUES.late(r"\b<controls>\b", _I)
_PART_OF_PEOPLE = _CUES.late(r" ?(?:\(|<part-of-people>)", _I)
_NEXT_NUMBER = late(r"\d")
_OF_WHOM = late(r"\b(?:of|von|among)(?: the| all)? $", _I)
_IN_A_YEAR = late(r"\b(?:in|since|during|of|by|seit) $", _I)
_IN = late(r"(?<!one )(?<!\d )\bin $", _I)
_ONE = _CUES.late(
    r"\b(?:<one> (?:(?!with|and)[\w,-]+ ){0,4}?<one-person>\b(?! (?:population|group|cohort|series)))"
    r"|(?<![.\d])\d{1,2}(?:[- ]year[- ]old|-jährige\w*)",
    _I,
)
_AGED = _CUES.late(
    r"(?<![.\d])\d{1,2}(?:[- ]year[- ]old|-jährige\w*),?(?: [\w-]+){0,3} <one-sex>\b"
    r"|\b<one-sex>,? (?:aged |im alter von )?\d{1,2}\b(?! ?%)",
    _I,
)

_UNIT = {"we": "week", "wo": "week", "mo": "month", "ye": "year", "ja": "year", "da": "day", "ta": "day"}
_LENGTH = (
    r"(?P<n{0}>(?:\d{{1,3}}\.\d{{1,2}}|"
    + _NUMBER.replace("{", "{{").replace("}", "}}")
    + r"))(?: ?(?:\+-|±) ?[\d.]+| \([\d.]{{1,5}}\))?[ -](?P<unit{0}><{1}>)\b"
)
_RANGE = (
    r"(?:[ ,]*[(\[](?:range|IQR|Spanne)?[ :,]*(?P<low>\d+(?:\.\d+)?) ?(?:-|to|bis) ?(?P<high>\d+(?:\.\d+)?)"
    r"[^)\]]{0,12}[)\]])?"
)
_MEDIAN = _CUES.late(
    r"\b(?P<kind>median|mean|mittler)(?:e[rsn]?)?\b(?: \((?:SD|IQR|range)\))?(?P<of>(?:[ -]"
    r"(?:<watched>|:)){0,6})[ :,(]{1,3}(?:of |was )?"
    rf"{_LENGTH.format('', 'time-or-days')}(?P<after>{_RANGE})",
    _I,
)
_FOLLOWED = _CUES.late(
    r"(?:(?:follow(?:ed)?[ -]?up|(?:followed|observed)(?= for )|nachbeobacht\w+) "
    rf"(?:<followed-by> ?){{0,4}}{_LENGTH.format('', 'time-or-days')}"
    rf"|{_LENGTH.format('2', 'time-or-days')}(?: of| lang)?[ -](?:follow-?up|nachbeobacht))",
    _I,
)
_AT = _CUES.late(
    r"(?:\b(?:week|month|year|woche|monat) (?P<at>\d{1,3})\b|"
    rf"\b<within> (?:the |more than |over |up to )?{_LENGTH.format('', 'time')}|"
    rf"{_LENGTH.format('3', 'time')}(?= <what-follows>\b))",
    _I,
)
_NO_FOLLOW_UP = _CUES.late(r"\b<no-follow-up>\W*$", _I)
_BEFORE = _CUES.late(r"^\W*<before>", _I)
_FOLLOWING = _CUES.late(r"\b<following>", _I)
_UNTIL = _CUES.late(r"\b<until>", _I)
_UNTIL_BEFORE = _CUES.late(r"\b<until>(?: \w+){0,3} ?$", _I)
_AFTER_TREATMENT = _CUES.late(r"^[^.]{0,6}\b<after-treatment>\b", _I)
_UP_TO = _CUES.late(r"\b<up-to> ?$", _I)
_AT_LEAST = _CUES.late(r"\b<at-least> ?$", _I)
_INTENDED = _CUES.late("<intended>", _I)
_CENTRE = {"median": "median", "mean": "mean", "mittler": "mean"}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of participants with the words that told it."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    words: str
    start: int
    weight: int
    animals: bool


def participants(title: str, rest: str, *, animals: bool = False) -> Counted | None:
    """Count who took part, the number treated or enrolled preferred; None unless a text says so plainly.

    `animals` counts animals instead of people.
    """
    best: _Candidate | None = None
    for part, bonus in ((title, 1), (rest, 0)):
        plain, moved = in_digits(part)
        for candidate in _candidates(plain):
            if candidate.animals != animals:
                continue
            weight = candidate.weight + bonus
            # Of equals the larger number is the whole, the smaller a part of it; the first wins a tie.
            if best is None or (weight, candidate.number) > (best.weight, best.number):
                best = replace(candidate, weight=weight, words=_as_written(part, candidate, moved))
    return Counted(best.number, best.words) if best is not None and best.weight >= 0 else None


def one_person(text: str) -> str:
    """Return the words that tell of a single person, or ""."""
    found = _ONE.search(text)
    return found.group() if found else ""


def one_aged(text: str) -> str:
    """Return the words that give one person's age and sex, or "" where nobody or several are described so."""
    found = [each.group() for each in _AGED.finditer(text)]
    return found[0] if len(found) == 1 else ""


def follow_up(text: str) -> str | None:
    """Say how long people were followed: "median 9 months (range 4-14)", "24 weeks"; None where it is not said."""
    text, _ = in_digits(text)
    for found in _MEDIAN.finditer(text):
        length = _length(found["n"], found["unit"])
        if length and _is_watching(text, found):
            limits = f" (range {found['low']}-{found['high']})" if found["low"] else ""
            return f"{_CENTRE[found['kind'].lower()]} {length}{limits}"
    followed: list[tuple[float, str]] = []
    for found in _FOLLOWED.finditer(text):
        if not _INTENDED.search(text[max(0, found.start() - 30) : found.end() + 30]):
            number, unit = ("n", "unit") if found["n"] else ("n2", "unit2")
            followed += _lengths(found[number], found[unit], _limit(text, found, number))
    times = followed or [(days, length) for days, length in _times(text) if days <= 3650]
    return max(times, key=lambda t: t[0])[1] if times else None


def _is_watching(text: str, found: re.Match[str]) -> bool:
    """Whether a median is of the time people were watched, and not of the time until something happened to them."""
    near = text[max(0, found.start() - 60) : found.start()], text[found.end() : found.end() + 40]
    if _FOLLOWING.search(found["of"]):
        return True
    if _UNTIL.search(near[0].rsplit(". ", 1)[-1]) or _UNTIL.search(near[1].split(". ", 1)[0]):
        return False
    return bool(_FOLLOWING.search(near[0]) or _FOLLOWING.search(near[1]) or _AFTER_TREATMENT.search(near[1]))


def _limit(text: str, found: re.Match[str], number: str) -> str:
    """The "up to " or "at least " right before a length, or ""."""
    before = text[max(0, found.start(number) - 24) : found.start(number)]
    if _UP_TO.search(before):
        return "up to "
    return "at least " if _AT_LEAST.search(before) else ""


def _lengths(number: str, unit: str, limit: str) -> Iterator[tuple[float, str]]:
    """A length in days, for comparing, and in words."""
    if length := _length(number, unit):
        value, name = length.split(" ")
        yield float(value) * _DAYS[name.rstrip("s")], f"{limit}{length}"


def _as_written(text: str, candidate: _Candidate, moved: tuple[tuple[int, int, int], ...]) -> str:
    """The words of a candidate as the text has them, before numbers were written in digits."""
    start, end = candidate.start, candidate.start + len(candidate.words)
    before = sum(shrank for _, at, shrank in moved if at <= start)
    return text[start + before : end + sum(shrank for _, at, shrank in moved if at <= end)]


def _candidates(text: str) -> Iterator[_Candidate]:
    for found in _COUNT.finditer(text):
        n = _number(found["n"])
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 60]
        if (
            n is None
            or n == 0
            or (n >= 1_000_000 and "," not in found["n"])
            or (1900 < n < 2100 and "," not in found["n"] and _IN_A_YEAR.search(before))
            or (_NO_COUNT.search(before) and not _IN.search(before))
            or _BACKGROUND.search(after)
        ):
            continue
        if n == 1 and found["n"] != "1":
            continue
        yield _Candidate(n, found.group(), found.start(), _weight(found, before, after), bool(found["animals"]))
    for found in _WERE_TREATED.finditer(text):
        if n := _number(found["n"]):
            yield _Candidate(n, found.group(), found.start(), 3, animals=False)
    for found in _BOTH_SEXES.finditer(text):
        women, men = _number(found["a"]), _number(found["b"])
        if women and men:
            yield _Candidate(women + men, found.group(), found.start(), 3, animals=False)
    for found in _EQUALS.finditer(text):
        if n := int(found["n"]):
            yield _Candidate(n, found.group(), found.start(), 1, animals=False)
    for found in _OUT_OF.finditer(text):
        part, n = _number(found["part"]), _number(found["n"])
        if part is not None and n is not None and n > 1 and part <= n and _PART_OF_PEOPLE.match(text, found.end()):
            yield _Candidate(n, found.group(), found.start(), 1, animals=False)


def _number(word: str) -> int | None:
    return 1 if word.lower() in ARTICLES else number_of(word)


def _weight(found: re.Match[str], before: str, after: str) -> int:
    weight = 2 if found.group()[len(found["n"])] == "-" else 0
    # What stands behind the next number is said of that one.
    own = _NEXT_NUMBER.split(after[:30], maxsplit=1)[0]
    if _TREATED.search(before[-25:]) or _TREATED.search(own) or _TREATED.search(found["between"]):
        weight += 3
    if _SUBSET.search(after):
        weight -= 4
    if _SCREENED.search(found["between"] + after[:24]):
        weight -= 6
    if _CONTROLS.search(found["between"]):
        weight -= 3
    if _OF_WHOM.search(before):
        weight += 1
    n = _number(found["n"])
    return weight - 3 if n == 1 else weight


def _length(number: str, unit: str) -> str | None:
    """Say a duration in English: ("Zwölf", "Monate") -> "12 months"."""
    value = number if "." in number else _number(number)
    name = _UNIT[unit[:2].lower()]
    return None if value is None else f"{value} {name}{'' if value == 1 else 's'}"


def _times(text: str) -> Iterator[tuple[float, str]]:
    for found in _AT.finditer(text):
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 30]
        if _NO_FOLLOW_UP.search(before[-24:]) or _BEFORE.search(after) or _UNTIL_BEFORE.search(before):
            continue
        if found["at"]:
            number, unit = found["at"], found.group().split()[0]
        else:
            number, unit = found["n"] or found["n3"], found["unit"] or found["unit3"]
        limit = _limit(text, found, "n" if found["n"] else "n3") if not found["at"] else ""
        yield from _lengths(number, unit, limit)
