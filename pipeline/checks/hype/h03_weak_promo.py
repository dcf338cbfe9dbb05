"""Weak promotion is named, and left to the editor: novel, promising, encouraging, exciting, powerful, first-ever.

Each of these words may be honest, and each can be dropped without losing anything. "Promising" alone raises belief in
a drug (a randomised experiment). As a gate such words are useless (chance in 591 rated releases), so this is a note.
"Significant" is read as "large" by readers and as "unlikely to be chance" by statisticians: say how much. Hope is the
reader's to feel; a product does not offer it. "First" is a checkable fact: keep it with a source.

Source: Vinkers et al., BMJ 2015; Millar et al., JAMA Network Open 2022; Krishnamurti et al., JAMA Internal Medicine 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.nouns import HARM
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_GAIN = (
    r"(?:(?:\w+ ){0,2}(?:improve(?:ment|ments|d)?|benefits?|progress|advances?|responses?|reductions?|relief|"
    r"effects?|steps?|gains?|results?|better|reduced|lower(?:ed)?|decreased?|impact|promise|success|efficacy|"
    r"potential|activity|drops?|falls?|decreases?|declines?|rises?|changes?|differences?|recover(?:y|ies)))"
)
_FOUND = (
    r"(?:(?:\w+ ){0,2}(?:results?|data|signs?|findings?|news|steps?|responses?|outcomes?|evidence|trends?|signals?|"
    r"start|progress|picture|numbers?))"
)
_PLAIN = words(
    r"novel(?! coronavirus)",
    r"promising(?! (?:to|that|a|an|you|them|people|readers|patients|families|someone|somebody|anyone|everyone|more|"
    r"too|him|her|us|me|not)\b)",
    rf"(?:very |highly |really |most |so |truly |extremely )?encouraging(?= {_FOUND}\b)|(?:is|are|was|were|looks?|"
    r"looked|seems?|remains?) (?:very |highly |really |most |so |truly |extremely )?encouraging(?! (?:them|people|"
    r"patients|her|him|us|readers|others|[\w-]+ to)\b)",
    r"excit(?:ing|ingly)|(?:great|real|huge|growing|much) (?:excitement|promise|enthusiasm)|shows? (?:great |real |"
    r"much |early )?promise|holds? (?:great |real |much )?promise",
    r"(?:a |one |just a |just one |single )?simple (?:infusion|injection|jab|drip|shot)|(?:is|was) all it takes|"
    r"one-(?:shot|off|time) (?:cure|fix|answer|solution)|one[- ]and[- ]done|innovative|"
    r"next-generation(?! sequenc\w+)|pioneering|inspiring|impressive(?:ly)?|striking(?:ly)?|much[- ]needed|"
    r"long-awaited|(?:everyone|everybody|patients|people|we) (?:has|have) (?:all )?(?:been waiting|waited) for|"
    r"eagerly awaited|highly anticipated|elegant|sophisticated|best-in-class|simple blood tests?|(?:rapid|"
    r"fast)(?:ly)? (?:improve\w*|relief|results?)|unique (?:opportunity|chance|therapy|treatment|approach|mechanism|"
    r"potential|drug|way)|gentle (?:treatment|therapy|alternative)|major (?:advance|progress|success|improvement|"
    r"discovery|finding)s?|important (?:advance|breakthrough|discovery|step|progress)|invaluable|unmet need|"
    r"broad(?:ly)? applicab\w+|welcome news|good news|great news|first-in-class",
    r"positive (?:top-?line |headline |clinical |trial |study |early |interim |phase[- ]\w+ (?:\w+ )?)*(?:results?|"
    r"data|findings|readout|outcome)s?|top-?line (?:results|data)",
    r"(?:interim|early|preliminary|first|new|latest|fresh|initial|phase[- ]\w+) (?:trial |study |clinical )?(?:data|"
    r"results|findings|numbers) (?:[\w'-]+ ){0,5}?(?:look|looks|looked|are|were|appear|seem) (?:very |really |"
    r"extremely |so )?(?:strong|good|great|positive|compelling|robust|outstanding|excellent|solid)",
    r"(?:the )?(?:very )?first (?:person|patient|woman|man|child|girl|boy|teenager|adult|people|hospital|centre|"
    r"center|country) (?:(?:with|in|from|of|outside) (?!(?:the|this|a|our|its) (?:trial|study|group|part|cohort|"
    r"phase))(?:[\w'-]+ ){1,4}?){0,2}(?:(?:ever )?to (?:be|have|get|receive|undergo|offer|use)|"
    r"(?:ever )?treated with|ever (?:treated|given))",
    r"(?:first-ever|first ever|world[- ]first|world's first|first[- ]of[- ]its[- ]kind|first in the world|"
    r"weltweit erste\w*|(?:weltweit|europaweit|deutschlandweit|in (?:europa|deutschland)) (?:\w+ )?erstmals|"
    r"erstmals (?:weltweit|überhaupt|in (?:europa|deutschland)))",
    r"(?:offer|bring|give|provid|rais|spark|renew|hold)\w* (?:\w+ )?(?:real |new |fresh |great |renewed )?(?:hope|"
    r"optimism)(?= (?:for|to|that|of|in)\b)|(?:new|fresh|renewed|real|great) (?:hope|optimism)|hopes? (?:at last|"
    r"finally)|(?:at last|finally),? (?:there is )?hope|(?:ray|beacon|glimmer|source|spark) of hope|"
    r"light at the end of the tunnel|hopes? (?:is |are )?(?:rising|high|soar\w*)|hope for (?:lupus|patients|"
    r"sufferers|millions|thousands)",
    r"vielversprechend\w*|neuartig\w*(?! therapien(?=[;,.)]| (?:\(|und|heißt|zählen|gelten|im sinne|ist|sind)))|"
    r"ermutigend\w*|hoffnungs(?:träger\w*|schimmer|voll\w*)|neue hoffnung|innovativ\w*|wegweisend\w*|"
    r"beeindruckend\w*|aufregend\w*",
)
_POWERFUL = words(r"(?:very |highly |extremely )?(?:powerful|potent)")
_POWER_OTHER = re.compile(
    r" (?:(?:[\w-]+ ){0,2}(?:immun\w+|drugs?|medicines?|medications?|chemo\w*|steroids?|microscopes?|computers?|"
    rf"magnets?|painkillers?|opioids?|{HARM})\b|enough\b)|-",
    re.IGNORECASE,
)
_SIGNIFICANT = words(
    rf"significant {_GAIN}|significantly (?:\w+ )?{_GAIN}|(?:rose|fell|dropped|improved|increased|decreased|declined|"
    rf"changed|grew|shrank|recovered) significantly|(?:clinically |highly |truly )?meaningful {_GAIN}|(?:clinically|"
    r"highly) (?:meaningful|relevant|important)(?! (?:difference|change|threshold|score))|(?<=is )significant|"
    r"(?<=are )significant|(?<=was )significant|(?<=were )significant|(?<=been )significant"
)
_STATISTIC = re.compile(
    r"\bstatistic\w+|\bp ?[<=>]|\b\d|\bconfidence|\bCI\b|\bclinically (?:important|significant)|\bplacebo|\bcompared|"
    r"\bthan\b|\bversus\b|\bvs\b|\bcontrol\b|\bbetween\b",
    re.IGNORECASE,
)
_DELETE = "Delete it and read again; when nothing is lost, leave it out."


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on weak promotional words."""
    for field, hit in hits(item, _PLAIN):
        if not (_feeling(hit) or _book(hit)):
            yield remark(field, hit, "“{}” praises without telling anything.", _try(hit), _weight(hit))
    for field, hit in hits(item, _POWERFUL):
        if not _POWER_OTHER.match(hit.after):
            yield remark(field, hit, "“{}” praises without telling anything.", _DELETE)
    for field, hit in hits(item, _SIGNIFICANT):
        if not _STATISTIC.search(hit.sentence.text):
            yield remark(
                field,
                hit,
                "“{}”: readers take “significant” for large; it may only mean unlikely to be chance.",
                "Say how much, in how many people: “the score was lower by 2 points”.",
            )


def _feeling(hit: Hit) -> bool:
    """Whether it is the reader's own hope: "if a story like this gives you hope"."""
    words_ = hit.text.lower()
    return (
        "hope" in words_
        and re.search(
            r"\b(?:you|your|readers?|understandable|feel|false)\b", f"{hit.before[-60:]}{words_}", re.IGNORECASE
        )
        is not None
    )


def _book(hit: Hit) -> bool:
    """Whether it is a novel that somebody reads."""
    return (
        hit.text.lower() == "novel"
        and re.search(r"\b(?:an?|the|her|his|my|this|that|another|first|new|debut) $", hit.before, re.IGNORECASE)
        is not None
        and re.match(r"[.,;!?'\"]|$| (?:by|about|during|while|in|on|at|and|that|which|called|set|from|to)\b", hit.after)
        is not None
    )


def _weight(hit: Hit) -> Severity | None:
    """Results announced without a number ask for a look."""
    return Severity.WARN if re.match(r"positive|top", hit.text, re.IGNORECASE) else None


def _try(hit: Hit) -> str:
    found = hit.text.lower()
    if "first" in found:
        return "“First” is a fact to check: name who says so, or write “first reported”."
    if "hope" in found:
        return "Hope is the reader's. Say what was found, and leave the feeling to her."
    if "result" in found or "data" in found or "line" in found:
        return "Say what the numbers were and who reports them; without numbers, that no results have been published."
    return _DELETE


RULE = Rule(
    id="H03",
    name="weak-promo",
    severity=Severity.NOTE,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
