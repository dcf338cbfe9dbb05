"""A preprint, a company's report and a conference talk are labelled as such, and the words don't say otherwise.

Each flag prints its sentence ("Other experts have not checked this report yet."). So the flag has to be there when the
source is of that sort or says so itself, and "peer-reviewed" can't stand beside it.

Source: standard practice of Cochrane and the Science Media Centre labels; server prefixes of DOIs as registered with
Crossref.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.checks.hits import hits, item_text, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language import dois
from pipeline.language.hit import find
from pipeline.language.normalise import plain_punctuation
from pipeline.model.evidence import FLAG_SENTENCES, Flag
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity, Tier
from pipeline.text import safe_link

_DUE = {Tier.PREPRINT: Flag.PREPRINT, Tier.COMPANY: Flag.COMPANY}
_SITES = ("medrxiv.org", "biorxiv.org", "researchsquare.com", "ssrn.com", "preprints.org", "arxiv.org", "chemrxiv.org")
_PACK = pack(__name__)
_CONFERENCE_ABSTRACT = _PACK["conference-abstract"]
_INTERIM = _PACK["interim"]
# A paper may tell of its own past: shown in part at a meeting, looked at midway.
_WHOLE_STUDY = _PACK["whole-study"]
_SAID_BY = {Flag.CONFERENCE: _CONFERENCE_ABSTRACT, Flag.INTERIM: _INTERIM}
_SERVER = _PACK["server"]
_UNCHECKED = _PACK["unchecked"]
_AGAINST = {
    flag: _PACK[f"against-{flag}"]
    for flag in (Flag.PREPRINT, Flag.CONFERENCE, Flag.COMPANY, Flag.PRESS_RELEASE, Flag.INTERIM)
}
_DENIED = _PACK["denied"]


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a flag that is due, and on words that contradict one."""
    flags = item.evidence.flags
    due = _due(item, context)
    if due is not None and due not in flags:
        yield Remark(
            field="evidence",
            why=f"The source is a {'preprint server' if due is Flag.PREPRINT else 'company'}, but the flag "
            f"{due} isn't set.",
            suggestion=f"Add {due} to evidence.flags; it prints “{FLAG_SENTENCES[due]}”"
            + (" Or link to the paper itself, if it is out." if _linked(item) else ""),
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
    for flag, pattern in _SAID_BY.items():
        for field in ("title", "excerpt"):
            text = plain_punctuation(getattr(item, field) or "")
            found = pattern.search(text)
            if found and flag not in item.evidence.flags and not _WHOLE_STUDY.stands(text):
                yield Remark(
                    field=field,
                    start=found.start,
                    end=found.end,
                    why=f"The source says “{found.words}”, but the flag {flag} isn't set.",
                    suggestion=f"Add {flag} to evidence.flags; it prints “{FLAG_SENTENCES[flag]}”",
                )
                break


def _unlabelled(item: Item) -> Iterable[Remark]:
    """Remark on a preprint that reads as if it had been checked: its server is named, and not what that means."""
    named = list(hits(item, _SERVER, excuse=lambda _: False))
    if named and not _UNCHECKED.stands(plain_punctuation(item_text(item))):
        yield remark(
            *named[0],
            "“{}”: few readers know that other experts have not checked what it says.",
            "Say so next to it: “a preprint, which other experts have not checked yet”; or set the flag preprint.",
            Severity.WARN,
        )


def _due(item: Item, context: Context) -> Flag | None:
    source = context.config.source(item.source)
    if dois.is_preprint(item.ids.doi) or _linked(item):
        return Flag.PREPRINT
    return _DUE.get(source.tier) if source else None


def _linked(item: Item) -> bool:
    """Whether the link leads to a preprint server."""
    host = (urlsplit(safe_link(item.link) or "").hostname or "").lower()
    return any(host == site or host.endswith(f".{site}") for site in _SITES)


def _contradictions(item: Item, flag: Flag) -> Iterable[Remark]:
    for field in WORDS:
        for hit in find(_AGAINST[flag], getattr(item, field)):
            if not _DENIED.stands(hit.marked):
                yield remark(
                    field,
                    hit,
                    f"“{{}}” doesn't fit the sentence that the flag {flag} prints: “{FLAG_SENTENCES[flag]}”",
                    "One of the two is wrong. Check the source, then change the words or the flag.",
                )


RULE = Rule(
    id="E11",
    name="flag-text",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
