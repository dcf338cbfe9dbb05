"""What warns of words, or only names them: clinics that promise, myths set right, and when to call for help.

In rated texts the strongest words of hype stood in warnings more often than in praise.
"""

from __future__ import annotations

import re

from pipeline.language.hit import Hit
from pipeline.language.pseudo import without_pseudo

_WARNING = re.compile(
    r"\bbeware\b|\b(?:be|stay|remain) (?:very )?(?:wary|careful|cautious|alert|sceptical|skeptical|suspicious)\b|"
    r"\bwary of\b|\b(?:sceptical|skeptical|suspicious|distrust\w*) (?:of|when|if)\b|\bwatch out\b|\bsteer clear\b|"
    r"\bkeep away\b|\bstay away\b|\b(?:walk|turn|run) away\b|\bfall(?:s|ing)? for\b|"
    r"\bclaim(?:s|ed|ing)? (?:to|that|of|a|it|their|they)\b|\bclaims\b|\bso-called\b|\bmyths?\b|\bmisconceptions?\b|"
    r"\bmisbelie\w+\b|\bred flags?\b|\bwarning signs?\b|\bwarn(?:s|ed|ing|ings)?\b|\bcaution(?:s|ed|ing)?\b|"
    r"\bfalse(?:ly)?\b|\bmisleading(?:ly)?\b|\boverblown\b|\bexaggerat\w+\b|\b(?:over)?hyped?\b|\bscam\w*\b|"
    r"\bfraud\w*\b|\bquack\w*\b|\bsnake oil\b|\bcon (?:artists?|men|man)\b|\brogue\b|"
    r"\b(?:who(?:ever)?|anyone|those) (?:\w+ )?(?:promis|offer|sell|guarante|advertis)\w*|\b(?:stories|tales|"
    r"rumou?rs|posts|promises|adverts|ads|headlines|claims|talk) (?:of|about) (?:\w+ )?$|\bif you (?:read|hear|see|"
    r"find|are (?:told|offered|promised))\b|\b(?:may|might|will|often|would|can) (?:tell|promise|offer|urge|ask|"
    r"press|sell) (?:you|people|patients)\b|\b(?:clinics?|websites?|sellers?|adverts?|ads?) (?:that|who|"
    r"which) (?:promis|tell|offer|sell|urg|advertis|guarante)\w*|\bunproven\b|\bunregulated\b|\bunlicen[sc]ed\b|"
    r"\banyone who (?:promises|offers|sells|guarantees|tells)\b|\bif (?:a |an |any |some)?(?:clinic|website|site|"
    r"seller|company|someone|somebody|anyone|doctor|ad|advert\w*)s? (?:\w+ )?(?:promises?|offers?|guarantees?|sells?|"
    r"claims?|tells?|says?|speaks?|uses?|calls?)\b|\b(?:words?|phrases?|slogans?|promises?|claims?|"
    r"lines?) (?:such as|like)\b|\b(?:uses?|used|says?|said|reads?|chose) the words? ['\"]?$|"
    r"\b(?:we|editors|this newsletter) (?:do not|don't|never|avoid|leave out|try not)\b|\b(?:term|word|phrase|label|"
    r"expression)s?\b(?= [\"'(])|\bvorsicht\b|\bwarn(?:t|en|te|ten|ung)\b|\bmythos\b|\birrtum\b|\bangeblich\w*\b|"
    r"\bversprechen\b|\bverspricht\b|\bunseriös\w*\b|\bsogenannt\w*\b|\bfalsch\w*\b",
    re.IGNORECASE,
)
# "If a website guarantees results, close the tab": a condition on those who sell promises nothing.
_IF_SOLD = re.compile(
    r"[\"'(\s]*(?:if|when|whenever|should|wenn|falls)\b[^.;]{0,60}\b(?:clinics?|websites?|sites?|sellers?|adverts?|"
    r"ads?|agents?|brokers?|anyone|anybody|someone|somebody|strangers?|messages?|e-?mails?|posts?|"
    r"klinik\w*|anbieter\w*|webseite\w*|jemand)\b[^.;,]*$",
    re.IGNORECASE,
)
_WARNED_AFTER = re.compile(
    r"[\w\s,'\"-]{0,40}?\b(?:is|are|was|were|should be|ist|sind) (?:a |an |another |always |often )?(?:red flag|"
    r"warning|myth|scam|false|misleading|hype|mythos)|"
    r"[^.;!?]{0,90}[,;:] (?:please |then )?(?:close|walk away|hang up|steer clear|stay away|look elsewhere|leave|"
    r"be (?:very )?(?:wary|careful|sceptical|suspicious)|do not (?:pay|reply|sign|send|believe)|don't (?:pay|reply|"
    r"sign|send|believe)|ask (?:who|where|what|for (?:the|proof|evidence))|report|delete|tell us)\b",
    re.IGNORECASE,
)
# "the 'wonder cells' story", "'no risk', which should make you suspicious": the words are quoted to be looked at.
_MENTIONED = re.compile(
    r"[\w -]{0,30}['\"],? (?:(?:stor(?:y|ies)|headlines?|hype|claims?|label|posts?|adverts?|tag|line|slogan)\b|"
    r"which should (?:make|put)\b)",
    re.IGNORECASE,
)
_WARN_BLOCKED = re.compile(
    r"\b(?:we|our|us|this (?:is|treatment|therapy|clinic)|unlike)\b[^,;:]*$|\bfact:", re.IGNORECASE
)
_ASIDE = re.compile(
    r"^[\"'(\s]*(?:an? )?(?:common |popular |frequent )?(?:myth|mix-up|mistake|misunderstanding|belief|irrtum|mythos|"
    r"misconception|false|falsch|fiction|claim|claimed|(?:what )?(?:you may|they|people|adverts?|sellers?) (?:read|"
    r"hear|say|claim)|behauptung)\b[^.]{0,20}[:.?-]",
    re.IGNORECASE,
)
# Whoever has a fever after the cells must call: there the voice may be raised.
_URGENT_CARE = re.compile(
    r"\b(?:call|ring|phone|dial|go to|rufen|wählen|gehen|melden)\b[^.;?]{0,80}\b(?:at once|immediately|straight away|"
    r"right away|now|sofort|umgehend|112|999|911|111|emergency|notruf|notaufnahme)\b|"
    r"\b(?:at once|immediately|straight away|right away|sofort|umgehend)\b[^.;?]{0,60}\b(?:call|ring|phone|dial|"
    r"rufen|wählen|an|emergency|notaufnahme)\b",
    re.IGNORECASE,
)


def warned(hit: Hit) -> bool:
    """Whether the words are warned of, called a myth, or only named as words."""
    if _ASIDE.match(hit.sentence.text) or _ASIDE.search(hit.preceding[-30:]):
        return True
    before = without_pseudo(hit.before)
    if _WARNING.search(before) and not _WARN_BLOCKED.search(before):
        return True
    return any(
        found is not None
        for found in (_IF_SOLD.match(before), _WARNED_AFTER.match(hit.after), _MENTIONED.match(hit.after))
    )


def urgent_care(hit: Hit) -> bool:
    """Whether the sentence tells somebody to call for help at once."""
    return _URGENT_CARE.search(hit.sentence.text) is not None
