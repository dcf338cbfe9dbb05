"""Nothing that sells an unproven treatment gets in: neither its address nor its words.

Clinics that sell cell treatments, and recipe sites that make up guides to them, fill the searches of people with
lupus. The warning signs are known: payment to take part, happy customers instead of results, one product for many
diseases, "your own cells, so no risk", a place to book. Addresses that the editors refuse stand in `sources.yml`
under `deny`. Warnings of such clinics are not meant.

Source: International Society for Stem Cell Research, nine things to know about stem cell treatments; Turner and
Knoepfler, Cell Stem Cell 2016, on how such clinics advertise.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused
from pipeline.language.hit import find
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PACK = pack(__name__)
# "Used to treat" tells what some medicine is for; "it treats" is said of the thing on sale.
# What no treatment of lupus is for as well.
_MARKETING = _PACK["marketing"]
_HURRY = _PACK["hurry"]
_SELLS = "Leave it out, or report it as a warning sign."
_READ = ("title", "excerpt")


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on addresses that the newsletter refuses, and on words that sell."""
    for field, link in (("link", item.link), *((f"also.{n}", also.link) for n, also in enumerate(item.also))):
        host = denied(link, context.config.newsletter.deny)
        if host:
            yield Remark(
                field=field,
                why=f"{host} is on this newsletter's list of refused addresses (deny in sources.yml).",
                suggestion="Remove it. If it is real news, a paper, a registry or a regulator is behind it.",
            )
    for field, hit in hits(item, _MARKETING):
        yield remark(field, hit, "“{}” is how unproven clinics sell.", _SELLS)
    for field, hit in hits(item, _HURRY):
        yield remark(field, hit, "“{}” rushes people into buying, as unproven clinics do.", _SELLS)
    for field in _READ:
        sold = (hit for sign in (_MARKETING, _HURRY) for hit in find(sign, getattr(item, field)) if not excused(hit))
        for hit in [*sold][:1]:
            yield remark(
                field, hit, "The source is selling something: “{}”.", "Reject the item, and add its address to deny."
            )


def denied(link: str | None, deny: tuple[str, ...]) -> str | None:
    """Name the refused domain that an address belongs to, itself or as a part of it; None when it is none."""
    try:
        host = (urlsplit(link or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    return next((d for d in deny if host == d.lower() or host.endswith(f".{d.lower()}")), None)


RULE = Rule(
    id="S03",
    name="clinic-marketing",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
    waivable=False,
)
