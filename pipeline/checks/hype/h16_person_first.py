"""People have a disease; they don't suffer from it, are not its victims, and don't fail a drug.

A disease is something that a person lives with among other things. "Failed rituximab" blames the patient for the
medicine. An event may be suffered, but "had" reads better without judging anyone.

Source: NIH style guide and AMA Manual of Style (person-first language).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, pack, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PEOPLE = (
    r"(?:patients?|people|participants?|persons?|women|woman|men|man|adults?|children|those|she|he|they|volunteers?|"
    r"individuals?|subjects?)"
)
_PACK = pack(__name__)
_LABEL = _PACK["label"]
_PATIENTS = _PACK["patients"]
_EVENT = _PACK["event"]
_AS_A_WORD = _PACK["as-a-word"]
_NO_PERSON = _PACK["no-person"]
_DRUG_FAILED = _PACK["drug-failed"]


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on words that make a person her disease, its victim, or the one who failed."""
    for field, hit in hits(item, _LABEL, excuse=_only_named):
        if not _of_drug(hit):
            yield remark(
                field,
                hit,
                *_said(hit.text.lower()),
            )
    for field, hit in hits(item, _PATIENTS, excuse=named):
        illness = hit.text.rpartition(" ")[0]
        yield remark(field, hit, "“{}”: people come first.", f"“People with {illness}”.", Severity.NOTE)
    for field, hit in hits(item, _EVENT, excuse=named):
        yield remark(
            field,
            hit,
            "“{}”: “had” says the same without judging anyone.",
            "“Two people had a severe infection.”",
            Severity.NOTE,
        )


def _said(words: str) -> tuple[str, str]:
    """Say what a label does, and what to write in its place."""
    if "fail" in words:
        why = "“{}” blames the person for what the medicine didn't do."
        return why, "Turn it round: “people for whom rituximab did not work well enough”."
    if re.search(r"wheelchair|bed|house|rollstuhl", words):
        return "“{}”: what helps a person get about doesn't confine them.", "“Uses a wheelchair”, “is mostly in bed”."
    return "“{}” labels a person by their illness.", "“People with lupus”, “she has lupus”."


def _only_named(hit: Hit) -> bool:
    """Whether it is a name, or the word itself that is spoken of: "she dislikes being called a sufferer"."""
    spoken = f"{hit.before}{hit.text}".rpartition(" ")[0]
    if hit.text.lower().startswith("suffer") and _NO_PERSON.stands(f"{spoken} "):
        return True
    return named(hit) or _AS_A_WORD.stands(f"{spoken} ")


def _of_drug(hit: Hit) -> bool:
    """Whether it is the drug that failed, which is right."""
    found = re.search(r"fail", hit.text, re.IGNORECASE)
    if found is None or re.match(rf"{_PEOPLE}\b", hit.text, re.IGNORECASE):
        return False
    return _DRUG_FAILED.stands(hit.marked)


RULE = Rule(
    id="H16",
    name="person-first",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
