"""A preprint, a company's report and a meeting's talk are called that, and the words don't say otherwise.

Each flag prints its sentence ("Other experts have not checked this report yet."). So the flag has to be there when the
source is of that sort or says so itself, and "peer-reviewed" can't stand beside it.

Source: standard practice of Cochrane and the Science Media Centre labels; server prefixes of DOIs as registered with
Crossref.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.checks.hits import hits, remark, told, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import fold
from pipeline.model.evidence import FLAG_SENTENCES, Flag
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity, Tier
from pipeline.text import safe_link

_DUE = {Tier.PREPRINT: Flag.PREPRINT, Tier.COMPANY: Flag.COMPANY}
# medRxiv and bioRxiv, Research Square, Preprints.org, SSRN. 10.1101 also has journals, which use letters.
_SERVERS = re.compile(
    r"10\.1101/\d{4}\.|10\.1101/\d{6}$|10\.64898/|10\.21203/rs\.|10\.20944/preprints|10\.2139/ssrn", re.IGNORECASE
)
_SITES = ("medrxiv.org", "biorxiv.org", "researchsquare.com", "ssrn.com", "preprints.org", "arxiv.org", "chemrxiv.org")
_MEETING = re.compile(
    r"\babstract (?:(?:no\.?|number|#) ?)?[A-Z]{0,4}-?\d{2,}\b|\b(?:conference|congress|meeting) abstract\b|\b(?:ACR|"
    r"AHA) Convergence\b|"
    r"\b(?:ASH|EULAR|ACR|ASGCT|EHA|ECTRIMS|AAN|EBMT|ISCT|DGRh) (?:annual (?:meeting|congress)|congress|meeting)\b|"
    r"\b(?:late-breaking|poster|oral) (?:abstract|presentation|session)\b|"
    r"(?<!previously )(?<!been )\b(?:presented|shown|unveiled|reported|shared) (?:\w+ )?(?:at|during) (?:the |"
    r"this year's |its |an? )?[^.;]{0,60}\b(?:meeting|congress|conference|convergence|symposium|sessions?|EULAR|"
    r"ECTRIMS)\b",
    re.IGNORECASE,
)
_INTERIM = re.compile(
    r"(?<!no )(?<!first planned )(?<!planned )(?<!prespecified )(?<!pre-specified )\binterim (?:results?|analys[ei]s|"
    r"data|reports?|findings?|readouts?|look|numbers)\b(?! (?:(?:is|was|are|were|will be) )?(?:planned|scheduled|"
    r"foreseen|expected))|"
    r"\b(?:preliminary|early|initial|first) (?:results?|data|findings) (?:of|from) (?:an?|the|our|this) ongoing\b",
    re.IGNORECASE,
)
# A paper may tell of its own past: shown in part at a meeting, looked at midway.
_WHOLE = re.compile(
    r"\b(?:presented|shown) (?:previously )?in part\b|\bfinal (?:results?|analysis|report|data)\b|\bafter (?:an|"
    r"the) (?:\w+ )?interim\b",
    re.IGNORECASE,
)
_TOLD_BY = {Flag.CONFERENCE: _MEETING, Flag.INTERIM: _INTERIM}
_PREPRINT = words(
    r"(?:med|bio|psy|chem)rxiv|arxiv|research square|ssrn|preprints\.org|preprint(?:s| servers?)?|vorab-?druck\w*"
)
_UNCHECKED = re.compile(
    r"\b(?:not|no|nobody|yet to|before|without|await\w*|until)\b[^.;]{0,60}\b(?:check|review|referee|assess|vet)\w*|"
    r"n't\b[^.;]{0,60}\b(?:check|review|referee|vet)\w*|\bunreviewed\b|\bunchecked\b|\bnot peer\b|\b(?:nicht|"
    r"ungeprüft|noch keine)\b[^.;]{0,60}(?:prüf|begutacht)\w*|\bungeprüft\w*",
    re.IGNORECASE,
)
_PEERS = (
    r"peer[- ]reviewed|(?:checked|reviewed|vetted|confirmed|refereed) by (?:other |independent |outside )?(?:experts|"
    r"scientists|researchers|referees|reviewers|peers)|"
    r"(?:experts|scientists|referees|reviewers|peers) (?:have |had )?(?:now |also )?(?:reviewed|checked|vetted|"
    r"confirmed|refereed)|passed peer review"
)
_JOURNAL = (
    r"(?:published|appear(?:s|ed)|printed|out|accepted) (?:online )?(?:in|by) (?:the |a |"
    r"an )?(?:[\w-]+ ){0,3}?(?:journal|nature|science|lancet|NEJM|new england|cell|JAMA|BMJ|annals)"
)
_FULL = (
    r"full (?:report|paper|results?|study|article|publication|data)(?: (?:on|of|about|from|with|"
    r"for) [^.;,]{1,40}?)? (?:is|are|was|were|has been|have been)(?: now| already| finally)? (?:out|published|"
    r"available|online|in print)|"
    r"published (?:as a|a|the) full (?:paper|report|article)|published in full"
)
_AGAINST: dict[Flag, re.Pattern[str]] = {
    Flag.PREPRINT: re.compile(rf"\b(?:{_PEERS}|{_JOURNAL})\b", re.IGNORECASE),
    Flag.CONFERENCE: re.compile(rf"\b(?:{_PEERS}|{_FULL}|{_JOURNAL})\b", re.IGNORECASE),
    Flag.COMPANY: re.compile(
        rf"\b(?:{_PEERS}|{_FULL}|independent(?:ly)? (?:study|trial|report|confirmed|verified|researchers found))\b",
        re.IGNORECASE,
    ),
    Flag.PRESS_RELEASE: re.compile(rf"\b(?:{_FULL})\b", re.IGNORECASE),
    Flag.INTERIM: re.compile(
        r"\b(?:(?:final|definitive) (?:results?|numbers|data|analysis)|(?:completed|finished|concluded) (?:study|"
        r"trial)|(?:study|trial) (?:is|has|was) (?:now |been )*(?:complete|completed|finished|over|ended|done))\b",
        re.IGNORECASE,
    ),
}
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|yet to|before|until|without|await\w*|nobody|once|when|nor|whether|if|will|hopes?|may|"
    r"another|other|earlier|previous|prior|older|separate|different)\b|n't\b)[^.;]{0,40}$",
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
            suggestion=f"Add {due} to evidence.flags; it prints “{FLAG_SENTENCES[due]}”"
            + (" Or link the paper itself, if it is out." if _linked(item) else ""),
        )
    yield from _says_so(item)
    for flag in flags:
        if flag in _AGAINST:
            yield from _contradictions(item, flag)
    if Flag.PREPRINT not in flags:
        yield from _unlabelled(item)


def _says_so(item: Item) -> Iterable[Remark]:
    """Remark on a flag that the source's own title or excerpt asks for."""
    if item.evidence.stage.rank is None:
        return
    for flag, pattern in _TOLD_BY.items():
        for field in ("title", "excerpt"):
            text = fold(getattr(item, field) or "")
            found = pattern.search(text)
            if found and flag not in item.evidence.flags and not _WHOLE.search(text):
                yield Remark(
                    field=field,
                    start=found.start(),
                    end=found.end(),
                    why=f"The source says “{found.group()}”, and the flag {flag} isn't set.",
                    suggestion=f"Add {flag} to evidence.flags; it prints “{FLAG_SENTENCES[flag]}”",
                )
                break


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
    if (item.ids.doi and _SERVERS.match(item.ids.doi)) or _linked(item):
        return Flag.PREPRINT
    return _DUE.get(source.tier) if source else None


def _linked(item: Item) -> bool:
    """Whether the link leads to a preprint server."""
    host = (urlsplit(safe_link(item.link) or "").hostname or "").lower()
    return any(host == site or host.endswith(f".{site}") for site in _SITES)


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


RULE = Rule(
    id="E11",
    name="flag-text",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
