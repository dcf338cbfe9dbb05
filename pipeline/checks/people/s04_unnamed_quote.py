"""Whoever is quoted has a name, or the words are in the source.

Quotes by nobody ("adapted from commentary in leading journals") are typical of made-up guides, and a reader can't
weigh what somebody without a name or an interest says. A registry, a regulator, a company or a paper is a name too.
Words that stand verbatim in the source that was kept are the source's own. A question to take along, what a study
asked, and an outcome or a term in quotation marks are nobody's speech.

Source: HealthNewsReview.org criterion 6 (independent, named sources); the faults of the text that set our tone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.normalise import normalise
from pipeline.language.phrase_list import pack
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

# In each language's marks; an apostrophe within a word closes nothing.
_QUOTE = re.compile(
    r"“([^“”]{8,}?)”|„([^“”„]{8,}?)[“”]|«([^«»]{8,}?)»|»([^«»]{8,}?)«|\"([^\"]{8,}?)\"|"
    r"(?<!\w)[‘‚]((?:[^‘’‚\n]|(?<=\w)’(?=\w)){8,}?)[’‘](?!\w)|(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w)){8,}?)'(?!\w)"
)
_LONG, _WHOLE, _LEAST, _FEWEST = 8, 4, 3, 2
"""How many words are a quote: alone, in the first person, beside a verb of saying, and where nobody says them."""
_NEAR = 110
# A name in full, or one that speaks; capitals tell it.
_VERB_BEFORE = r"(?:said|says|told|wrote|writes|explained|explains|asked|added|adds|according to)"
_VERB_AFTER = r"(?:said|says|told us|wrote|writes|explained|explains|asked|added|adds)"
_IN_FULL = re.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Ms|Mrs|Sir|Dame)\.? (?:[A-Z]\.? )*[A-Z][\w'-]+|"
    r"\b[A-Z][\w'-]+ (?:[A-Z]\. )?[A-Z][\w'-]+(?:,| of | from | at | told| said| says|[.\"]?$)"
)
_SPEAKING = (
    re.compile(rf"\b{_VERB_BEFORE} (?:the )?(?P<name>[A-Z]\w*)[\w'-]+"),
    re.compile(rf"\b(?P<name>[A-Z]\w*)[\w'-]* {_VERB_AFTER}\b"),
)
_PACK = pack(__name__)
_CALLED = _PACK["called"]
_FIRST_PERSON = re.compile(
    r"\b(?:(?<![Tt]ype )(?<![Pp]hase )(?<![Cc]lass )(?<![Ss]tage )I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Ii]ch|[Ww]ir|"
    r"[Mm]ein\w*|[Uu]ns\w*)\b"
)
_VERB = _PACK["verb"]
# "Ask: “…”", "You could say: “…”", "Search for “…”": words for the reader's own mouth.
_SCRIPT = _PACK["script"]
_ASKED = _PACK["asked"]
_SUBJECT = _PACK["subject"]
_NAMED_THING = _PACK.late(r"\b(?:the|this|its|their|our) (?:[\w-]+ ){0,2}<named-thing>\b")
_A_NAME = r"(?-i:[A-Z][\w'-]+ [A-Z]|\b(?:at|of|for|from|with|named|called) [A-Z])"
# Up to the verb, and in the words after it, stands no name.
_SOME_SAY = _PACK.late(
    rf"\b<some>\b(?-i:[^.;A-Z]){{0,30}}?\b<say>\b|\b<say> <some>\b(?![^.;|]{{0,60}}{_A_NAME})", re.IGNORECASE
)


class _Said(NamedTuple):
    """A quotation with the words on both sides, plain; `plain` is it in small letters."""

    words: str
    before: str
    after: str

    @property
    def plain(self) -> str:
        return _plain(self.words)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on quotes that nobody is named for."""
    for name in WORDS:
        words = getattr(item, name) or ""
        for found in _QUOTE.finditer(words):
            quote = _read(words, found)
            if not _speech(quote) or _kept(quote.plain, item, context) or _named(quote):
                continue
            more = " …" if len(quote.words.split()) > _LONG else ""
            yield Remark(
                field=name,
                start=found.start(),
                end=found.start() + 1,  # a point: what is wrong within the quote is told beside it
                why=f"It isn't clear who said “{' '.join(quote.words.split()[:_LONG])}{more}”.",
                suggestion="Say who said it, in what capacity, with what interest, and where it can be "
                "read; or leave it out.",
            )


def _kept(quote: str, item: Item, context: Context) -> bool:
    """Whether a source's text or the quote of a fact holds these words."""
    sources = (each.text for each in context.texts.get(item.id, ()))
    return any(quote in _plain(" ".join(texts)) for texts in (sources, (fact.quote or "" for fact in item.facts)))


def _read(words: str, found: re.Match[str]) -> _Said:
    """Read the words beside a quote: those of its own paragraph, or the line of credit after it."""
    before = words[max(0, found.start() - _NEAR) : found.start()].rpartition("\n")[2]
    rest = words[found.end() : found.end() + _NEAR]
    credit = rest.lstrip().startswith(("—", "–", "-")) or not rest.startswith("\n")
    after = rest.lstrip("\n").partition("\n")[0] if credit else ""
    inside = next(group for group in found.groups() if group is not None)
    return _Said(normalise(inside).text.strip(), normalise(before).text, normalise(after).text)


def _speech(quote: _Said) -> bool:
    """Whether these are words that somebody said, and no question, term or outcome in quotation marks."""
    count = len(quote.words.split())
    beside = (_last(quote.before), _first(quote))
    nobody = any(map(_nobody, beside))
    spoken = nobody or any(map(_PACK["say"].stands, beside))
    if not nobody and (quote.words.endswith("?") or _SCRIPT.stands(quote.before)):
        return False
    if spoken and quote.words[0].isupper():
        return count >= (_FEWEST if nobody else _LEAST)
    if not nobody and (_ASKED.stands(quote.before) or (_SUBJECT.opens(quote.after) and count < _LONG)):
        return False
    if _FIRST_PERSON.search(quote.words) and quote.words[0].isupper():
        return count >= _WHOLE
    whole = quote.words[0].isupper() and quote.words[-1] in ".!,"
    spoken_words = (
        spoken,
        whole,
        _FIRST_PERSON.search(quote.words),
        _VERB.stands(quote.words),
        _CALLED.stands(quote.before),
    )
    return count >= _LONG and any(spoken_words)


def _named(quote: _Said) -> bool:
    """Whether a name stands beside the quote, or a paper, a body or a company."""
    beside = f"{quote.before} | {quote.after.strip()}"
    if _nobody(beside):
        return False
    speaking = (found["name"] for pattern in _SPEAKING for found in pattern.finditer(beside))
    named = _IN_FULL.search(beside) is not None or not all(map(_PACK["no-name"].whole, speaking))
    return named or _NAMED_THING.search(beside) is not None


def _nobody(beside: str) -> bool:
    """Whether the words say that somebody speaks whom they don't name."""
    return _PACK["nobody"].stands(beside) or _SOME_SAY.search(beside) is not None


def _last(before: str) -> str:
    """The sentence that the quote stands in, up to it."""
    return re.split(r"[.!?;] ", before)[-1]


def _first(quote: _Said) -> str:
    """What follows in the sentence of the quote; nothing when the quote ends it and no credit follows."""
    ended = quote.words.endswith((".", "!", "?")) and not re.match(r" ?[-(]| [a-z]", quote.after)
    return "" if ended else re.split(r"[.!?;](?: |$)", quote.after)[0]


def _plain(text: str) -> str:
    return " ".join(normalise(text).text.lower().split()).strip(" .,;")


RULE = Rule(
    id="S04",
    name="unnamed-quote",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
