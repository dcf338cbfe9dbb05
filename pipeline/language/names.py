"""Whether words are part of a name: the MIRACLE trial, Cure Lupus Now, Dr Marvel, Hope Hospital, a journal's title."""

from __future__ import annotations

import re

from pipeline.language.hit import Hit

_BODIES = (
    r"(?:Foundation|Hospital|Clinic|Cent(?:re|er)|Institute|Trust|Fund|Therapeutics|Inc|Ltd|Biotech|Pharma\w*|"
    r"Bio(?:sciences|medical)?|Society|Alliance|Project|Network|Group|"
    r"GmbH|AG|Journal|Magazine|Foundation's|Charity|Appeal|Campaign|Initiative|Prize|Award|Medal|Fellowship|"
    r"Programme|Program|Ward|House|Street|University|School|College|Conference|"
    r"Congress|Summit|Stiftung|Klinik|Verein|Krankenhaus|Studie|Partnership|Consortium|Association|Federation|League|"
    r"Union|Council|Committee|Forum|Act|Day|Week|Walk|Run|"
    r"Accelerator|Institute's)"
)
_STUDIES = (
    r"(?:trials?|stud(?:y|ies)|programmes?|programs?|registr(?:y|ies)|consorti(?:um|a)|cohorts?|score|criteria|"
    r"protocol|project|investigators?|groups?|network|extension|studie|register)"
)
_TITLE_BEFORE = re.compile(
    r"\b(?:Dr|Drs|Prof|Professor|Mr|Mrs|Ms|Frau|Herr|Sir|Dame|Nurse|Sister)\.? (?:[A-Z][\w.-]* ){0,2}$"
)
_NAMED_BEFORE = re.compile(
    r"\b(?:journals?|magazine|book|film|charity|group|organi[sz]ation|foundation|company|campaign|podcast|called|"
    r"named|entitled|titled|known as|acronym|network|trial|study|programme|program|project|"
    r"newsletter|blog|hospital|studie|zeitschrift|stiftung|verein|firma|series|startup|start-up|"
    r"firm) (?:the )?['\"]?(?:[A-Z][\w'-]* ){0,3}$"
)
# A charity "New Hope", a fund called "Neue Hoffnung Sklerodermie": every word of the quotation has a capital.
_QUOTED_NAME = re.compile(
    r"\b(?:charit(?:y|ies)|group|foundation|fund|trust|club|study|trial|project|programme|film|book|song|podcast|"
    r"series|exhibition|walk|day|\w*verein|\w*stiftung|\w*gruppe|\w*studie|\w*projekt|film|buch|"
    r"podcast)\W{1,3}(?:[A-ZÄÖÜ][\w-]* ){0,3}$",
    re.IGNORECASE,
)
_QUOTED_END = re.compile(r"(?: [A-ZÄÖÜ0-9][\w-]*){0,4}['\"]")
_NAME_AFTER = re.compile(rf"(?:[- ]\d+)?['\")]*(?: [A-Z][\w'&-]*| (?:for|of|in|and|the)(?= [A-Z])){{0,4}} {_BODIES}\b")
_STUDY_AFTER = re.compile(
    rf"(?:[- ]?\d+|-[A-Z0-9]+)*['\")]*(?: (?:phase [\w/]+|clinical|extension|[A-Z][\w-]*))? {_STUDIES}\b"
)
_CAPITAL = re.compile(r"[A-Z][a-z]+$")
_NEXT_CAPITAL = re.compile(
    r"[a-z]* (?:(?:for|of|in|the|and|against|to) )?(?P<next>[A-Z][a-z]{2,})\b(?P<more>(?: [A-Z][a-z]+)*)"
)
# What follows a name at the head of a sentence: an apposition, or what only bodies do.
_BODY_AFTER = re.compile(
    r"[a-z]*(?: [A-Z][a-z]{2,}[\w-]*){1,3}, (?:the|an?|which|whose|based|makers?) |"
    r"[a-z]*(?: (?:(?:in|of|for|and|the|with|to) )*[A-Z][\w-]*){1,4} is (?:the (?:name|title)|"
    r"an? (?:[\w-]+ )?(?:podcast|book|film|song|blog|series|show|project|campaign|app))\b|"
    r"[a-z]*(?:[- ][A-Z][\w.&-]*){1,4},? (?:(?:an? |the |one of )(?:[\w-]+ ){0,4}(?:charit\w+|group|foundation|trust|"
    r"society|fund|organi[sz]ation|company|journal|network|trial|study|programme|magazine|alliance)\b|"
    r"(?:has|have|is|runs?|offers?|publish\w*|hosts?|helps?|helped|was founded) (?:an? |the |"
    r"to )?(?:[\w-]+ ){0,2}(?:helpline|charit\w+|website|leaflets?|group|foundation|company|journal|pay|fund|"
    r"organi[sz]e)\b)"
)
_PAYS = re.compile(
    r"(?: (?:(?:for|of|in|and) )?[A-Z][\w-]+){1,3},? (?:an? (?:[\w-]+ )?(?:charity|group|fund|foundation)\b|paid|"
    r"funded|funds|financed|supports|supported|gave|is a (?:charity|group|foundation|"
    r"company|network))\b"
)
_SMALL = frozenset(
    "a an the and or but nor of in on at to for with from by as is are it its be how may can into after over than that "
    "vs via und der die das in im mit von für bei".split()
)
_GERMAN_NOUN = re.compile(
    r"(?:Durchbr|Heil|Wunder|Sensation|Meilenstein|Garantie|Hoffnung|Quanten|Wende|Revolution$|Zweifel|Beweis|"
    r"Neustart|Reset|Immun|Kampf|Opfer|Waffe)"
)
_GERMAN = re.compile(
    r"\b(?:der|die|das|und|ist|nicht|eine?[rsnm]?|für|bei|mit|von|gegen|nach|wird|sind|kein\w*|ein|zur|zum|im)\b",
    re.IGNORECASE,
)


def named(hit: Hit) -> bool:
    """Whether the words belong to a name; capitals alone prove nothing in a headline in Title Case, or in German."""
    word, before, after = hit.text, hit.before, hit.after
    if not word[:1].isupper():
        return False
    if _TITLE_BEFORE.search(before) or _NAMED_BEFORE.search(before) or _NAME_AFTER.match(after):
        return True
    if _QUOTED_NAME.search(before) and _QUOTED_END.match(after):
        return True
    if word.isupper() and len(word) > 3 and re.match(r"-[A-Z0-9]", after) and not _shouted(hit):
        return True
    if word.isupper() and len(word) > 3:
        return _STUDY_AFTER.match(after) is not None and not _shouted(hit)
    if _STUDY_AFTER.match(after) and before.strip() and _CAPITAL.match(word) and not titled(hit.sentence.text):
        return True
    return _among_capitals(hit)


def titled(text: str) -> bool:
    """Whether a text is written in Title Case, so that a capital tells nothing."""
    words = [w for w in re.findall(r"[A-Za-z][\w'-]*", text) if w.lower() not in _SMALL]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.9 * len(words)


def _among_capitals(hit: Hit) -> bool:
    text = hit.sentence.text
    if (
        _GERMAN_NOUN.match(hit.text)
        or titled(text)
        or len(_GERMAN.findall(text)) >= 2
        or not _CAPITAL.match(hit.text.split()[0])
    ):
        return False
    before = hit.before.rstrip()
    if before.strip("\"'(-"):
        # In English a capital amid a sentence is a name's; after a colon, dash or quotation mark a sentence may begin.
        return before[-1] not in ":\"'(-/"
    follows = _NEXT_CAPITAL.match(hit.after)
    return (
        (follows is not None and bool(follows["more"]))
        or _PAYS.match(hit.after) is not None
        or _BODY_AFTER.match(hit.after) is not None
    )


def _shouted(hit: Hit) -> bool:
    words: list[str] = re.findall(r"[A-Za-z]{3,}", hit.sentence.text)
    return sum(w.isupper() for w in words) > len(words) / 2
