"""Nobody is told to take, stop or ask for a treatment without a source that says so.

An item is not a consultation. 40% of rated releases gave readers direct advice that their study couldn't carry, and a
reader who stops a medicine on such a sentence can lose an organ. Questions to take along ("ask whether a study fits
you"), keeping on with medicines, and what a regulator or guideline says in its own name are free.

Source: Sumner et al., BMJ 2014; Cochrane guidance for plain language summaries 2021 (no recommendations).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import asked, countered, denied, warned
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.nouns import COUNT, PEOPLE, TREATMENT
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_ACT = (
    r"(?:take|taking|start|stop|try|get|have (?:the|this|an?|CAR\S*|your) (?:\w+ )?(?:infusion|treatment|therapy|"
    r"cells|injection)|receive|switch|change|use|demand|request|insist|ask for|push for|press for|seek|sign up|enrol|"
    r"enroll|join|undergo|consider|quit|skip|drop|come off|wean|taper|throw away|"
    r"give up|cut|reduce|halve|double|be (?:given|offered|treated)|choose|buy|opt|discontinue|avoid|book|(?:contact|"
    r"call|visit|travel to) (?:the|our|this|a) (?:clinic|hospital|company|cent(?:re|er)))"
)
_WHO = (
    r"(?:you|(?:all |any |every |many |most )?(?:people|patients|readers|women|men|parents|families|anyone|everyone|"
    r"those|persons?)(?: (?:with|who|living with|whose) [\w' -]{1,40}?)?)"
)
_DOCTOR = (
    r"(?:(?:your|the|a|their|his|her|any) )?(?:own )?(?:doctors?|specialists?|rheumatologists?|neurologists?|"
    r"clinics?|hospitals?|team|gp|physicians?|insurers?|ärzt\w+|arzt)"
)
_MEDICINES = (
    r"(?:(?:your|their|all|the|any|other|these|those|those old|daily|current) )*(?:medicines?|medications?|drugs?|"
    r"pills?|tablets?|steroids?|cortisone|immunosuppressants?|\w+mab|mycophenolate|azathioprine|cyclophosphamide|"
    r"hydroxychloroquine|infusions?|prednisone|prednisolone|methotrexate|treatments?|"
    r"biologics?|appointments?|medikamente?|tabletten|kortison)"
)
_PATTERN = words(
    rf"{_WHO} (?:should(?: now| no longer| finally)?|must|need to|ought to|have to|had better|would do well to|"
    r"can now|can safely|may now|are advised to|are urged to|are encouraged to|should all|should consider|"
    rf"shouldn't hesitate to) (?:\w+ly )?{_ACT}",
    rf"(?:ask|tell|beg|urge|press|push|get|pressure|persuade|convince) {_DOCTOR} (?:for (?!help|advice|questions|"
    r"more information|information|an explanation|a (?:copy|second opinion|letter|referral to a)|the (?:results|"
    r"name|number))[\w-]+|to (?:give|prescribe|put|start|switch|refer you for|offer|order|stop|try|let)|into)",
    rf"talk {_DOCTOR} into|(?:demand|insist on|request|push for|ask for) (?:it\b|one\b|them\b|this (?:treatment|"
    r"therapy|drug|test)|CAR[- ]?\w+|the (?:treatment|therapy|drug|infusion|new)|a (?:place|prescription|infusion))",
    r"(?:stop|quit|skip|drop|throw away|throw out|bin|ditch|come off|give up|halve|reduce|taper|pause|lower|"
    r"cut down (?:on )?|leave out|say goodbye to|do without|"
    rf"leave off) (?:taking )?(?:your next )?{_MEDICINES}|stop taking \w+|"
    rf"(?:don't|do not|never) take {_MEDICINES}",
    rf"we (?:recommend|advise|urge) (?:CAR\S*|it\b|(?:the |this |these )?{TREATMENT}|(?:that )?(?:you|people|"
    r"patients|everyone)\b(?! (?:to )?(?:talk|ask|speak|contact)\b)|(?:asking for|taking|starting|stopping|"
    r"switching|trying|skipping) [\w-]+)|"
    r"(?:doctors|hospitals|insurers|clinics|the nhs|health services?) (?:should|must) (?:\w+ )?(?:offer|give|"
    r"prescribe|provide|use|pay for|cover)",
    rf"(?:no need (?:for|to take)|you (?:don't|do not|no longer|will no longer|won't) need) {_MEDICINES}(?! you)",
    r"(?:switch|change) (?:now )?to (?:CAR[- ]?\w+|this|the new|a new|it)|(?:go|opt) for (?:CAR[- ]?\w+|"
    r"this treatment|the new)|(?:sign up|enrol|enroll|register|apply) (?:for|in|with) (?:the|this|a|our) (?:trial|"
    r"study|clinic|programme|program)|worth (?:asking for|demanding|switching|trying for yourself)|your best (?:bet|"
    r"option|choice)|the best (?:choice|option|treatment) for (?:you|people|patients)",
    r"(?:sollten|müssen) (?:sie |alle |patienten |menschen )?(?:[\w-]+ ){0,4}(?:absetzen|nehmen|verlangen|"
    rf"wechseln|fordern)|setzen sie (?:ihre? )?(?:\w+ )?(?:{_MEDICINES}|\w+) ab|fragen sie (?:ihren arzt|"
    r"ihre ärztin) nach (?:der|dem|einer) (?:CAR\S*|therapie|behandlung)|verlangen sie|nehmen sie (?:kein\w*|"
    r"nicht)[^.;]{0,40} mehr|"
    r"bitten sie (?:ihren arzt|ihre ärztin|ihr team) um (?!rat|hilfe|auskunft)[\w-]+|"
    r"sagen sie [^.;]{0,70}, dass sie [^.;]{0,40}(?:wollen|möchten|brauchen)|(?:kann|können|darf|dürfen|dürft|"
    r"könnt) (?:[\w-]+ ){0,5}(?:absetzen|weglassen)|(?:medikamente?|tabletten|kortison|cortison|"
    r"methotrexat) (?:\w+ ){0,2}(?:absetzen|weglassen)",
)
_PROMPT = re.compile(
    r"^(?:stop|quit|skip|drop|throw|bin|ditch|come|give|halve|reduce|taper|pause|lower|cut down|say|do without|leave)",
    re.IGNORECASE,
)
# The imperative begins a sentence or a clause; elsewhere the words tell what happened or was asked ("able to stop steroids").
_IMPERATIVE = re.compile(
    r"(?:^|[:;,.!-] ?|\b(?:so|then|and|now|please|simply|just|also|time to|can now|can finally|can safely|"
    r"(?:you|patients|people|everyone|those)(?: (?:with|who) [\w -]{1,30}?)? can(?: (?:now|finally|soon|safely|"
    r"simply|all))?|"
    r"you (?:could|may|will)|should|must)\s)[\"'(]*$",
    re.IGNORECASE,
)
# "Four of nine people can stop steroids" tells what some did.
_COUNTED = re.compile(
    rf"\b{COUNT} (?:(?:of|in|out of) (?:the )?{COUNT} )?(?:[\w-]+ ){{0,2}}{PEOPLE}(?: [\w-]+)? can(?: now)? $",
    re.IGNORECASE,
)
_BY_SOURCE = re.compile(
    r"\b(?:guidelines?|recommendations?|recommend(?:s|ed)?|leaflet|advis(?:es|ed|e|ory)|according to|empfiehlt|"
    r"empfehlen|leitlinie\w*)\b|"
    r"\b(?:agency|agencies|EMA|FDA|MHRA|EULAR|ACR|NICE|label|regulators?|society|health service|NHS|ministry|"
    r"authorit(?:y|ies)|behörde\w*)\b[^.;,]{0,30}\b(?:says?|said|asks?|asked|warns?|warned|tells?|told|states?|"
    r"stated|urges?|urged|wants?)\b",
    re.IGNORECASE,
)
_CARE = re.compile(
    r"^(?: \w+){0,2} (?:care|part|time|notes?|questions?|someone|somebody|this (?:page|text|newsletter)|"
    r"it (?:seriously|slowly|to your)|help|in touch|a look|advice|medical advice|a (?:doctor|specialist|"
    r"second opinion)|urgent|emergency|their (?:doctor|team|specialist)|your (?:doctor|team|specialist|"
    r"medicines?)\b(?=.{0,30}(?:as (?:prescribed|agreed)|until))|vaccin\w+|in (?:prescribed|agreed))",
    re.IGNORECASE,
)


# What a study asks of those who join is told, not advised.
_PROTOCOL = re.compile(
    r"\b(?:to (?:join|take part|enter|be (?:included|eligible))|(?:who|if (?:you|they)) (?:join|take part|enter|"
    r"want to join)|eligib\w+|participants|volunteers|before (?:the|their) (?:first )?(?:infusion|study|trial|"
    r"visit)\b(?=.{0,40}\b(?:study|trial)))",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on advice to take, stop, switch or ask for a treatment."""
    for field, hit in hits(item, _PATTERN, excuse=_free):
        yield remark(
            field,
            hit,
            "“{}” tells readers what to do; somebody may do it without asking.",
            "Make it a question to take along (“ask whether …”, “talk with your specialist before …”), or name who advises it: “the agency says …”.",
        )


def _free(hit: Hit) -> bool:
    if _PROMPT.match(hit.text) and (not _IMPERATIVE.search(hit.before) or _COUNTED.search(hit.before)):
        return True
    if _CARE.match(hit.after) or _BY_SOURCE.search(hit.before):
        return True
    if _PROTOCOL.search(hit.sentence.text) and not re.search(r"\byour\b", hit.text, re.IGNORECASE):
        return True
    text = hit.text.lower()
    if "need" in text.split()[0:3]:
        return warned(hit) or countered(hit) or asked(hit)
    return denied(hit) or warned(hit) or asked(hit) or countered(hit) or named(hit)


RULE = Rule(
    id="H15",
    name="advice",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
