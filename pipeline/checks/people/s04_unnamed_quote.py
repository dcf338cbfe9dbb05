"""Whoever is quoted has a name, or the words stand in the source.

Quotes by nobody ("adapted from commentary in leading journals") are the mark of made-up guides, and a reader can't weigh
what somebody without a name or an interest says. A registry, a regulator, a company or a paper is a name too. Words that
stand verbatim in the source that was kept are the source's own. A question to take along, what a study asked, and an
outcome or a term in quotation marks are nobody's speech.

Source: HealthNewsReview.org criterion 6 (independent, named sources); the faults of the text that set our tone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.normalise import fold
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity

# In each language's marks; an apostrophe within a word closes nothing.
_QUOTE = re.compile(
    r"“([^“”]{8,}?)”|„([^“”„]{8,}?)[“”]|«([^«»]{8,}?)»|»([^«»]{8,}?)«|\"([^\"]{8,}?)\"|"
    r"(?<!\w)[‘‚]((?:[^‘’‚\n]|(?<=\w)’(?=\w)){8,}?)[’‘](?!\w)|(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w)){8,}?)'(?!\w)"
)
_LONG, _WHOLE, _LEAST, _FEWEST = 8, 4, 3, 2
"""How many words are a quote: alone, in the first person, where a verb of saying stands by, and where nobody says them."""
_NEAR = 110
_SAY = (
    r"(?:sa(?:id|ys?)|t(?:old|ells?)|wr(?:ote|ites?)|explain(?:s|ed)?|add(?:s|ed)|asks|puts? it|put (?:it )?this way|"
    r"comment(?:s|ed)?|agree[sd]?|believe[sd]?|exclaim(?:s|ed)|"
    r"recall(?:s|ed)?|enthuse[sd]?|according to|hei(?:ß|ss)t es|hie(?:ß|ss) es|sag(?:t|te|ten|en)|mein(?:t|te)|"
    r"so ein\w*|laut)"
)
_PERSON = (
    r"(?:experts?|doctors?|scientists?|researchers?|patients?|people|insiders?|specialists?|participants?|wom[ae]n|"
    r"m[ae]n|mothers?|fathers?|professors?|clinicians?|physicians?|nurses?|"
    r"observers?|critics?|colleagues?|spokes(?:person|woman|man)|sources?|analysts?|investors?|leaders?|volunteers?|"
    r"readers?|rheumatologists?|neurologists?|investigators?)"
)
_NOT_A_NAME = (
    r"(?!(?:One|Some|Many|Another|Others?|They|Someone|Somebody|Nobody|People|Experts?|Doctors?|Researchers?|"
    r"Scientists?|Patients?|Participants?|Specialists?|Insiders?|Observers?|Critics?|Clinicians?|Physicians?|All|"
    r"Both|Who|I|We|You|Es)\b)"
)
_NAMED = re.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Ms|Mrs|Sir|Dame)\.? (?:[A-Z]\.? )*[A-Z][\w'-]+|"
    r"\b[A-Z][\w'-]+ (?:[A-Z]\. )?[A-Z][\w'-]+(?:,| of | from | at | told| said| says|[.\"]?$)|"
    r"\b(?:said|says|told|wrote|writes|explained|explains|asked|added|adds|"
    rf"according to) (?:the )?{_NOT_A_NAME}[A-Z][\w'-]+|\b{_NOT_A_NAME}[A-Z][\w'-]+ (?:said|says|told us|wrote|"
    r"writes|explained|explains|asked|added|adds)\b|"
    r"\b(?:the|this|its|their|our) (?:[\w-]+ ){0,2}(?:registry|entry|notice|label|agency|regulator|company|maker|"
    r"sponsor|paper|report|authors?|journal|study|protocol|summary|abstract|press release|website|team)\b",
)
_SOME = rf"(?:an?|one|another|some|many|several|other|leading|most) (?:[\w-]+ ){{0,2}}?{_PERSON}"
# Up to the verb, and in the words after it, stands no name.
_NOBODY = re.compile(
    r"\b(?:adapted|paraphrased|based) (?:from|on)\b|\b(?:experts?|doctors?|scientists?|researchers?|patients?|"
    r"people|insiders?) (?:say|said|agree|believe)\b|\bas one (?:\w+ )?put it\b|"
    rf"\b{_SOME}\b(?-i:[^.;A-Z]){{0,30}}?\b{_SAY}\b|\b{_SAY} {_SOME}\b(?![^.;|]{{0,60}}(?-i:[A-Z][\w'-]+ [A-Z]|"
    r"\b(?:at|of|for|from|with|named|called) [A-Z]))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(rf"\b{_SAY}\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:people|fans?|some|many|media|newspapers?|experts?|insiders?|who) (?:\w+ )?(?:call|calls|called|"
    r"hail\w*) (?:it|this|them) $",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:(?<![Tt]ype )(?<![Pp]hase )(?<![Cc]lass )(?<![Ss]tage )I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Ii]ch|[Ww]ir|"
    r"[Mm]ein\w*|[Uu]ns\w*)\b"
)
_VERB = re.compile(
    r"\b(?:is|are|am|was|were|has|have|had|do|does|did|will|would|can|cannot|could|may|might|must|should|chang(?:es|"
    r"ed)|makes?|made|gives?|gave|works?|worked|feels?|felt|came|comes?|happened|"
    r"ist|sind|war|waren|hat|haben|wird|werden|kann|können)\b|\w(?:n't|'(?:s|re|m|ve|ll|d))\b",
    re.IGNORECASE,
)
# "Ask: “…”", "You could say: “…”", "Search for “…”": words for the reader's own mouth.
_SCRIPT = re.compile(
    r"(?:^|[.;:!?,] |\b(?:you|to|please|then|and|or|just|also|may|can|could|might|should) )(?:ask|say|tell|write|"
    r"reply|answer|search|look|type|enter|bring|print|put down|note)\b[^.;!?]{0,60}$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:questions?|questionnaires?|items?|statements?|answers?|score|survey|form|sentences?|phrases?|words?|"
    r"terms?|titled?|entitled|motto|label|defin\w+|mean(?:s|ing)|category|named|known as|warn\w*|beware|"
    r"such as)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^ (?:is|are|was|were|means?|meant|would be|remains?|may be|does|did|has)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation with the words on both sides, folded; `plain` is it in small letters."""

    words: str
    before: str
    after: str

    @property
    def plain(self) -> str:
        return _plain(self.words)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on quotes that nobody is named for."""
    kept = _plain(" ".join(each.text for each in context.texts.get(item.id, ())))
    quoted = _plain(" ".join(fact.quote or "" for fact in item.facts))
    for name in WORDS:
        words = getattr(item, name) or ""
        for found in _QUOTE.finditer(words):
            quote = _read(words, found)
            if not _speech(quote) or quote.plain in kept or quote.plain in quoted or _named(quote):
                continue
            more = " …" if len(quote.words.split()) > _LONG else ""
            yield Remark(
                field=name,
                start=found.start(),
                end=found.start() + 1,  # a point: what is wrong within the quote is told beside it
                why=f"Nobody is named for the quote “{' '.join(quote.words.split()[:_LONG])}{more}”.",
                suggestion="Name who said it, in what capacity and with what interest, where it can be read; or leave it out.",
            )


def _read(words: str, found: re.Match[str]) -> _Said:
    """Read the words beside a quote: those of its own paragraph, or the line of credit after it."""
    before = words[max(0, found.start() - _NEAR) : found.start()].rpartition("\n")[2]
    rest = words[found.end() : found.end() + _NEAR]
    credit = rest.lstrip().startswith(("—", "–", "-")) or not rest.startswith("\n")
    after = rest.lstrip("\n").partition("\n")[0] if credit else ""
    inside = next(group for group in found.groups() if group is not None)
    return _Said(fold(inside).text.strip(), fold(before).text, fold(after).text)


def _speech(quote: _Said) -> bool:
    """Whether these are words that somebody said, and no question, term or outcome in quotation marks."""
    count = len(quote.words.split())
    nobody = _NOBODY.search(_last(quote.before)) or _NOBODY.search(_first(quote))
    spoken = nobody or _SPOKEN.search(_last(quote.before)) or _SPOKEN.search(_first(quote))
    if not nobody and (quote.words.endswith("?") or _SCRIPT.search(quote.before)):
        return False
    if spoken and quote.words[0].isupper():
        return count >= (_FEWEST if nobody else _LEAST)
    if not nobody and (_ASKED.search(quote.before) or (_SUBJECT.match(quote.after) and count < _LONG)):
        return False
    if _FIRST_PERSON.search(quote.words) and quote.words[0].isupper():
        return count >= _WHOLE
    whole = quote.words[0].isupper() and quote.words[-1] in ".!,"
    told = (spoken, whole, _FIRST_PERSON.search(quote.words), _VERB.search(quote.words), _CALLED.search(quote.before))
    return count >= _LONG and any(told)


def _named(quote: _Said) -> bool:
    """Whether a name stands beside the quote."""
    beside = f"{quote.before} | {quote.after.strip()}"
    return _NOBODY.search(beside) is None and _NAMED.search(beside) is not None


def _last(before: str) -> str:
    """The sentence that the quote stands in, up to it."""
    return re.split(r"[.!?;] ", before)[-1]


def _first(quote: _Said) -> str:
    """What follows in the sentence of the quote; nothing when the quote ends it and no credit follows."""
    ended = quote.words.endswith((".", "!", "?")) and not re.match(r" ?[-(]| [a-z]", quote.after)
    return "" if ended else re.split(r"[.!?;](?: |$)", quote.after)[0]


def _plain(text: str) -> str:
    return " ".join(fold(text).text.lower().split()).strip(" .,;")


RULE = Rule(
    id="S04",
    name="unnamed-quote",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
