"""Nobody reads here that something is approved unless a regulator says so: which agency, where, for what, and when.

People look for what is approved, pay for it and travel to it; made-up pages already name CAR-T products as approved that
no agency knows. So a regulator's own notice must stand among the sources of the item, or of another item of the issue
on the same product or the same disease, and it must speak of an approval. Approved medicines in general, an ethics
committee's approval, plans, and CAR-T for cancers of the blood, where agencies have approved several since 2017, are
not meant. Where the notice is there, the words say where the approval holds and for which disease.

Source: FDA and EMA public lists of approved cell and gene therapies (no CAR-T for an autoimmune disease was known to us
in November 2026); Krishnamurti et al., JAMA Internal Medicine 2015, on what readers make of a regulator's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.checks._cases import DECISION, STUDY, TRIAL, case, proven, said
from pipeline.checks._prose import hits, remark
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.hit import Hit
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity, Status, Tier

_APPROVED = re.compile(
    r"\b(?:approves?|approved|licen[sc]ed|(?:is|are|was|were|been|now) authori[sz]ed|authori[sz]ed (?:in|by|for)|green[- ]?light(?:s|ed)?|cleared (?:by|in|for)|"
    r"(?:wins?|won|gets?|got|receives?|received|gains?|gained|earns?|earned|grants?|granted) (?!for\b)(?:(?!for\b)[\w-]+ ){0,4}(?:approval|clearance|licen[sc]e|marketing authori[sz]ation)|"
    r"zugelassen|zulassung (?:erhalten|erteilt))\b",
    re.IGNORECASE,
)
_IN_GENERAL = re.compile(
    r"^ (?:and \w+ |cell |gene )?(?:options?|treatments?|medicines?|drugs?|therapies|uses?|doses?|products?|ways?|tests?|label|methods?|plans?|studies)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^ (?:the |this |a |its |their |both )*(?:stud(?:y|ies)|trials?|protocols?|plans?|requests?|applications?|grants?|changes?|visits?)\b|"
    r"^ (?:to (?:start|begin|run|test|treat|go on)\b|by (?:the |an? |its |their )*(?:[\w-]+ ){0,2}(?:ethic\w*|review boards?|committees?|hospitals?|insurers?|editors?|board)\b)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:if|once|until|unless|before|whether|should|would|could|may|might|will|to be|be|hopes?|hoped|plans?|expects?|expected|seek\w*|await\w*|wait\w* for|"
    r"appl(?:y|ies|ied|ication)(?: \w+)? (?:for|to)|asked? for|wants?|first need\w*|wenn|sobald|falls|ob|noch nicht|nicht)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_BLOOD_CANCER = re.compile(
    r"^[^.;]{0,40}\b(?:cancers?|leuk(?:a?e)mias?|lymphomas?|myelomas?|krebs\w*)\b", re.IGNORECASE
)
_CODES = re.compile(r"\b(?:[A-Za-z]{4,}(?:cel|mab|gene|cept|nib|imod|leucel)|[A-Z]{2,}[A-Za-z]*-?\d+\w*)\b")
_PLACE = re.compile(
    r"\b(?:in|by|across|durch) (?:the |die |der )?[A-ZÄÖÜ]\w+|\b(?:FDA|EMA|MHRA|PMDA|NMPA|EU|USA?|UK|European|American|British|Japanese|Chinese)\b|\b(?:EU|FDA|EMA)-"
)
_PURPOSE = re.compile(
    r"\b(?:for|against|to treat|in (?:adults|people|children|patients)|für|gegen|bei)\b", re.IGNORECASE
)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on approvals that no regulator's notice bears out, and on those told without place or disease."""
    told = list(_claims(item))
    if not told:
        return
    own = _regulated(item, context) and _speaks(item, context)
    for field, hit in told:
        if not own and not any(_bears_out(other, item, hit, context) for other in context.items):
            yield remark(
                field,
                hit,
                "“{}” says that a product may be sold, and no regulator's notice in this issue bears that out.",
                "Add the agency's own notice (`hope add URL`) and say where, for what and since when; or leave it out.",
            )
    if own and item.evidence.stage is Stage.REGULATORY_DECISION:
        yield from _scope(item, told[0], context)


def _claims(item: Item) -> Iterator[tuple[str, Hit]]:
    for field, hit in hits(item, _APPROVED):
        cancer = _BLOOD_CANCER.match(hit.after) and not _CODES.search(hit.sentence.text.replace(hit.text, ""))
        if _IN_GENERAL.match(hit.after) or _OTHERS.match(hit.after) or _NOT_YET.search(hit.before) or cancer:
            continue
        yield field, hit


def _regulated(item: Item, context: Context) -> bool:
    sources = (context.config.source(key) for key in (item.source, *(also.source for also in item.also)))
    return any(source is not None and source.tier is Tier.REGULATOR for source in sources)


def _speaks(item: Item, context: Context) -> bool:
    """Whether the regulator's own text speaks of an approval; taken as read where texts were not kept."""
    kept = context.texts.get(item.id, ())
    own = [
        each.text
        for each in kept
        if (source := context.config.source(each.source)) is not None and source.tier is Tier.REGULATOR
    ]
    return not own or any(
        re.search(r"approv|authori[sz]|licen[sc]|zulass|zugelass", text, re.IGNORECASE) for text in own
    )


def _bears_out(other: Item, item: Item, hit: Hit, context: Context) -> bool:
    """Whether another item of the issue rests on a regulator's notice of an approval of the same thing."""
    if other.id == item.id or other.status is Status.REJECTED or not _regulated(other, context):
        return False
    if other.evidence.stage is not Stage.REGULATORY_DECISION or not _speaks(other, context):
        return False
    products = {code.lower() for code in _CODES.findall(" ".join((other.title, other.summary or "")))}
    named = {code.lower() for code in _CODES.findall(hit.sentence.text)}
    if named:
        return bool(named & products)
    same = set(other.about.conditions) & set(item.about.conditions)
    return bool(same and set(other.about.therapies) & set(item.about.therapies))


def _scope(item: Item, first: tuple[str, Hit], context: Context) -> Iterable[Remark]:
    words = " ".join(getattr(item, name) or "" for name in WORDS)
    field, hit = first
    source = context.config.source(item.source)
    agency = {word.lower() for word in re.findall(r"\w{4,}", source.name)} if source else set()
    if not _PLACE.search(words) and not agency & {word.lower() for word in re.findall(r"\w{4,}", words)}:
        why = "“{}” doesn't say where: an approval holds in one country, or one union of countries."
        yield remark(field, hit, why, "“Approved in … for …; not approved in … as of …”.", Severity.WARN)
    if not _PURPOSE.search(words):
        why = "“{}” doesn't say for which disease: nothing is approved as such."
        yield remark(field, hit, why, "“Approved in … for …, and for no other autoimmune disease.”", Severity.WARN)


RULE = Rule(
    id="S02",
    name="unconfirmed-approval",
    severity=Severity.BLOCK,
    check=check,
    bad=(
        *said(
            "summary",
            "Nine people got CliniLeucel-S, which was approved in January.",
            "Nine people were treated. The FDA approved the treatment for lupus.",
            "Nine people got it; it is licensed in two countries.",
            "Nine people got it, and it won fast approval in Japan.",
            "Nine people got a treatment cleared by the FDA last week.",
            "Neun Personen; die Therapie ist seit Mai zugelassen.",
        ),
        *said("access", "Approved in Examplia for lupus; the cost isn't known.", of=TRIAL),
        *said("headline", "Agency approves CAR-T for nine people's disease"),
        case(DECISION, summary="It is approved.", headline="CAR-T is approved", access="Approved.", source="jei"),
    ),
    good=(
        DECISION,
        *said(
            "summary",
            "Nine people. It is not approved for lupus anywhere.",
            "Nine people; ask which approved options you have not tried.",
            "The ethics committee approved the study of nine people.",
            "Nine people. CAR-T is approved for some blood cancers, not for lupus.",
            "Nine people. The company plans to ask for approval next year; until it is approved, only studies offer it.",
            "Nine people. Beware of sites that claim it is approved.",
            "Nine people; the company has filed for approval in Japan.",
        ),
        *said("access", "Not approved anywhere. Only inside studies."),
        case(STUDY, evidence=proven(stage=Stage.REGULATORY_DECISION, participants=28), source="agency"),
    ),
)
