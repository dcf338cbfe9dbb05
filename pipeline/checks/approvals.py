"""How texts say that something is approved, and what in them says otherwise: denied, planned, of another thing."""

from __future__ import annotations

import re

from pipeline.language.numbers.in_patterns import COUNT
from pipeline.language.phrase_list import words
from pipeline.language.terms import terms
from pipeline.model.names import Therapy

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
APPROVED = words(
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
IN_GENERAL = re.compile(
    rf"^ (?:and \w+ |cell |gene )?(?:{_KIND}|uses?|doses?|ways?|tests?|label|methods?|plans?|studies)\b",
    re.IGNORECASE,
)
# "It is the first approved treatment": one thing is meant, and no medicines in general.
THE_ONE = re.compile(
    r"\b(?:is|are|becomes?|became|now|as) (?:an?|the)(?: (?:first|only|newly|fully|officially|new|ever))* $",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"^ (?:for |of )?(?:the |this |a |an |its |their |her |his |both |more )*(?:phase [\w/]+ |larger |small |new |"
    r"next |first |second |clinical )*(?:stud(?:y|ies)|trials?|protocols?|plans?|requests?|applications?|grants?|"
    r"changes?|visits?|stays?|care|travel|costs?|payments?|transfers?|leave|budgets?|wording|texts?|papers?)\b|"
    r"^ (?:to (?:start|begin|run|test|go on|study|enrol|treat (?:the first|up to|more|another|"
    rf"{COUNT} )|"
    r"treat [\w ]{3, 30} in (?:a|the|its|one) (?:[\w-]+ )?(?:study|trial))\b|(?:by|from|"
    rf"of) (?:the |an? |its |their )*(?:[\w-]+ ){{0,2}}(?:{_STUDYING}|ethic\w*|review boards?|hospitals?|insurers?|"
    r"editors?)\b)|"
    r"^ (?:usually|often|always|normally|process|procedures?|pathways?|dates?|decisions?|rates?|hearings?|rules?|"
    r"is (?:expected|awaited|needed|required|pending|due)|would|could|might|may|takes?|means)\b",
    re.IGNORECASE,
)
NOT_OF_AGENCIES = re.compile(
    rf"\b(?:{_STUDYING}|participants?|patients|parents|famil(?:y|ies)|health (?:funds?|plans?)|universit(?:y|ies)|"
    r"hospitals?|courts?|team) (?:(?:has|have|had|now|also|then|first|readily|fully) )*$|"
    r"\b(?:the|this|our|its|their|each|first) (?:[\w-]+ ){0,2}(?:study|trial|protocol|stay|amendment|"
    r"consent)(?: (?:itself|also|now|then|has|have|had|was|were|is|been|first|since|already|only|just|got))* $|"
    r"\b(?:non|un|pre)-$",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    r"\b(?:if|until|unless|whether|should|would|could|(?-i:may)|might|will|to be|hopes?|hoped|plans?|"
    r"expects?|expected|seek\w*|await\w*|wait\w* for|needs?|requires?|only (?:after|with)|"
    r"appl(?:y|ies|ied|ication)(?: \w+)? (?:for|to)|asked? for|wants?|first need\w*|wenn|sobald|falls|ob|noch nicht|"
    r"nicht)\b(?:(?!, (?:and|but|it|they)\b|\bbut\b|\b(?:and|und) (?:[\w-]+ )?(?:is|was|are|were|has|have|got|now|seit|ist|wurde)\b|\b(?:and|und) $|\bknown that\b)[^.;:]){0,40}$|"
    # "Before it is approved": no word of a time gone by follows.
    r"\b(?:before|once)\b (?!(?:[\w-]+ ){0,3}(?:was|were|approved|had|got)\b)[^.;:]{0,40}$",
    re.IGNORECASE,
)
NOWHERE = re.compile(
    r"^ neither\b|^[^.;,]{0,40}\b(?:nowhere|in no (?:country|place)|by (?:nobody|no one|no agency))\b", re.IGNORECASE
)
BLOOD_CANCER = re.compile(
    r"^[^.;]{0,40}\b(?:cancers?|leuk(?:a?e)mias?|lymphomas?|myelomas?|melanomas?|krebs\w*)\b", re.IGNORECASE
)
CODES = re.compile(r"\b(?:[A-Za-z]{4,}(?:cel|mab|gene|cept|nib|imod|leucel)|[A-Z]{2,}[A-Za-z]*-?\d+\w*)\b")
# A treatment that is no cell, no gene and no engager of T cells (-tamab, -mig: WHO's stems), by its own name.
_ENGAGERS = "|".join(p.key for p in terms().products if p.therapy is Therapy.BISPECIFIC and p.key.endswith("mab"))
_MEDICINE = (
    rf"(?P<name>(?!{_ENGAGERS})\w+(?<!ta)(?:mab|cept|nib|imod|limus|floxacin|statin)|\w*chloroquine|"
    r"methotrexate|azathioprine|cyclophosphamide|mycophenolate\w*|c[iy]closporine?|voclosporin|"
    r"leflunomide|sulfasalazine|fludarabine|prednis\w+|methylprednis\w+|cortisone|steroids|interferons?|"
    r"immunoglobulins?)"
)
MEDICINE_BEFORE = re.compile(
    rf"\b{_MEDICINE}(?: \([^)]*\))?,? (?:(?:which|that|is|are|was|were|has|have|been|had|long|already|first|also|"
    r"itself|now|only) )*$",
    re.IGNORECASE,
)
MEDICINE_AFTER = re.compile(rf"^ (?:(?:medicine|drug|antibody) )?{_MEDICINE}\b", re.IGNORECASE)
WHERE_OR_WHY = re.compile(r"^[,\w' -]*?\b(?:for|against|to treat|in|by|across)\b", re.IGNORECASE)
DENIED_LATER = re.compile(
    r"^(?P<scope>[^.;:]*?)\b(?:is|are|was|were|has|have|had|does|do|can)(?:n't| not| never)\b(?! (?:true|right|so|"
    r"correct|the case)\b)",
    re.IGNORECASE,
)
# Where the words on one approval end, and those on something else begin.
CUT = re.compile(
    r"[;:.!?]|- |\b(?:but|however|while|whereas|although|though|unlike|except|rather than|nowhere|never|after|"
    r"based on|since|rests?)\b|,? (?:and |or )?(?:not|nor|no|neither)\b|, (?:which|who|whose|where|when)\b|"
    r"\bon (?:one|two|a|the|\d+) (?:[\w-]+ ){0,2}(?:study|studies|trial|trials)\b|(?:\band|,) (?:it|they|we|this|"
    r"that|he|she|people|doctors|is|was|are|were|has|have|had|now|tested|tried|studied|being)\b",
    re.IGNORECASE,
)
ACTIVE = re.compile(
    r"(?:approve[sd]?|licen[sc]e[sd]|authori[sz]e[sd]|cleare?[sd]|green[- ]?light(?:s|ed))\b", re.IGNORECASE
)
SPEAKS = re.compile(r"approv|authori[sz]|licen[sc]|zulass|zugelass", re.IGNORECASE)
PURPOSE = re.compile(
    r"\b(?:for|to treat|in) (?:(?:some|certain|older|young|most) )?(?:adults|people|children|patients|women|"
    r"men) (?:with|who)\b",
    re.IGNORECASE,
)
