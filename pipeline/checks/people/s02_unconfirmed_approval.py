"""We only say that something is approved if a regulator says so: which agency, where, for what, and when.

People look for what is approved, pay for it and travel to it; made-up pages already name CAR-T products as approved
that no agency knows. So a regulator's own notice must stand among the sources of the item, or of another item of the
issue on the same product or the same disease, and it must speak of an approval: in the country that is told, and for
the disease that is told. Approved medicines in general, an ethics committee's approval, plans, and CAR-T for cancers
of the blood, where agencies have approved several since 2017, are not meant. Neither are medicines that the issue is
not about and that are no cell or gene treatment and no antibody with two arms: "belimumab is approved for lupus" says
what people had before. Where the notice is there, the words say where the approval holds and for which disease.

Source: FDA and EMA public lists of approved cell and gene therapies (no CAR-T for an autoimmune disease was known to us
in November 2026); Krishnamurti et al., JAMA Internal Medicine 2015, on what readers make of a regulator's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import asked, countered, denied, excused, warned
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.scope import Named, borne_out, diseases, places
from pipeline.language.terms import Terms, terms
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity, Status, Therapy, Tier

_PACK = pack(__name__)
_APPROVED = _PACK["approved"]
_MEDICINE = _PACK["medicine"]
_OF_A_MEDICINE = _PACK["of-a-medicine"]
_BLOOD_CANCER = _PACK["blood-cancer"]
# Where the words on one approval end, and those on something else begin.
_CUT = _PACK["cut"]
_CODES = re.compile(r"\b(?:[A-Za-z]{4,}(?:cel|mab|gene|cept|nib|imod|leucel)|[A-Z]{2,}[A-Za-z]*-?\d+\w*)\b")
_DENIED_LATER = re.compile(
    r"^(?P<scope>[^.;:]*?)\b(?:is|are|was|were|has|have|had|does|do|can)(?:n't| not| never)\b(?! (?:true|right|so|"
    r"correct|the case)\b)",
    re.IGNORECASE,
)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on approvals that no regulator's notice bears out, and on those told without place or disease."""
    claims = list(_claims(item, context))
    own = _notice(item, context) if claims else ""
    for field, hit in claims:
        notices = [own] if own else []
        notices += [text for other in context.items if (text := _bears_out(other, item, hit, context))]
        beyond = _beyond(hit, notices, context.terms)
        if not notices:
            yield remark(
                field,
                hit,
                "“{}” says that a product may be sold, but no regulator's notice in this issue supports that.",
                "Add the agency's own notice (`hope add URL`) and say where, for what and since when; or leave it out.",
            )
        elif beyond:
            yield remark(
                field,
                hit,
                (
                    f"“{{}}” is said of {' and '.join(f'“{each.words}”' for each in beyond)}; the regulator's "
                    "notice in this issue doesn't say that."
                ),
                (
                    "Say what the notice says: in which country, for which disease. Or add the other agency's "
                    "notice (`hope add URL`)."
                ),
            )
    if own and item.evidence.stage is Stage.REGULATORY_DECISION:
        yield from _scope(item, claims, context.terms)


def _claims(item: Item, context: Context) -> Iterator[tuple[str, Hit]]:
    for field, hit in hits(item, _APPROVED, excuse=_excused):
        said = hit.marked
        general = _PACK["in-general"].stands(said) and not _PACK["the-one"].stands(said)
        if general or _PACK["of-other-things"].stands(said) or _PACK["not-yet"].stands(said):
            continue
        cancer = _BLOOD_CANCER.search(hit.after)
        if (
            cancer
            and not diseases(hit.after[: cancer.end], context.terms)
            and not _CODES.search(hit.sentence.text.replace(hit.text, ""))
        ):
            continue
        other = _other_medicine(hit)
        if other is None or other in _ours(item, context):
            yield field, hit


def _ours(item: Item, context: Context) -> str:
    """The titles that the issue rests on, in small letters."""
    return " ".join((*(each.title for each in context.items), item.title, *(also.title for also in item.also))).lower()


def _other_medicine(hit: Hit) -> str | None:
    """Name the medicine beside the words that is no treatment of our field; an engager of T cells is one."""
    engagers = tuple(p.key for p in terms().products if p.therapy is Therapy.BISPECIFIC)
    beside = (_MEDICINE.search(found.words) for found in _OF_A_MEDICINE.finditer(hit.marked))
    return next((found.words for found in beside if found and not found.words.startswith(engagers)), None)


def _excused(hit: Hit) -> bool:
    """Whether nothing is claimed; "approved in China is not approved in Europe" still claims what it says of China."""
    if _PACK["nowhere"].stands(hit.marked):
        return True
    later = _DENIED_LATER.match(hit.after)
    if later is None or not _PACK["where-or-why"].opens(later["scope"]):
        return excused(hit)
    alone = hit._replace(sentence=hit.sentence._replace(end=hit.end))
    return denied(alone) or warned(hit) or asked(hit) or countered(hit) or named(hit)


def _regulated(key: str, context: Context) -> bool:
    source = context.config.source(key)
    return source is not None and source.tier is Tier.REGULATOR


def _notice(item: Item, context: Context) -> str:
    """What regulators say of an item, as far as titles and kept texts tell; empty when none speaks of an approval.

    Where a regulator's text was not kept, it is taken as read that it speaks of one.
    """
    sources = [key for key in (item.source, *(also.source for also in item.also)) if _regulated(key, context)]
    if not sources:
        return ""
    kept = [each.text for each in context.texts.get(item.id, ()) if _regulated(each.source, context)]
    if kept and not any(map(_PACK["speaks"].stands, kept)):
        return ""
    own = (item.title, item.excerpt or "") if item.source in sources else ()
    titles = (also.title for also in item.also if also.source in sources)
    return "\n".join((*own, *titles, *kept, *_agencies(sources, context)))


def _agencies(keys: Iterable[str], context: Context) -> Iterator[str]:
    yield from (source.name for key in keys if (source := context.config.source(key)) is not None)


def _bears_out(other: Item, item: Item, hit: Hit, context: Context) -> str:
    """The notice that another item of the issue rests on, when it speaks of an approval of the same thing."""
    if other.id == item.id or other.status is Status.REJECTED:
        return ""
    if other.evidence.stage is not Stage.REGULATORY_DECISION:
        return ""
    if named_ := _codes(hit.sentence.text):
        alike = not named_.isdisjoint(_codes(f"{other.title} {other.summary or ''}"))
    else:
        alike = _share(other.about.conditions, item.about.conditions) and _share(
            other.about.therapies, item.about.therapies
        )
    return _notice(other, context) if alike else ""


@lru_cache(maxsize=256)
def _codes(text: str) -> frozenset[str]:
    return frozenset(code.lower() for code in _CODES.findall(text))


def _share(one: Iterable[str], other: Iterable[str]) -> bool:
    return not set(one).isdisjoint(other)


def _beyond(hit: Hit, notices: list[str], terms: Terms | None) -> list[Named]:
    """The places and diseases that a claim names and no notice does."""
    before = hit.before[max((found.end for found in _CUT.finditer(hit.before)), default=0) :]
    cut = _CUT.search(hit.after)
    after = hit.after[: cut.start] if cut else hit.after
    where = places(f"{before} {hit.text} {after}", ruler=before if _PACK["ruling"].opens(hit.text) else "", terms=terms)
    several = len(notices) > 1
    lost = [
        p
        for p in where
        if not (several and p.key == "several countries") and not any(borne_out(p, n, terms) for n in notices)
    ]
    known = {each.key for notice in notices for each in diseases(notice, terms)}
    return lost + [each for each in diseases(after, terms) or diseases(before, terms) if each.key not in known]


def _scope(item: Item, claims: list[tuple[str, Hit]], terms: Terms | None) -> Iterable[Remark]:
    if not claims:
        return
    field, hit = claims[0]
    fields = dict.fromkeys(("headline", "summary", "access", *(name for name, _ in claims)))
    said_ = "\n".join(getattr(item, name) or "" for name in fields)
    rulers = [each.before for _, each in claims if _PACK["ruling"].opens(each.text)]
    if not places(said_, terms=terms) and not any(places("", ruler=each, terms=terms) for each in rulers):
        why = "“{}” doesn't say where: an approval holds in one country, or one union of countries such as the EU."
        yield remark(field, hit, why, "“Approved in … for …; not approved in … as of …”.", Severity.WARN)
    if not diseases(said_, terms) and not _PACK["purpose"].stands(said_):
        why = "“{}” doesn't say for which disease: nothing is approved for everything."
        yield remark(field, hit, why, "“Approved in … for …, and for no other autoimmune disease.”", Severity.WARN)


RULE = Rule(
    id="S02",
    name="unconfirmed-approval",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
