"""How many took part and how long they were followed, as far as a text says it plainly.

Numbers are read by `numbers/`, as the checks read them: the patterns here see digits alone, and a few small words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.language.numbers.pieces import in_digits
from pipeline.language.numbers.spelling import number_of

# "One in 12" and "eine Woche" keep their word; everything else in words has become digits.
_NUMBER = r"(?:(?<![\w.,/%<>=~^+-])(?:\d{1,3}(?:,\d{3})+|\d{1,5})|(?<![\w-])(?:one|elf|eine[rmn]?))"

_PEOPLE = (
    r"(?:adults|patients?|participants?|people|persons?|children|women|woman|men|man|subjects?|individuals?|volunteers?|adolescents|girls?|boys?|recipients"
    r"|erwachsene\w*|patient(?:innen|en)|personen|person|betroffene\w*|teilnehmende\w*|teilnehmer\w*|kinder|menschen|probanden)"
)
_ANIMALS = r"(?:mice|mouse|rats?|macaques?|monkeys|primates|dogs|pigs|animals|mäusen?|ratten|tieren?)"
# Words between number and noun that keep the sense: "12 evaluable adult patients", "24 lupus-prone mice".
_BETWEEN = r"(?:(?!(?:of|and|or|to|in|with|weeks?|months?|years?|days?|hours?|und|von|mit|trials?|studies|cent(?:er|re)s|sites|doses?|mg|ml|x|percent|out)\b)[a-zäöüß0-9][\w'-]*\.? ){0,4}?"

_COUNT = re.compile(
    rf"(?P<n>{_NUMBER})(?: |-(?=(?:patient|person|participant|subject)\b))(?P<between>{_BETWEEN})(?:(?P<people>{_PEOPLE})|(?P<animals>{_ANIMALS}))\b(?!-(?:reported|years?))",
    re.IGNORECASE,
)
_WERE_TREATED = re.compile(
    rf"(?P<n>{_NUMBER}) (?:were|have been|had been) (?:treated|enrolled|randomi[sz]ed|infused|dosed)\b", re.IGNORECASE
)
_SEX = r"(?:women|men|females?|males?|girls|boys|frauen|männer)"
_BOTH_SEXES = re.compile(rf"(?P<a>{_NUMBER}) {_SEX} (?:and|und) (?P<b>{_NUMBER}) {_SEX}\b", re.IGNORECASE)
_EQUALS = re.compile(r"\bn ?= ?(?P<n>\d{1,5})\b", re.IGNORECASE)
_OUT_OF = re.compile(
    rf"(?P<part>{_NUMBER}) (?:\(\d+(?:\.\d+)?%\) )?(?:out of|of|von)(?: the| all)? (?P<n>{_NUMBER})(?![\w%.,]*\d)(?! ?(?:%|weeks?|months?|years?|wochen|monate))",
    re.IGNORECASE,
)

_TREATED = re.compile(
    r"\b(?:treated|enrolled|randomi[sz]ed|recruited|received|infused|dosed|included|underwent|were given|completed|study of|trial of|series of|cohort of|analy[sz]ed"
    r"|involv\w+|behandelt\w*|eingeschlossen|erhielten|randomisiert\w*|nachbeobachtet\w*|followed up)\b",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"^ ?(?:\([^)]{0,30}\) ?)?(?:who |that )?(?:had|has|have had|develop\w+|experienc\w+|relaps\w+|died|discontinu\w+|withdr\w+|need\w+|reported|showed|achiev\w+|met|responded|remained|required|erlitt\w*|hatte\w*|starb\w*)\b",
    re.IGNORECASE,
)
_NOT_A_COUNT = re.compile(
    r"(?:\b(?:phase|type|grade|class|week|weeks|month|day|stage|level|aged?|over|under|than|year|factor|version|step|group|arm|dose|woche|monat|phase|alter|per|every|each|in"
    r"|affect(?:s|ing)?|since|nearly one in|one in|top|another|other|only|just)|€|\$|£)\s?$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"^ ?(?:\w+ ){0,3}(?:live|living|worldwide|globally|in the (?:us|uk|world|united)|suffer\w*|are affected|have (?:lupus|the disease|ms)|weltweit|leben)\b",
    re.IGNORECASE,
)
_CONTROLS = re.compile(
    r"\b(?:untreated|control|controls|placebo|healthy|unbehandelt\w*|gesunde\w*|other|another|further|additional|first|evaluable|remaining|auswertbar\w*)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:(?:an?|one|single|eine[rmn]?|ein) (?:(?!with|and)[\w,-]+ ){0,4}?(?:patient(?:in)?|woman|man|girl|boy|case|child|adolescent|person|frau|mann|adult|teenager|mother)\b(?! (?:population|group|cohort|series)))"
    r"|(?<![.\d])\d{1,2}-(?:year-old|jährige\w*)",
    re.IGNORECASE,
)

_UNIT = {
    "week": "week",
    "woche": "week",
    "month": "month",
    "monat": "month",
    "year": "year",
    "jahr": "year",
    "day": "day",
    "tag": "day",
}
_DURATION = rf"(?P<n>{_NUMBER}|\d{{1,3}}\.\d)[ -](?P<unit>weeks?|months?|years?|wochen?|monaten?|monat|jahren?|jahr)\b"
_LONG_OR_DAYS = _DURATION.replace("weeks?|", "weeks?|days?|tagen?|tage|")
_RANGE = r"(?:[ ,]*[(\[](?:range|IQR|Spanne)?[ :,]*(?P<low>\d+(?:\.\d+)?) ?(?:-|to|bis) ?(?P<high>\d+(?:\.\d+)?)[^)\]]{0,12}[)\]])?"
_MEDIAN = re.compile(
    rf"\b(?P<kind>median|mean)\b(?:e[rsn]?)?(?:[ -](?:follow[- ]?up|observation|nachbeobachtung\w*|duration|time|of|was|period|beträgt|betrug|von|:)){{0,6}}[ :,(]{{1,3}}(?:of |was )?{_LONG_OR_DAYS}(?P<after>{_RANGE})",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    rf"(?:follow(?:ed)?[ -]?up (?:(?:of|was|for|to|at|period|time|data|over|up to|through|by) ?){{0,4}}{_LONG_OR_DAYS}"
    rf"|{_LONG_OR_DAYS.replace('?P<n>', '?P<n2>').replace('?P<unit>', '?P<unit2>')}(?: of)?[ -]follow-?up)",
    re.IGNORECASE,
)
_AT = re.compile(
    rf"(?:\b(?:week|month|year|woche|monat) (?P<at>\d{{1,3}})\b|\b(?:at|after|over|within|for|through|to|nach|über|seit) (?:the |more than |over |up to )?{_DURATION}|{_DURATION.replace('?P<n>', '?P<n3>').replace('?P<unit>', '?P<unit3>')}"
    r"(?= (?:after|later|following|post|nach|remission|results?|outcomes?|endpoint|data|study|trial|period)\b))",
    re.IGNORECASE,
)
_NOT_FOLLOW_UP = re.compile(
    r"(?:\b(?:aged?|planned|until|by|every|last|past|previous|prior|for the (?:next|last|past)|up to 15|history)\W*$)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^\W*(?:before|prior|ago|earlier|of age|old|history|vorher|vor der|long[- ]term (?:safety )?(?:study|follow))",
    re.IGNORECASE,
)
_INTENDED = re.compile(r"\bplan(?:ned|s)?\b|\bwill\b|\bgeplant|\bto be\b|\bup to 15\b|\brequired?\b", re.IGNORECASE)
_DAYS = {"week": 7, "month": 30, "year": 365}


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


def follow_up(text: str) -> str | None:
    """Say how long people were followed: "median 9 months (range 4-14)", "24 weeks"; None where it is not said."""
    text, _ = in_digits(text)
    if found := _MEDIAN.search(text):
        length = _length(found["n"], found["unit"])
        if length:
            limits = f" (range {found['low']}-{found['high']})" if found["low"] else ""
            return f"{found['kind'].lower()} {length}{limits}"
    for found in _FOLLOWED.finditer(text):
        if not _INTENDED.search(text[max(0, found.start() - 30) : found.end() + 30]):
            return _length(found["n"] or found["n2"], found["unit"] or found["unit2"])
    times = [(days, length) for days, length in _times(text) if days <= 3650]
    return max(times, key=lambda t: t[0])[1] if times else None


def _as_written(text: str, candidate: _Candidate, moved: list[tuple[int, int, int]]) -> str:
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
            or n > 5000
            or (
                1900 < n < 2100
                and "," not in found["n"]
                and re.search(r"\b(?:in|since|during|of|by|seit) $", before, re.IGNORECASE)
            )
            or (_NOT_A_COUNT.search(before) and not _in_trial(before))
            or _BACKGROUND.search(after)
        ):
            continue
        if n == 1 and found["n"].lower() not in ("1", "one"):
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
        if part is not None and n is not None and n > 1 and part <= n and _ratio_of_people(text, found):
            yield _Candidate(n, found.group(), found.start(), 1, animals=False)


def _number(word: str) -> int | None:
    return 1 if word.lower() in ("eine", "einer", "einem", "einen") else number_of(word)


def _in_trial(before: str) -> bool:
    """Tell "in 12 patients" from "one in 12 people" and "in 2024 people"."""
    return bool(re.search(r"(?<!one )(?<!\d )\bin $", before, re.IGNORECASE))


def _ratio_of_people(text: str, found: re.Match[str]) -> bool:
    return (
        re.match(
            r" ?(?:\(|met|had|were|patients|people|achiev|respon|participants|adults|reach|in |versus|vs|women|children|evaluable)",
            text[found.end() : found.end() + 14],
            re.IGNORECASE,
        )
        is not None
    )


def _weight(found: re.Match[str], before: str, after: str) -> int:
    weight = 2 if found.group()[len(found["n"])] == "-" else 0
    if _TREATED.search(before[-25:]) or _TREATED.search(after[:30]) or _TREATED.search(found["between"]):
        weight += 3
    if _SUBSET.search(after):
        weight -= 4
    if re.search(r"\bscreened\b|\bassessed for\b|\bgescreent", found["between"] + after[:24], re.IGNORECASE):
        weight -= 6
    if _CONTROLS.search(found["between"]):
        weight -= 3
    if re.search(r"\b(?:of|von|among)(?: the| all)? $", before, re.IGNORECASE):
        weight += 1
    n = _number(found["n"])
    return weight - 3 if n == 1 else weight


def _length(number: str, unit: str) -> str | None:
    """Say a duration in English: ("Zwölf", "Monate") -> "12 months"."""
    value = number if "." in number else _number(number)
    name = next(name for stem, name in _UNIT.items() if unit.lower().startswith(stem))
    return None if value is None else f"{value} {name}{'' if value == 1 else 's'}"


def _times(text: str) -> Iterator[tuple[float, str]]:
    for found in _AT.finditer(text):
        if _NOT_FOLLOW_UP.search(text[max(0, found.start() - 24) : found.start()]) or _BEFORE.search(
            text[found.end() : found.end() + 30]
        ):
            continue
        if found["at"]:
            number, unit = found["at"], found.group().split()[0]
        else:
            number, unit = found["n"] or found["n3"], found["unit"] or found["unit3"]
        length = _length(number, unit)
        if length:
            value, name = length.split(" ")
            yield float(value) * _DAYS[name.rstrip("s")], length
