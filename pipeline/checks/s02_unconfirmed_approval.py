"""Nobody reads here that something is approved unless a regulator says so: which agency, where, for what, and when.

People look for what is approved, pay for it and travel to it; made-up pages already name CAR-T products as approved that
no agency knows. So a regulator's own notice must stand among the sources of the item, or of another item of the issue
on the same product or the same disease, and it must speak of an approval: in the country that is told, and for the
disease that is told. Approved medicines in general, an ethics committee's approval, plans, and CAR-T for cancers of the
blood, where agencies have approved several since 2017, are not meant. Neither are medicines that the issue is not about
and that are no cell or gene treatment and no antibody with two arms: "belimumab is approved for lupus" says what people
had before. Where the notice is there, the words say where the approval holds and for which disease.

Source: FDA and EMA public lists of approved cell and gene therapies (no CAR-T for an autoimmune disease was known to us
in November 2026); Krishnamurti et al., JAMA Internal Medicine 2015, on what readers make of a regulator's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.checks._cases import DECISION, STUDY, TRIAL, case, proven, said
from pipeline.checks._prose import hits, remark, words
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.context import asked, countered, denied, excused, warned
from pipeline.checks.prose.hit import Hit
from pipeline.checks.prose.names import named
from pipeline.checks.reading.scope import Named, borne_out, diseases, places
from pipeline.model.evidence import Stage
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity, Status, Tier

_LEAVE = r"(?:approval|clearance|licen[sc]e|(?:marketing )?authori[sz]ation|go-ahead|green light|nod)"
_STUDYING = (
    r"(?:ethic\w*|committees?|boards?|insur\w+|institutional|hospital|parental|prior|funding|planning|building|"
    r"stud(?:y|ies)|trials?)"
)
_BETWEEN = (
    r"(?:(?!(?:for|to|no|not|never|yet|without|little|applied|asked|sought|seek\w*|plan\w*|hop\w+|want\w*|"
    rf"{_STUDYING})\b)[\w-]+ ){{0,4}}"
)
_AGENCY = (
    r"(?:fda|ema|mhra|pmda|nmpa|tga|swissmedic|health canada|anvisa|european commission|(?:drug |medicines? |"
    r"health )?(?:regulators?|agenc(?:y|ies)|authorit(?:y|ies)|watchdogs?))"
)
_PRODUCT = (
    r"(?:it|them|this(?= |$|[.,;])|(?:the|this|a|an|its) (?:[\w-]+ ){0,3}(?:treatments?|therap(?:y|ies)|medicines?|"
    r"drugs?|products?|cells?|infusions?|antibod(?:y|ies)|car[- ]?t))"
)
_SOLD = r"(?:prescribed|bought|sold)"
# A licence between companies, or a doctor's.
_DEALS = (
    r"(?: (?:from|out|to (?!treat|be))| (?:[\w-]+ ){0,2}(?:technolog|patent|rights|intellectual|method|software|"
    r"provider|doctor|physician|nurse|therapist|psycholog|pharmac))"
)
_APPROVED = words(
    rf"approves?|approved(?! of\b)|licen[sc]ed(?!{_DEALS})|(?:is|are|was|were|been|now|newly) authori[sz]ed|"
    r"authori[sz]ed (?:in|by|for)|green[- ]?light(?:s|ed)?|cleared (?:by|in|for)",
    r"(?:wins?|won|gets?|got|receives?|received|gains?|gained|earns?|earned|secures?|secured|obtains?|obtained|"
    rf"grants?|granted|gives?|gave|given) {_BETWEEN}{_LEAVE}",
    rf"(?:has|have|had|holds?|held|with) {_BETWEEN}(?:approval|(?:marketing|full|regulatory) (?:clearance|licen[sc]e|"
    r"authori[sz]ation)|go-ahead|green light)",
    rf"{_LEAVE} (?:(?:was|were|is|has been|have been|now|just) )?(?:granted|given|issued|came|comes|arrived|followed|"
    r"follows|in hand|in force|holds)",
    r"(?:fda|ema|mhra|pmda|nmpa|eu|us|uk|european|american|british|japanese|chinese|swiss|canadian) (?:approval|"
    r"clearance|licen[sc]e|authori[sz]ation|go-ahead|nod)",
    rf"{_AGENCY}(?: in [\w-]+)? (?:(?:has|have|had|now|just|also|already) )*(?:cleared|clears|passed|okayed|oks|"
    rf"backed|allowed|said yes to|says? yes to) {_PRODUCT}(?! to\b| in (?:a|an|the|one|this) (?:[\w-]+ )?(?:study|"
    r"trial)| for (?:a |an |the )?(?:[\w-]+ )?(?:study|trial|test))",
    r"(?:is|are|was|were|went|goes|came|comes|now|already|put) (?:now |already |also |back )?on (?:sale|the market)|"
    r"(?:enter(?:s|ed)|reach(?:es|ed)|hits?) the market|(?:got|gets|has|have|received|gained|carries|bears) (?:an? |"
    r"the |its )?ce[- ]mark",
    r"(?:it|they|this|(?:this|the) (?:treatment|therapy|product|infusion|cells)|car[- ]?t(?: cells?)?) can (?:now |"
    rf"already |also )?be {_SOLD}|can (?:now|already) be {_SOLD}|can (?:now|already) (?:prescribe|buy|order) (?:it|"
    r"this|the (?:treatment|therapy|product|cells))|(?:available (?:on|by|through|with) (?:a |the )?(?:doctor's |"
    r"nhs )?prescription|available over the counter)",
    r"zugelassen|zulassung (?:erhalten|erteilt|bekommen|liegt vor)|(?:hat|haben|bekam|bekommt|erhielt|"
    r"erhält) (?:(?!keine?\b)[\w-]+ ){0,3}zulassung|auf dem markt|auf rezept erhältlich",
)
_KIND = r"(?:options?|treatments?|medicines?|drugs?|therap(?:y|ies)|products?)"
_IN_GENERAL = re.compile(
    rf"^ (?:and \w+ |cell |gene )?(?:{_KIND}|uses?|doses?|ways?|tests?|label|methods?|plans?|studies)\b",
    re.IGNORECASE,
)
# "It is the first approved treatment": one thing is meant, and no medicines in general.
_THE_ONE = re.compile(
    r"\b(?:is|are|becomes?|became|now|as) (?:an?|the)(?: (?:first|only|newly|fully|officially|new|ever))* $",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^ (?:for |of )?(?:the |this |a |an |its |their |her |his |both |more )*(?:phase [\w/]+ |larger |small |new |"
    r"next |first |second |clinical )*(?:stud(?:y|ies)|trials?|protocols?|plans?|requests?|applications?|grants?|"
    r"changes?|visits?|stays?|care|travel|costs?|payments?|transfers?|leave|budgets?|wording|texts?|papers?)\b|"
    r"^ (?:to (?:start|begin|run|test|go on|study|enrol|treat (?:the first|up to|more|another|\d+|(?:two|three|four|"
    r"five|six|nine|ten|twelve) )|treat [\w ]{3, 30} in (?:a|the|its|one) (?:[\w-]+ )?(?:study|trial))\b|(?:by|from|"
    rf"of) (?:the |an? |its |their )*(?:[\w-]+ ){{0,2}}(?:{_STUDYING}|ethic\w*|review boards?|hospitals?|insurers?|"
    r"editors?)\b)|"
    r"^ (?:usually|often|always|normally|process|procedures?|pathways?|dates?|decisions?|rates?|hearings?|rules?|"
    r"is (?:expected|awaited|needed|required|pending|due)|would|could|might|may|takes?|means)\b",
    re.IGNORECASE,
)
_NOT_OF_AGENCIES = re.compile(
    rf"\b(?:{_STUDYING}|participants?|patients|parents|famil(?:y|ies)|health (?:funds?|plans?)|universit(?:y|ies)|"
    r"hospitals?|courts?|team) (?:(?:has|have|had|now|also|then|first|readily|fully) )*$|"
    r"\b(?:the|this|our|its|their|each|first) (?:[\w-]+ ){0,2}(?:study|trial|protocol|stay|amendment|"
    r"consent)(?: (?:itself|also|now|then|has|have|had|was|were|is|been|first|since|already|only|just|got))* $|"
    r"\b(?:non|un|pre)-$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:if|once|until|unless|before|whether|should|would|could|(?-i:may)|might|will|to be|be|hopes?|hoped|plans?|"
    r"expects?|expected|seek\w*|await\w*|wait\w* for|needs?|requires?|only (?:after|with)|"
    r"appl(?:y|ies|ied|ication)(?: \w+)? (?:for|to)|asked? for|wants?|first need\w*|wenn|sobald|falls|ob|noch nicht|"
    r"nicht)\b(?:(?!, (?:and|but|it|they)\b|\bbut\b)[^.;:]){0,40}$",
    re.IGNORECASE,
)
_NOWHERE = re.compile(
    r"^ neither\b|^[^.;,]{0,40}\b(?:nowhere|in no (?:country|place)|by (?:nobody|no one|no agency))\b", re.IGNORECASE
)
_BLOOD_CANCER = re.compile(
    r"^[^.;]{0,40}\b(?:cancers?|leuk(?:a?e)mias?|lymphomas?|myelomas?|melanomas?|krebs\w*)\b", re.IGNORECASE
)
_CODES = re.compile(r"\b(?:[A-Za-z]{4,}(?:cel|mab|gene|cept|nib|imod|leucel)|[A-Z]{2,}[A-Za-z]*-?\d+\w*)\b")
# A treatment that is no cell, no gene and no engager of T cells (-tamab, -mig: WHO's stems), by its own name.
_MEDICINE = (
    r"(?P<name>(?!blinatumomab|mosunetuzumab)\w+(?<!ta)(?:mab|cept|nib|imod|limus|floxacin|statin)|\w*chloroquine|"
    r"methotrexate|azathioprine|cyclophosphamide|mycophenolate\w*|c[iy]closporine?|voclosporin|"
    r"leflunomide|sulfasalazine|fludarabine|prednis\w+|methylprednis\w+|cortisone|steroids|interferons?|"
    r"immunoglobulins?)"
)
_MEDICINE_BEFORE = re.compile(
    rf"\b{_MEDICINE}(?: \([^)]*\))?,? (?:(?:which|that|is|are|was|were|has|have|been|had|long|already|first|also|"
    r"itself|now|only) )*$",
    re.IGNORECASE,
)
_MEDICINE_AFTER = re.compile(rf"^ (?:(?:medicine|drug|antibody) )?{_MEDICINE}\b", re.IGNORECASE)
_WHERE_OR_WHY = re.compile(r"^[,\w' -]*?\b(?:for|against|to treat|in|by|across)\b", re.IGNORECASE)
_DENIED_LATER = re.compile(
    r"^(?P<scope>[^.;:]*?)\b(?:is|are|was|were|has|have|had|does|do|can)(?:n't| not| never)\b(?! (?:true|right|so|"
    r"correct|the case)\b)",
    re.IGNORECASE,
)
# Where the words on one approval end, and those on something else begin.
_CUT = re.compile(
    r"[;:.!?]|- |\b(?:but|however|while|whereas|although|though|unlike|except|rather than|nowhere|never|after|"
    r"based on|since|rests?)\b|,? (?:and |or )?(?:not|nor|no|neither)\b|, (?:which|who|whose|where|when)\b|"
    r"\bon (?:one|two|a|the|\d+) (?:[\w-]+ ){0,2}(?:study|studies|trial|trials)\b|(?:\band|,) (?:it|they|we|this|"
    r"that|he|she|people|doctors|is|was|are|were|has|have|had|now|tested|tried|studied|being)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"(?:approve[sd]?|licen[sc]e[sd]|authori[sz]e[sd]|cleare?[sd]|green[- ]?light(?:s|ed))\b", re.IGNORECASE
)
_SPEAKS = re.compile(r"approv|authori[sz]|licen[sc]|zulass|zugelass", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:for|to treat|in) (?:(?:some|certain|older|young|most) )?(?:adults|people|children|patients|women|"
    r"men) (?:with|who)\b",
    re.IGNORECASE,
)


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on approvals that no regulator's notice bears out, and on those told without place or disease."""
    told = list(_claims(item, context))
    own = _notice(item, context) if told else ""
    for field, hit in told:
        notices = [own] if own else []
        notices += [text for other in context.items if (text := _bears_out(other, item, hit, context))]
        beyond = _beyond(hit, notices)
        if not notices:
            yield remark(
                field,
                hit,
                "“{}” says that a product may be sold, and no regulator's notice in this issue bears that out.",
                "Add the agency's own notice (`hope add URL`) and say where, for what and since when; or leave it out.",
            )
        elif beyond:
            yield remark(
                field,
                hit,
                f"“{{}}” is told of {' and '.join(f'“{each.words}”' for each in beyond)}; the regulator's notice in this issue doesn't say that.",
                "Tell what the notice tells: in which country, for which disease. Or add the other agency's notice (`hope add URL`).",
            )
    if own and item.evidence.stage is Stage.REGULATORY_DECISION:
        yield from _scope(item, told)


def _claims(item: Item, context: Context) -> Iterator[tuple[str, Hit]]:
    ours = " ".join((*(each.title for each in context.items), item.title, *(also.title for also in item.also))).lower()
    for field, hit in hits(item, _APPROVED, excuse=_excused):
        general = _IN_GENERAL.match(hit.after) and not _THE_ONE.search(hit.before)
        if general or _OTHERS.match(hit.after) or _NOT_OF_AGENCIES.search(hit.before) or _NOT_YET.search(hit.before):
            continue
        cancer = _BLOOD_CANCER.match(hit.after)
        if cancer and not diseases(cancer.group()) and not _CODES.search(hit.sentence.text.replace(hit.text, "")):
            continue
        other = _MEDICINE_BEFORE.search(hit.before) or _MEDICINE_AFTER.match(hit.after)
        if other is None or other["name"].lower() in ours:
            yield field, hit


def _excused(hit: Hit) -> bool:
    """Whether nothing is claimed; "approved in China is not approved in Europe" still claims what it says of China."""
    if _NOWHERE.match(hit.after):
        return True
    later = _DENIED_LATER.match(hit.after)
    if later is None or not _WHERE_OR_WHY.match(later["scope"]):
        return excused(hit)
    alone = replace(hit, sentence=replace(hit.sentence, end=hit.end))
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
    if kept and not any(_SPEAKS.search(text) for text in kept):
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
    products = {code.lower() for code in _CODES.findall(" ".join((other.title, other.summary or "")))}
    named_ = {code.lower() for code in _CODES.findall(hit.sentence.text)}
    same = set(other.about.conditions) & set(item.about.conditions)
    alike = named_ & products if named_ else same and set(other.about.therapies) & set(item.about.therapies)
    return _notice(other, context) if alike else ""


def _beyond(hit: Hit, notices: list[str]) -> list[Named]:
    """The places and diseases that a claim names and no notice does."""
    before = hit.before[max((m.end() for m in _CUT.finditer(hit.before)), default=0) :]
    cut = _CUT.search(hit.after)
    after = hit.after[: cut.start()] if cut else hit.after
    where = places(f"{before} {hit.text} {after}", ruler=before if _ACTIVE.match(hit.text) else "")
    several = len(notices) > 1
    lost = [
        p for p in where if not (several and p.key == "several countries") and not any(borne_out(p, n) for n in notices)
    ]
    known = {each.key for notice in notices for each in diseases(notice)}
    return lost + [each for each in diseases(after) or diseases(before) if each.key not in known]


def _scope(item: Item, told: list[tuple[str, Hit]]) -> Iterable[Remark]:
    if not told:
        return
    field, hit = told[0]
    fields = dict.fromkeys(("headline", "summary", "access", *(name for name, _ in told)))
    said_ = "\n".join(getattr(item, name) or "" for name in fields)
    rulers = [each.before for _, each in told if _ACTIVE.match(each.text)]
    if not places(said_) and not any(places("", ruler=each) for each in rulers):
        why = "“{}” doesn't say where: an approval holds in one country, or one union of countries."
        yield remark(field, hit, why, "“Approved in … for …; not approved in … as of …”.", Severity.WARN)
    if not diseases(said_) and not _PURPOSE.search(said_):
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
        *said(
            "summary",
            "Nine people. It can now be prescribed in Japan.",
            "Nine people. In May, approval came in Japan.",
            "Nine people. MHRA licence granted on 3 May.",
            "Nine people. Regulators in China gave it the go-ahead.",
            "Nine people. The cells, approved for lupus in China, are not approved in Europe.",
            "Nine people. It is the first approved therapy for lupus.",
            "Nine people. Teclistamab is approved for lupus.",
        ),
        *said(
            "summary",
            "Examplia has approved it for lupus, after one study of 28 people.",
            "It is approved in the whole of Europe after a study of 28 people with stiff-person syndrome.",
            "Examplia and Beispielland have approved it for stiff-person syndrome. 28 people.",
            of=DECISION,
        ),
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
            "Nine people. Belimumab is approved for lupus and was tried before.",
            "Nine people. Participants approved of the care, and insurers approved the stay.",
            "Nine people. EU approval is expected in 2028 at the earliest; it is not on sale.",
        ),
        *said(
            "summary",
            "Approved in Examplia for stiff-person syndrome; not for lupus, and not in Europe. One study of 28 people.",
            of=DECISION,
        ),
        *said("access", "Not approved anywhere. Only inside studies."),
        case(STUDY, evidence=proven(stage=Stage.REGULATORY_DECISION, participants=28), source="agency"),
    ),
)
