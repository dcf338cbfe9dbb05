"""The spellings of terms as patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from pipeline.language.late import late
from pipeline.language.noun import letters
from pipeline.language.terms.kinds import Disease, Spellings, Terms

# What makes "MS" a disease, and "LC-MS/MS" none.
_BEFORE = (
    r"(?:in|with|for|has|have|had|refractory|relapsing|progressive|generali[sz]ed|severe|active|resistant|"
    r"mit|bei|gegen)"
)
_AFTER = r"(?:[Pp]atient\w*|people|relapses?|flares?|disease|activity|remission|treatment|therapy|Betroffene\w*)"
# "Sjögren's disease", "lupus", "myasthenic syndrome".
_ENDING = r"\w*(?:'s?)?(?: (?:disease|syndrome))?"
_END = late(_ENDING)
_BRACKET = late(r"(?<!\\)\((?!\?)")


def either(spellings: Spellings) -> str:
    """Write spellings as one pattern, without a bracket around it; brackets inside capture nothing."""
    return _BRACKET.sub("(?:", "|".join(spellings))


def abbreviations(capitals: Spellings, company: Spellings) -> str:
    """Write short forms as one pattern: those known by their capitals, and those that need words beside them."""
    sure, unsure = either(capitals), either(company)
    beside = rf"\b{_BEFORE} (?:{unsure})\b(?![-/]\w)|(?<![\w/-])(?:{unsure})(?: {_AFTER}\b|-{_AFTER}\b)"
    return "|".join(part for part in (rf"\b(?:{sure})\b" if sure else "", beside if unsure else "") if part)


def in_prose(disease: Disease) -> str:
    """Write what a sentence calls a disease as one pattern, in small letters, without its forms and short forms."""
    return f"(?:{either((*_keys(disease), *_stems(disease)))}){_ENDING}"


def named_in_prose(terms: Terms, keep: Callable[[Iterable[str]], Spellings] = tuple, *, short: bool = False) -> str:
    """Write what a sentence calls a disease as one pattern, as far as `keep` keeps it; `short` adds the short forms."""
    named, stems, shorts = _called(terms)
    rest = (*(shorts if short else ()), *terms.in_passing)
    return f"{either(keep(named))}|(?:{either(keep(stems))}){_ENDING}|{either(keep(rest))}"


@lru_cache(maxsize=8)
def _called(terms: Terms) -> tuple[Spellings, Spellings, Spellings]:
    """What diseases are called: whole, by stems that endings follow, and by short forms."""
    forms = (form for d in terms.diseases for form in d.forms)
    keys = (key for d in terms.diseases for key in _keys(d))
    stems = dict.fromkeys(stem for d in terms.diseases for stem in _stems(d))
    shorts = (each for d in terms.diseases for each in (*d.capitals, *d.company))
    return (*forms, *keys), tuple(stems), tuple(shorts)


def _stems(disease: Disease) -> Spellings:
    return tuple(each.removeprefix(r"\b") for each in (*disease.spellings, *disease.loose))


def _keys(disease: Disease) -> Spellings:
    """Its key, where that is more than a stem with an ending."""
    key = disease.key.replace("’", "'").lower()
    stems = _stems(disease)
    if any(key.startswith(stem) and _END.fullmatch(key, len(stem)) for stem in stems):  # most are plain letters
        return ()
    likely = tuple(stem for stem in stems if any(part in key for part in letters(stem)))
    if likely and re.fullmatch(f"(?:{either(likely)}){_ENDING}", key):
        return ()
    return (re.escape(key).replace("\\ ", " ").replace("\\-", "-"),)
