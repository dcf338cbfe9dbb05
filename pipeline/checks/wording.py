"""Reading an editor's words: placeholders, numbers of people, durations, and the honest "not reported".

English, as the editors write. Every function reads plain text, so that typographic hyphens, quotes and spaces don't
hide a word, and offsets stay those of the field.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.normalise import normalise, plain_punctuation
from pipeline.language.numbers.number import Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import BODY
from pipeline.language.phrase_list import pack

_PACK = pack(__name__)
_PLACEHOLDER = _PACK["placeholder"]
# "Funding: see above" and "Summary: TODO Anna": the name of the field is no word on it.
_LABEL = _PACK["label"]
# In small letters "to do" is what a reader can do.
_TO_SELF = re.compile(
    r"(?:todo|fix ?me|xxx+|working title|tktk)\b|(?-i:TK(?= ?[-:,(])|TO DO\b)|"
    r"tb[acd](?= ?[-,:;(/]| (?:by|with|from|once|when|after|later|soon|if|ask)\b)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"TODO|FIXME|TKTK|XX|NN|YY")  # all that a note holds, but for its brackets
_IN_BRACKETS = (
    r"(?<!tuberculosis )\((?i:tb[acd]|todo|check|\?+|x{2,})\??\)|"
    r"[\[<{] ?(?i:tb[acd]|tk|todo|to ?do|check|\?+|x{2,}|headline|title|number|source|name|date|n) ?\??[\]>}]"
)
_OPEN_NUMBER = r"\b(?:XX|NN|YY) ?%|\b(?:XX|NN) (?:of|out of|people|patients|adults|weeks|months|years)\b"
_NOTE = re.compile(rf"\b(?:TODO|FIXME|TKTK|XXX+)\b|{_IN_BRACKETS}|(?i:\blorem ipsum\b)|\?\?\?+|{_OPEN_NUMBER}")
_UNSAID = _PACK["unsaid"]
# "A year" and "since 2023" are lengths of time without a number; "a year-old scan" is none.
_SPAN = re.compile(
    r"\b(?:an?|half an?)[- ](?:full |whole )?(?:day|week|month|year|hour)s?\b(?![- ]?old)|"
    r"\bsince (?:\w+ )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(
    r"\b(?:one|1|an?|single|the) (?:[\w'-]+,? ){0,5}?(?:person|patient|woman|man|girl|boy|child|teenager|adult|"
    r"adolescent|"
    r"mother|father|student|teacher|nurse|participant|volunteer|case)\b",
    re.IGNORECASE,
)
_PEOPLE = (None, *BODY)
_PUNCTUATION = " .,;:!?-_*…()[]<>{}\"'/"
_COUNTING = frozenset(("one", "both", "beide", "beiden"))
_NOT_EVEN = ("no ", "no-", "not ")


def _read(text: str | None) -> str:
    """Make a text plain for reading, where no place in it is asked for: a soft hyphen must not hide a word."""
    return normalise(text or "").text


@lru_cache(maxsize=1024)
def missing(text: str | None) -> bool:
    """Whether a field says nothing: empty, only signs, or a placeholder such as "n/a", "tbc" or "text follows"."""
    words = _read(text).strip(_PUNCTUATION)
    label = _LABEL.search(words)
    bare = words[label.end :].strip(_PUNCTUATION) if label else words
    return not bare or _PLACEHOLDER.whole(bare) or any(map(_TO_SELF.match, (words, bare)))


def note(text: str | None) -> re.Match[str] | None:
    """Find a note to oneself among words: "TODO", "(TBC)", "XX of 9"."""
    if not text or not (any(sign in text for sign in "[<{(?") or _CAPITALS.search(text) or "lorem" in text.lower()):
        return None
    return _NOTE.search(plain_punctuation(text or ""))


def unsaid(text: str | None) -> bool:
    """Whether the words say openly that something is not reported or not known."""
    return _UNSAID.stands(_read(text))


def duration(text: str | None) -> bool:
    """Whether the words name a length or a point of time: "after 6 months", "at week 24", "since 2023"."""
    words = _read(text)
    return _SPAN.search(words) is not None or any(
        number.kind is Sort.DURATION and not number.implied for number in read(words)
    )


def counted(text: str | None) -> bool:
    """Whether the words hold any number: one, both and half count, and "no one", "none" and "single" don't."""
    words = _read(text)
    return any(
        (not number.implied or number.raw.lower() in _COUNTING)
        and not words[: number.start].lower().endswith(_NOT_EVEN)
        for number in read(words)
    )


def says_people(text: str | None, people: int) -> bool:
    """Whether the words give this number of people, in digits or spelled, and not as a week, phase or dose."""
    words = plain_punctuation(text or "")
    if people == 1:
        return _ONE_PERSON.search(words) is not None
    return any(n.value == people and n.kind in (Sort.COUNT, Sort.RATIO) and n.noun in _PEOPLE for n in read(words))
