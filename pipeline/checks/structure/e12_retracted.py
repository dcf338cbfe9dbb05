"""A withdrawn paper can't be printed, except as the news that it was withdrawn.

Retracted work goes on being read and cited for years. Here it would go to people who weigh a treatment by it. An
expression of concern, a correction or a change since the words were written asks for a second look. An item whose paper
another item of the issue takes back is stopped, too, whatever was decided about that other one.

Source: COPE retraction guidelines; Crossref Crossmark and PubMed retraction notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language import dois
from pipeline.language.normalise import normalise
from pipeline.language.notice import said_in
from pipeline.language.phrase_list import pack
from pipeline.model.evidence import Flag, Stage
from pipeline.model.finding import Remark
from pipeline.model.integrity import GONE, Integrity, NoticeKind
from pipeline.model.item import Item, Notice
from pipeline.model.names import Section, Severity

_PACK = pack(__name__)
_RETRACTED_TITLE = _PACK["retracted-title"]
_TITLE_TELLS = {
    Integrity.CONCERN: NoticeKind.CONCERN,
    Integrity.CORRECTED: NoticeKind.CORRECTED,
    Integrity.CORRECTION_NOTICE: NoticeKind.CORRECTED,
}
_GONE_TITLE = {Integrity.RETRACTED, Integrity.RETRACTION_NOTICE}
# A trial that was withdrawn never began; only what was written can be taken back.
_SAYS_SO = _PACK["says-so"]
_LOOK: dict[str, str] = {
    NoticeKind.CONCERN: "The journal has said that it has concerns about this paper.",
    NoticeKind.CORRECTED: "The paper was corrected after it came out.",
    NoticeKind.CHANGED: "The source changed after this was gathered.",
}
_FLAGS = {Flag.CONCERN: NoticeKind.CONCERN, Flag.CORRECTED: NoticeKind.CORRECTED}


_REJECT = "Reject the item, or report the withdrawal itself as safety news: what was said, what is known now."


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a source that was withdrawn, doubted, corrected or changed."""
    news = item.section is Section.SAFETY or item.evidence.stage is Stage.RETRACTION
    field = _gone(item, context)
    if field and not news:
        yield Remark(
            field=field,
            why="The paper behind this has been withdrawn. What it said can no longer be relied on.",
            suggestion=_REJECT,
        )
    notice = next(_withdrawals(item, context), None)
    if notice and not field:
        yield Remark(
            field="ids",
            why=f"“{notice.title}” in this issue says that the paper behind this has been withdrawn.",
            suggestion=_REJECT,
        )
    for kind, (where, found) in _events(item).items():
        if kind in _LOOK:
            yield Remark(
                field=where, severity=Severity.WARN, why=_LOOK[kind] + _details(found), suggestion=_way_out(kind)
            )


def _events(item: Item) -> dict[str, tuple[str, Notice | None]]:
    """What happened to the source, by kind: the field that tells of it, and the notice if there is one."""
    noticed: dict[str, tuple[str, Notice | None]] = {n.kind: (f"notices.{at}", n) for at, n in enumerate(item.notices)}
    flagged: dict[str, tuple[str, Notice | None]] = {
        kind: ("evidence", None) for flag, kind in _FLAGS.items() if flag in item.evidence.flags
    }
    titled: dict[str, tuple[str, Notice | None]] = {
        _TITLE_TELLS[said]: ("title", None) for said in said_in(item.title) if said in _TITLE_TELLS
    }
    return {**titled, **flagged, **noticed}


def _gone(item: Item, context: Context) -> str | None:
    """Name the field that tells of a withdrawal."""
    for at, notice in enumerate(item.notices):
        if notice.kind in GONE:
            return f"notices.{at}"
    if Flag.RETRACTED in item.evidence.flags:
        return "evidence"
    if _GONE_TITLE & {*said_in(item.title)} or _RETRACTED_TITLE.opens(_plain(item.title)):
        return "title"
    if _says_so(item.excerpt or ""):
        return "excerpt"
    own = (each.text for each in context.texts.get(item.id, ()) if each.source == item.source)
    return "title" if any(map(_says_so, own)) else None


def _withdrawals(item: Item, context: Context) -> Iterator[Item]:
    """Find the items of the issue that take back a paper this item rests on, whatever was decided about them."""
    if item.evidence.stage is Stage.RETRACTION or any(n.kind == NoticeKind.RETRACTS for n in item.notices):
        return
    papers = {_paper(item.ids.doi), _paper(f"PMID {item.ids.pmid or ''}"), *(_paper(o.id) for o in item.also)} - {""}
    for other in context.items:
        taken = {_paper(n.text) for n in other.notices if n.kind == NoticeKind.RETRACTS}
        taken |= {_paper(other.ids.doi)} if other.evidence.stage is Stage.RETRACTION else set()
        if other.id != item.id and papers & taken:
            yield other


def _paper(text: str | None) -> str:
    """Reduce what names a paper to its DOI, in small letters and without resolver, or to its number in PubMed."""
    number = re.fullmatch(r"pmid:? ?([0-9]{1,9})", text or "", re.IGNORECASE)
    return f"PMID {number[1]}" if number else dois.in_field((text or "").removeprefix("doi:")) or ""


def _says_so(text: str) -> bool:
    """Whether a line of a text says that it has been taken back."""
    return any(map(_SAYS_SO.stands, _plain(text).splitlines()))


def _plain(text: str) -> str:
    return normalise(text).text if "\n" not in text else "\n".join(normalise(line).text for line in text.splitlines())


def _details(notice: Notice | None) -> str:
    if notice is None:
        return ""
    on = f" On {notice.on}." if notice.on else ""
    return f"{on} “{notice.text}”" if notice.text else on


def _way_out(kind: str) -> str:
    if kind == NoticeKind.CONCERN:
        return "Hold it until the journal has decided, or say in not_known that the journal has doubts, and why."
    return "Check our words against the new version, number by number. Then sign again."


RULE = Rule(
    id="E12",
    name="retracted",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    waivable=False,
)
