"""What only looks like a denial: "not only", "no doubt", "who wouldn't call it a miracle?"."""

from __future__ import annotations

import re

_PSEUDO = re.compile(
    r"\bnot (?:only|just|merely|simply|solely)\b|\bisn't (?:only|just|merely)\b|\bno (?:doubt|question|wonder|"
    r"denying|mistake|mistaking|other word|exaggeration|less than|longer|small|hype)\b|"
    r"\bwithout (?:any |a |a shadow of a |the slightest )?(?:doubt|question|exaggerat\w+|parallel|precedent|equal|"
    r"rival)\b|\b(?:never|not) (?:before|again|until now|since|been so|been closer|been nearer|far from|a day too|"
    r"in doubt|too good)\b|"
    r"\bnothing (?:short of|less than|but)\b|\blittle (?:room for )?doubt\b|\blittle wonder\b|\b(?:do|does|did|"
    r"would)(?:n't| not) hesitate\b|\b(?:hard|difficult|"
    r"impossible|tempting|wrong|unfair|odd|strange|silly|rude|remiss|churlish) not to\b|\brefus\w+ to (?:lose|"
    r"give up|surrender|let|be)\b|\bno less than\b|\bnot to mention\b|\b(?:can't|cannot|can not|couldn't) (?:help|"
    r"be denied|be overstated|deny|go wrong|wait)\b|"
    r"\b(?:nobody|no one|few|none) (?:can |could |would |will )?(?:den(?:y|ies)|doubts?|disputes?|argues?|"
    r"questions?)\b|\bwhether or not\b|\b(?:don't|do not|doesn't|never) (?:doubt|miss|wait|underestimate|forget|"
    r"lose)\b|"
    r"\bnot (?:unreasonable|wrong|impossible|unrealistic|surprising(?:ly)?|an exaggeration|exaggerating|hype) \b|"
    r"\bwhy not\b|\bnot for nothing\b|\b(?:no|without|hardly an?|scarcely an?) exaggerat\w+\b|\bno need to\b|"
    r"\bbeyond (?:any |all )?doubt\b|\bdoubtless\b|\bif not (?:a|the)\b|\b(?:could|can)(?:n't| not) be (?:\w+er|"
    r"more \w+)\b|\bnicht (?:nur|bloß|weniger als|zuletzt|umsonst)\b|\bnichts (?:weniger|geringeres) als\b|\b(?:kein|"
    r"ohne) (?:jeden )?zweifel\b|\bzweifellos\b|\bkein wunder\b(?=,)|\bnie zuvor\b",
    re.IGNORECASE,
)


def without_pseudo(text: str) -> str:
    """Put spaces in the place of what only looks like a denial, so that offsets stay."""
    return _PSEUDO.sub(blank, text)


def blank(found: re.Match[str]) -> str:
    """Give as many spaces as were found characters."""
    return " " * len(found.group())
