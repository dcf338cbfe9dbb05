"""Abbreviations in a text, and whether the words around one say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.normalise import Folded
from pipeline.language.reading.syllables import spelled_out

_ABBREVIATION = re.compile(
    r"(?<![\w@./-])(?:[a-z]{0,2}[A-Z]{2,}[A-Za-z]{0,4}|Ig[A-Z]|Hb[A-Z]\w*)\d*(?:-(?:[A-Z]{1,4}\d*|"
    r"\d+[a-z]?)\b)*s?(?![\w@])"
)
# Known to everybody, or names of things and not their short forms.
_KNOWN = frozenset(
    "DNA RNA HIV AIDS COVID COVID-19 MRI CT TV PDF US USA UK EU UN WHO NHS AM PM OK ID DOI FAQ PhD MD PCR BMI HPV GP GPs "
    "ECG EKG NIH BBC AI AG CE CV DC HQ IQ IT KG LA NY PC QR SE TU UV VR WC XL "
    "CAR-T CAR-NK CAR NCT ISRCTN II III IV VI VII VIII IX XI XII XIII".split()
)
# Short words of everyday English in capitals: shouting, which is another rule's. "ALL" is a leukaemia.
_SHORT_WORDS = frozenset(
    "NO NOT ONE TWO SIX TEN AND OR THE BUT YES NEW NOW HOW WHY ANY FEW ARE WAS HAS HAD CAN FOR YOU OUR".split()
)
# Two letters alone are a short form ("DM", "MI"); with a number they are a name, as "B12" or "CD4".
_NUMBERED = re.compile(r"(?:NCT|ISRCTN|EUCT|DRKS|PMID|PMC)[\d-]*|[A-Z]{1,2}\d{1,2}|[A-Z]")
# "the antibody ABX-9", "their joint score, DAS28": the noun before says what sort of thing it is.
_KIND = (
    r"(?:antibod(?:y|ies)|medicines?|drugs?|treatments?|therap(?:y|ies)|products?|compan(?:y|ies)|maker|agenc(?:y|"
    r"ies)|regulators?|regist(?:er|ry)|"
    r"diseases?|syndromes?|disorders?|conditions?|infections?|virus(?:es)?|scores?|scales?|ind(?:ex|ices)|tests?|"
    r"scans?|questionnaires?|criteria|definitions?|"
    r"proteins?|markers?|molecules?|genes?|signals?|receptors?|enzymes?|hormones?|cells?|network|group|society|"
    r"charity|institute|foundation|"
    r"journal|meeting|congress|guidelines?|designation|scheme|programme?|project|stud(?:y|ies)|trials?)"
)
_KIND_BEFORE = re.compile(rf"\b{_KIND}(?:,| called| named| known as| is| was)? [\"']?$", re.IGNORECASE)
_NAME_AFTER = re.compile(
    r"[\"']?[- ](?:trial|study|studies|registry|designation|scheme|network|foundation|programme?|meeting|congress|"
    r"test)\b",
    re.IGNORECASE,
)
# "BXM GmbH", "GFX Pharma": what a body calls itself is its name.
_BODY_AFTER = re.compile(
    r"[\"']?[- ](?:GmbH|Inc|Ltd|Limited|LLC|AG|SE|PLC|plc|Corp|Co|S\.?A|N\.?V|B\.?V|KG|KGaA|AB|Pharma\w*|"
    r"Therapeutics|Bio\w*|Oncology|"
    r"Sciences|Laboratories|University|Universität|Hospital|Foundation|Institute|Trust|Charity|Stiftung)\b"
)
_BRACKET_BEFORE = re.compile(r"[A-Za-z][\w'-]*[\"']? \((?:or |also |called |known as |short: |in short )*$")
_TOLD_AFTER = re.compile(
    r"[\"']? (?:\((?![A-Z]{2,}\)|\d)[A-Za-z][^)]{3,}\)|(?:stands for|is short for|means|is an?|are)\b)|,? (?:or|an?|"
    r"the|short for|which|meaning|that is) [a-z]",
)
_PRODUCT = re.compile(r"[A-Z]{2,}\w*-?\d+\w?")
_TRIED_BEFORE = re.compile(r"\b(?:stud(?:y|ies)|trials?|doses?|tests?|testing|infusions?) (?:of|with) $", re.IGNORECASE)
_CALLED_BEFORE = re.compile(r"\b(?:called|known as|named|shortened to|short) [\"']?$|\bor [\"']?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation by characters of the folded text; `told` when the words beside it say what it is."""

    text: str
    start: int
    end: int
    told: bool


def abbreviations(folded: Folded) -> Iterator[Abbreviation]:
    """Find the abbreviations of a text, those that everybody knows aside."""
    text = folded.text
    for found in _ABBREVIATION.finditer(text):
        word = found.group()
        if not _shouted(word) and not _everyday(word) and not _BODY_AFTER.match(text, found.end()):
            yield Abbreviation(
                word.removesuffix("s"), found.start(), found.end(), _told(text, found.start(), found.end())
            )


def explained(text: str, end: int) -> bool:
    """Whether the words right after a term say what it is: "…, a washing of the blood", "… (protein in the urine)"."""
    return _TOLD_AFTER.match(text, end) is not None


def _everyday(word: str) -> bool:
    bare = word.removesuffix("s")
    return not _KNOWN.isdisjoint((bare, word)) or word in _SHORT_WORDS or _NUMBERED.fullmatch(bare) is not None


def _shouted(word: str) -> bool:
    """Whether it is an everyday word in capitals, or a name with capitals inside, as BioNTech."""
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (
        len(letters) > 8
        or capitals * 2 < len(letters)
        or (len(letters) >= 4 and word.isalpha() and spelled_out(word.lower()))
    )


def _told(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if after.startswith(")") and _BRACKET_BEFORE.search(before):
        return True
    return any(
        (
            _KIND_BEFORE.search(before),
            _CALLED_BEFORE.search(before),
            _TOLD_AFTER.match(after),
            _NAME_AFTER.match(after),
            _PRODUCT.fullmatch(text[start:end]) and _TRIED_BEFORE.search(before),
        )
    )
