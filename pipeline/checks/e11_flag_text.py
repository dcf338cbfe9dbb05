"""A preprint, a company's report and a meeting's talk are called that, and the words don't say otherwise.

Each flag prints its sentence ("Other experts have not checked this report yet."). So the flag has to be there when the
source is of that sort, and "peer-reviewed" can't stand beside it.

Source: standard practice of Cochrane and the Science Media Centre labels; server prefixes of DOIs as registered with
Crossref.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks._cases import case, proven
from pipeline.checks._cues import fold
from pipeline.checks._prose import hits, remark, told, words
from pipeline.checks._rule import Context, Rule
from pipeline.model.entry import Ids
from pipeline.model.evidence import FLAG_SENTENCES, Flag
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Also, Item
from pipeline.model.names import Severity, Tier

_DUE = {Tier.PREPRINT: Flag.PREPRINT, Tier.COMPANY: Flag.COMPANY}
# medRxiv and bioRxiv, Research Square, Preprints.org, SSRN. 10.1101 also has journals, which use letters.
_SERVERS = re.compile(
    r"10\.1101/\d{4}\.|10\.1101/\d{6}$|10\.64898/|10\.21203/rs\.|10\.20944/preprints|10\.2139/ssrn", re.IGNORECASE
)
_PREPRINT = words(
    r"(?:med|bio|psy|chem)rxiv|arxiv|research square|ssrn|preprints\.org|preprint(?:s| servers?)?|vorab-?druck\w*"
)
_UNCHECKED = re.compile(
    r"\b(?:not|no|nobody|yet to|before|without|await\w*|until)\b[^.;]{0,60}\b(?:check|review|referee|assess|vet)\w*|n't\b[^.;]{0,60}\b(?:check|review|referee|vet)\w*|\bunreviewed\b|\bunchecked\b|\bnot peer\b|\b(?:nicht|ungeprüft|noch keine)\b[^.;]{0,60}(?:prüf|begutacht)\w*|\bungeprüft\w*",
    re.IGNORECASE,
)
_PEERS = r"peer[- ]reviewed|(?:checked|reviewed) by (?:other|independent) (?:experts|scientists)"
_FULL = r"full (?:report|paper|results?) (?:is|are|was|were) (?:out|published|available)"
_AGAINST: dict[Flag, re.Pattern[str]] = {
    Flag.PREPRINT: re.compile(rf"\b(?:{_PEERS})\b", re.IGNORECASE),
    Flag.CONFERENCE: re.compile(rf"\b(?:{_PEERS}|{_FULL}|published in (?:the|a) journal)\b", re.IGNORECASE),
    Flag.COMPANY: re.compile(
        rf"\b(?:{_PEERS}|{_FULL}|independent(?:ly)? (?:study|trial|report|confirmed|verified|researchers found))\b",
        re.IGNORECASE,
    ),
    Flag.PRESS_RELEASE: re.compile(rf"\b(?:{_FULL})\b", re.IGNORECASE),
    Flag.INTERIM: re.compile(r"\b(?:final|definitive) (?:results?|numbers|data|analysis)\b", re.IGNORECASE),
}
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|yet to|before|until|without|await\w*|nobody|once|when|nor)\b|n't\b)[^.;]{0,40}$",
    re.IGNORECASE,
)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a flag that is due, and on words that contradict one."""
    flags = item.evidence.flags
    due = _due(item, context)
    if due is not None and due not in flags:
        yield Remark(
            field="evidence",
            why=f"The source is a {'preprint server' if due is Flag.PREPRINT else 'company'}, and the flag {due} isn't set.",
            suggestion=f"Add {due} to evidence.flags; it prints “{FLAG_SENTENCES[due]}”",
        )
    for flag in flags:
        if flag in _AGAINST:
            yield from _contradictions(item, flag)
    if Flag.PREPRINT not in flags:
        yield from _unlabelled(item)


def _unlabelled(item: Item) -> Iterable[Remark]:
    """Remark on a preprint that is told as if it had been checked: its server is named, and nothing says what that means."""
    named = list(hits(item, _PREPRINT, excuse=lambda _: False))
    if named and not _UNCHECKED.search(fold(told(item))):
        yield remark(
            *named[0],
            "“{}”: few readers know that other experts have not checked what stands there.",
            "Say so beside it: “a preprint, which other experts have not checked yet”; or set the flag preprint.",
            Severity.WARN,
        )


def _due(item: Item, context: Context) -> Flag | None:
    source = context.config.source(item.source)
    if item.ids.doi and _SERVERS.match(item.ids.doi):
        return Flag.PREPRINT
    return _DUE.get(source.tier) if source else None


def _contradictions(item: Item, flag: Flag) -> Iterable[Remark]:
    for field in WORDS:
        words = fold(getattr(item, field) or "")
        for found in _AGAINST[flag].finditer(words):
            if not _DENIED.search(words, max(0, found.start() - 60), found.start()):
                yield Remark(
                    field=field,
                    start=found.start(),
                    end=found.end(),
                    why=f"“{found.group()}” stands beside the sentence that the flag {flag} prints: “{FLAG_SENTENCES[flag]}”",
                    suggestion="One of the two is wrong. Look at the source, then change the words or the flag.",
                )


_FLAGGED = case(source="prexiv", evidence=proven(flags=(Flag.PREPRINT,)))

RULE = Rule(
    id="E11",
    name="flag-text",
    severity=Severity.BLOCK,
    check=check,
    bad=(
        case(source="prexiv"),
        case(source="orbital", also=(Also(source="jei", title="A phase 1 study"),)),
        case(ids=Ids(doi="10.1101/2026.05.20.26300001")),
        case(_FLAGGED, summary="The peer‑reviewed report covers nine people."),
        case(summary="A medRxiv study of nine people reports the same."),
        case(evidence=proven(flags=(Flag.INTERIM,)), summary="The final results of nine people are in."),
        case(evidence=proven(flags=(Flag.CONFERENCE,)), who="The full report is out and covers nine people."),
    ),
    good=(
        _FLAGGED,
        case(_FLAGGED, summary="The report on nine people has not been peer-reviewed."),
        case(_FLAGGED, summary="Nine people; it hasn’t yet been checked by other experts."),
        case(source="orbital", evidence=proven(flags=(Flag.COMPANY,)), summary="The company tells of nine people."),
        case(ids=Ids(doi="10.1101/gad.351234.126")),
        case(also=(Also(source="orbital", title="Orbital reports"),)),
        case(summary="Nine people. A preprint, which other scientists have not yet checked, reports four more."),
    ),
)
