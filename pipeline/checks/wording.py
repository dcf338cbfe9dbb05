"""Reading an editor's words: placeholders, numbers of people, durations, and the honest "not reported".

English, as the editors write. Every function reads folded text, so that typographic hyphens, quotes and spaces don't
hide a word, and offsets stay those of the field.
"""

from __future__ import annotations

import re

from pipeline.language.normalise import fold as folded
from pipeline.language.numbers.number import Sort
from pipeline.language.numbers.tokens import read
from pipeline.language.numbers.units import BODY

_FOLD = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\n\r\t", " ")
)
_FIELD = (
    r"(?:head(?:line|er)|title|summary|text|body|copy|words?|harms?|side effects?|unknowns?|not known|who|access|"
    r"costs?|funding|funders?|sponsors?|paid (?:for )?by|what you can do)"
)
_LATER = (
    r"(?:to ?(?:come|follow|do|add|check|confirm|fill in|write)|to be (?:\w+ )?(?:add|announc|check|complet|confirm|"
    r"decid|determin|discuss|don|fill|finish|"
    r"updat|verifi|clarifi)\w*(?: in)?|to be (?:written|done)|follows?|(?:is |are )?coming(?: soon)?|will (?:follow|"
    r"come|be added)|pending|missing|soon|later)"
)
_PLACEHOLDER = re.compile(
    r"(?:none|nil|no|yes|ok|n ?[/.]? ?a|not applicable|unknown|(?:still )?unclear|not (?:yet )?(?:sure|clear)|"
    r"tb[acd]|tk(?: ?tk)*|wip|draft|fix ?me|x{2,}|same|idem|ditto|"
    rf"(?:a |the )?placeholder(?: text)?|dummy(?: text)?|test|blank|empty|asdf\w*|bla(?: ?bla)*|"
    rf"(?:(?:a|the|your|insert|write|add|working|some|my|new|old) )*{_FIELD}(?: \d| here| goes here)?|"
    rf"(?:(?:the |more |full |all |other )*(?:{_FIELD}|details?|information|infos?|numbers|figures|counts|rest|more|"
    rf"this) )?{_LATER}|"
    r"see (?:the )?(?:above|below|source|link|paper|abstract|summary|press release|notes?|mail)|as (?:above|below|"
    r"before)|lorem ipsum.*)",
    re.IGNORECASE,
)
# "Funding: see above" and "Summary: TODO Anna": the name of the field is no word on it.
_LABEL = re.compile(rf"{_FIELD} ?[:=] ?", re.IGNORECASE)
# In small letters "to do" is what a reader can do.
_TO_SELF = re.compile(
    r"(?:todo|fix ?me|xxx+|working title|tktk)\b|(?-i:TK(?= ?[-:,(])|TO DO\b)|"
    r"tb[acd](?= ?[-,:;(/]| (?:by|with|from|once|when|after|later|soon|if|ask)\b)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"TODO|FIXME|TKTK|XX|NN|YY")  # all that a note holds, but for its brackets
_NOTE = re.compile(
    r"\b(?:TODO|FIXME|TKTK|XXX+)\b|(?<!tuberculosis )\((?i:tb[acd]|todo|check|\?+|x{2,})\??\)|"
    r"[\[<{] ?(?i:tb[acd]|tk|todo|to ?do|check|\?+|x{2,}|headline|title|number|source|name|date|n) ?\??[\]>}]|"
    r"(?i:\blorem ipsum\b)|\?\?\?+|\b(?:XX|NN|YY) ?%|\b(?:XX|NN) (?:of|out of|people|patients|adults|weeks|months|"
    r"years)\b"
)
_UNSAID = re.compile(
    r"(?:\bnot|n't) (?:yet )?(?:be |been )?(?:fully |well )?(?:report|describ|stat|given|know|mention|publish|say|"
    r"said|tell|told|"
    r"list|nam|look|stud|measur|count|discuss|address|disclos|reveal|cover|part of th|(?:a |the )?subject of)\w*|"
    r"(?:\bnot|n't) (?:\w+ )?f(?:i|ou)nd (?:any |an? |one )?(?:\w+ )?(?:word|line|mention|figure|number|information|"
    r"report|section|anything)s?\b|"
    r"\bsays? nothing|\bnothing (?:(?:is|was|can be) (?:said|told|written|known|mentioned)|on|about)\b|\b(?:gives?|"
    r"gave|names?|lists?|mentions?) no\b|"
    r"\bno (?:results|data|information|details|figures|word|mention)\b|\bwithout (?:a |any )?(?:single )?(?:word|"
    r"mention)\b|"
    r"\b(?:silent|quiet|mum) (?:on|about)\b|\b(?:is|are|was|stays?|stayed|remains?|remained|keeps?|"
    r"kept) (?:\w+ )?silent\b|\b(?:leaves?|left) (?:[\w-]+ ){1,3}out\b|"
    r"\bunknown\b|\b(?:nobody|no one) (?:can |has )?(?:yet )?(?:knows?|say|looked|counted|asked|measured|studied|"
    r"published)\b|\btoo early to\b",
    re.IGNORECASE,
)
# "A year" and "since 2023" are lengths of time without a number; "a year-old scan" is none.
_SPAN = re.compile(
    r"\b(?:an?|half an?)[- ](?:full |whole )?(?:day|week|month|year|hour)s?\b(?![- ]?old)|\bsince (?:\w+ )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(
    r"\b(?:one|1|an?|single|the) (?:[\w'-]+,? ){0,5}?(?:person|patient|woman|man|girl|boy|child|teenager|adult|"
    r"adolescent|"
    r"mother|father|student|teacher|nurse|participant|volunteer|case)\b",
    re.IGNORECASE,
)
_PEOPLE = (None, *BODY)
_MARKS = " .,;:!?-_*…()[]<>{}\"'/"
_COUNTING = frozenset(("one", "both", "beide", "beiden"))
_NOT_EVEN = ("no ", "no-", "not ")


def fold(text: str) -> str:
    """Make hyphens, quotes and spaces plain, one character for one, so that offsets stay."""
    return text.translate(_FOLD)


def _read(text: str | None) -> str:
    """Make a text plain for reading, where no place in it is asked for: a soft hyphen must not hide a word."""
    return folded(text or "").text


def missing(text: str | None) -> bool:
    """Whether a field says nothing: empty, only signs, or a placeholder such as "n/a", "tbc" or "text follows"."""
    words = _read(text).strip(_MARKS)
    label = _LABEL.match(words)
    bare = words[label.end() :].strip(_MARKS) if label else words
    return not bare or _PLACEHOLDER.fullmatch(bare) is not None or any(map(_TO_SELF.match, (words, bare)))


def note(text: str | None) -> re.Match[str] | None:
    """Find a note to oneself among words: "TODO", "(TBC)", "XX of 9"."""
    if not text or not (any(sign in text for sign in "[<{(?") or _CAPITALS.search(text) or "lorem" in text.lower()):
        return None
    return _NOTE.search(fold(text or ""))


def unsaid(text: str | None) -> bool:
    """Whether the words say openly that something is not reported or not known."""
    return _UNSAID.search(_read(text)) is not None


def duration(text: str | None) -> bool:
    """Whether the words name a length or a point of time: "after 6 months", "at week 24", "since 2023"."""
    words = _read(text)
    return _SPAN.search(words) is not None or any(number.kind is Sort.DURATION for number in read(words))


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
    words = fold(text or "")
    if people == 1:
        return _ONE_PERSON.search(words) is not None
    return any(n.value == people and n.kind in (Sort.COUNT, Sort.RATIO) and n.noun in _PEOPLE for n in read(words))
