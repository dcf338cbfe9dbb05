"""Reading an editor's words: placeholders, numbers of people, durations, and the honest "not reported".

English, as the editors write. Every function reads folded text, so that typographic hyphens, quotes and spaces don't
hide a word, and offsets stay those of the field.
"""

from __future__ import annotations

import re

_FOLD = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\n\r\t", " ")
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELLED = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(sorted(_SMALL[1:], key=len, reverse=True))}|a dozen)"
NUMBER = rf"(?:\d+(?:[.,·]\d+)*|{_SPELLED})"
"""A number in digits or words, as a part of larger patterns."""

_UNIT = r"(?:day|week|month|year|hour)s?"
_PLACEHOLDER = re.compile(
    r"(?:none|nil|no|yes|n ?[/.]? ?a|not applicable|unknown|tb[acd]|to ?do|to (?:come|follow|add)|pending|fix ?me|x{2,}|"
    r"same|placeholder|see (?:the )?(?:above|below|source|link|paper|abstract|summary)|lorem ipsum.*)",
    re.IGNORECASE,
)
_UNSAID = re.compile(
    r"(?:\bnot|n't) (?:yet )?(?:be |been )?(?:fully |well )?(?:report|describ|stat|given|know|mention|publish|say|said|tell|told|"
    r"list|nam|look|stud|measur|count)\w*|\bsays? nothing|\b(?:gives?|names?|lists?|mentions?) no\b|\bno (?:results|data|information|details|figures|word)\b|"
    r"\bunknown\b|\b(?:nobody|no one) (?:can )?(?:yet )?(?:knows?|say)\b|\btoo early to\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b(?:{NUMBER}|an?|half an?)[- ](?:and a half |full |more )?{_UNIT}\b(?![- ]?old)|"
    rf"\b(?:day|week|month|year)s? {NUMBER}\b|\bsince (?:\w+ )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NOT_PEOPLE_BEFORE = re.compile(
    r"\b(?:phase|grade|week|month|day|year|type|part|cd|dose|stage|level)s?[ -]?$", re.IGNORECASE
)
_NOT_PEOPLE_AFTER = re.compile(
    rf"[- ]?(?:%|per ?cent|{_UNIT}\b|mg\b|points?\b|times\b|doses?\b|infusions?\b|hospitals?\b|centres?\b|centers?\b)",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(
    r"\b(?:one|1|an?|single|the) (?:[\w'-]+,? ){0,5}?(?:person|patient|woman|man|girl|boy|child|teenager|adult|adolescent|"
    r"mother|father|student|teacher|nurse|participant|volunteer|case)\b",
    re.IGNORECASE,
)
_ANY_NUMBER = re.compile(rf"(?<!\bno )\b{NUMBER}\b|\bboth\b|\bhalf\b", re.IGNORECASE)


def fold(text: str) -> str:
    """Make hyphens, quotes and spaces plain, one character for one, so that offsets stay."""
    return text.translate(_FOLD)


def missing(text: str | None) -> bool:
    """Whether a field says nothing: empty, only signs, or a placeholder such as "n/a" or "tbc"."""
    words = fold(text or "").strip(" .,;:!?-_*…()[]<>\"'/")
    return not words or _PLACEHOLDER.fullmatch(words) is not None


def unsaid(text: str | None) -> bool:
    """Whether the words say openly that something is not reported or not known."""
    return _UNSAID.search(fold(text or "")) is not None


def duration(text: str | None) -> bool:
    """Whether the words name a length or a point of time: "after 6 months", "at week 24", "since 2023"."""
    return _DURATION.search(fold(text or "")) is not None


def counted(text: str | None) -> bool:
    """Whether the words hold any number."""
    return _ANY_NUMBER.search(fold(text or "")) is not None


def says_people(text: str | None, people: int) -> bool:
    """Whether the words give this number of people, in digits or spelled, and not as a week, phase or dose."""
    words = fold(text or "")
    if people == 1:
        return _ONE_PERSON.search(words) is not None
    return any(
        not _NOT_PEOPLE_BEFORE.search(words, max(0, m.start() - 12), m.start())
        and not _NOT_PEOPLE_AFTER.match(words, m.end())
        for m in re.finditer(rf"(?<![\w.,-]){_written(people)}(?![\w]|[.,]\d)", words, re.IGNORECASE)
    )


def spelled(number: int) -> str | None:
    """Spell a number from 1 to 999 in words, None beyond."""
    if not 0 < number < 1000:
        return None
    hundreds, rest = divmod(number, 100)
    words = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(_SMALL[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else ""))
    return " and ".join(words)


def _written(number: int) -> str:
    """Make a pattern of the ways a number is written."""
    ways = [str(number), re.escape(f"{number:,}"), f"{number:,}".replace(",", "[ .']")]
    words = spelled(number)
    if words:
        ways.append(
            words.replace("-", "[- ]").replace("one hundred", "(?:one|a) hundred").replace(" and ", " (?:and )?")
        )
    if number == 12:
        ways.append("a dozen")
    return f"(?:{'|'.join(dict.fromkeys(ways))})"
