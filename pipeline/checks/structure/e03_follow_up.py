"""What was seen in people carries how long it was watched.

"Drug-free remission" without a time reads as for ever. Early reports follow people for months; relapses at 8 or 9
months are on record, and late risks need years. A claim that lasts, in a headline without a time, can make somebody
stop a medicine: there it blocks.

Source: standards of the field's own reports; Cochrane plain-language guidance ("how up to date is this evidence");
the Jo-1 myositis report of a relapse at 9 months, Nature Medicine 2025 (s41591-025-03718-3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from pipeline.checks.due import outcomes
from pipeline.checks.hits import remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import duration
from pipeline.language.context import asked, excused, warned
from pipeline.language.hit import Hit, find
from pipeline.language.nouns import NAMED_ILLNESS
from pipeline.language.phrase_list import words
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_DRUGS = (
    r"(?:medications?|medicines?|meds|drugs?|treatments?|therap(?:y|ies)|steroids?|cortisone|pills?|tablets?|"
    r"immunosuppressants?)"
)
_OTHER = r"(?:(?:any|all|every|more|further|other|their|her|his|its|the|daily|old|new|usual|regular|lupus) )*"
_BAD = (
    rf"(?:{NAMED_ILLNESS}|(?:the |their |her |his |its )?(?:disease|illness|symptoms?|relapses?|flares?(?:-ups?)?|"
    rf"attacks?|seizures?|signs of (?:the )?(?:disease|illness|{NAMED_ILLNESS})))"
)
_LASTING = words(
    r"\b(?:drug|medicine|medication|treatment|steroid|symptom|flare|relapse|attack|seizure|"
    r"disease)s?-free\b(?! (?:days?|weeks?|months?|survival|period|interval))(?: remissions?)?|\bremissions?\b|"
    r"\bdurabl[ey]\b|"
    r"\b(?:no longer|need(?:s|ed|ing)? no|without (?:needing|taking|using)|(?:do|does|did)(?:n't|"
    r" not) (?:any longer )?(?:need|take|require)|takes? no|took no|lives? without|live without)(?: (?:needs?|"
    rf"needed|takes?|took|requires?|required|on))? {_OTHER}{_DRUGS}\b(?! (?:trials?|stud(?:y|ies)))|"
    rf"\b(?:off|free (?:of|from)|came off|come off) {_OTHER}{_DRUGS}\b|\bfree (?:of|from) {_OTHER}{_BAD}\b|"
    rf"\bno (?:more |new |further ){_BAD}\b|"
    r"\bsustained\b|\b(?:long-)?lasting(?! (?:[\w-]+ ){0,2}(?:harm|side|damage|low|infection|weakness|risk|pain|"
    r"symptom))\b|"
    rf"\b(?:keeps?|kept|keeping|holds?|held|holding) {_BAD} (?:away|off|at bay|in check|quiet|down|under control|"
    r"asleep)\b|"
    rf"\b{_BAD} (?:stays?|stayed|remains?|remained|is|are|was|were) (?:away|gone|quiet|at bay|in check|silent|asleep|"
    rf"dormant|under control)\b|\b{_BAD} (?:under control|in check|at bay)\b|"
    rf"\b{_BAD} (?:disappears?|disappeared|vanish(?:es|ed)?|gone|never (?:came|comes|returned|returns)|(?:has|have|"
    r"did)(?:n't| not) (?:come back|returned?|recurred?))\b|"
    r"\bfor good\b(?! (?:reasons?|measure|care|cause|doctors?|evidence|practice))|\bfor life\b|\bfor ever\b|"
    r"\bforever\b|\bpermanent(?:ly)?\b(?! (?:damage|harm|loss|disab\w+|weakness|residen\w+))|\bonce and for all\b|"
    r"\b(?:stays?|stayed|remains?|remained|still) (?:well|better|healthy|symptomless|stable|relapse-free)\b",
)
# The same words as a question, an aim or a denial claim nothing; only within the clause they stand in.
_NO_CLAIM = re.compile(
    r"\b(?:no|not|never|whether|what|how long|how often|tests?|asks?|will|aims?|hopes?|can|could|may|might|ended?|"
    r"lost|relapsed?|definition of|about|word)\b[^,.;:]{0,40}$|"
    r"n't\b[^,.;:]{0,40}$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"['\"]? (?:means?|did not|didn't|does not|doesn't|was not|wasn't|is not|isn't|ended)\b|[^.;:]{0,40}\b(?:not met|"
    r"not reached|was lost)\b",
    re.IGNORECASE,
)
# The words of the field; others are plain ones that stand in many a sober sentence, where a denial or a mistake that is
# told of claims nothing.
_TERM = re.compile(r"-free|remission|durabl|sustained|lasting", re.IGNORECASE)
_BELIEF = re.compile(
    r"\b(?:misunderstanding|mistake|belief|some (?:people )?(?:believe|think|say)|many (?:people )?(?:believe|think|"
    r"say))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\W*(?:does|do|did|is|are|was|were|can|could|will|would|may|how|what|who|when|why)\b", re.IGNORECASE
)
_NEAR = 160
_NO_STUDY = frozenset({Stage.REGISTRATION, Stage.STOPPED, Stage.SAFETY_NOTICE, Stage.RETRACTION})


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a missing follow-up, and on claims that last without a time."""
    if outcomes(item) and not item.evidence.follow_up and not duration(item.headline) and not duration(item.summary):
        yield Remark(
            field="evidence",
            why="How long people were watched isn't given. A result after weeks and one after years are different news.",
            suggestion="Take it from the source into evidence.follow_up: “median 9 months (4 to 14)”.",
        )
    if item.evidence.stage in _NO_STUDY:
        return
    yield from _lasting(item.headline or "", "headline", Severity.BLOCK)
    # Where the evidence gives no time, one somewhere in a long text doesn't stand for this claim.
    near = _NEAR if item.evidence.follow_up is None else None
    yield from _lasting(item.summary or "", "summary", Severity.WARN, near)


def _lasting(text: str, field: str, severity: Severity, near: int | None = None) -> Iterable[Remark]:
    claims = (hit for hit in find(_LASTING, text) if _claims(hit) and not _timed(text, hit, near))
    for hit in islice(claims, 1):
        yield remark(
            field,
            hit,
            "“{}” without a time reads as for ever.",
            "Say how long it was watched: “in remission for a median of 9 months”, “six months after treatment”.",
            severity,
        )


def _timed(text: str, hit: Hit, near: int | None) -> bool:
    start, end = hit.span
    return duration(text if near is None else text[max(0, start - near) : end + near])


def _claims(hit: Hit) -> bool:
    """Whether the words claim something, or ask, aim and deny."""
    words = hit.folded.text
    before = _NO_CLAIM.search(words, max(0, hit.start - 60), hit.start)
    question = hit.sentence.text.endswith("?") and _QUESTION.match(hit.sentence.text)
    if before or question or _DENIED.match(words, hit.end) or asked(hit) or warned(hit):
        return False
    return _TERM.search(hit.text) is not None or not (excused(hit) or _BELIEF.search(hit.before))


RULE = Rule(
    id="E03",
    name="follow-up",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
