"""An entry's words, made comparable, by where they stood: title, registry fields, means, summary."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.language.late import late
from pipeline.model.entry import Entry

_FOLD: dict[str, str] = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060", ""),
    "\u00d7": "x",
}
# "12³ patients" is 12 with a footnote, "10⁶" a million, "1½" no 11: the number reader knows what they say.
_NUMERIC_SIGNS = late(r"((?:(?<=\d)|(?<=[a-z]{3}))[⁰¹²³⁴-⁹]+|[¼-¾⅐-⅞])")
_ODD = late(f"[{''.join(_FOLD)}]")

# An abstract is rarely longer; what follows in a long web text is menus and background.
_LIMIT = 6000

# Exclusion lists name therapies and diseases that the study is not about.
_ELIGIBILITY = late(r"\b(?:inclusion|exclusion|eligibility)(?: and exclusion)? criteria\b.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Words that decided something, and where they stood."""

    words: str
    place: str
    start: int = 0

    def __str__(self) -> str:
        return f"“{self.words}” in {self.place}"


@dataclass(frozen=True, slots=True)
class Words:
    """An entry's text by place; every part is normalised by `fold`.

    `named` holds a registry's conditions and keywords, `means` its interventions; `rest` the summary and categories.
    """

    title: str
    named: str = ""
    means: str = ""
    rest: str = ""

    @property
    def text(self) -> str:
        """Title and summary as one text, for evidence."""
        return f"{self.title}. {self.rest}"

    @property
    def everything(self) -> str:
        """All parts, a line each."""
        return f"{self.title}\n{self.named}\n{self.means}\n{self.rest}"

    def places(self) -> tuple[tuple[str, str], ...]:
        """Each part with the name a person would give its place, strongest first."""
        return (
            ("the title", self.title),
            ("the conditions field", self.named),
            ("the interventions field", self.means),
            ("the summary", self.rest),
        )


def fold(text: str) -> str:
    """Make text comparable: NFKC (but for raised digits and fractions), plain hyphens and quotes, no soft hyphens, single spaces. Case is kept."""
    if not text.isascii():
        parts = _NUMERIC_SIGNS.split(text)
        text = "".join(p if n % 2 else unicodedata.normalize("NFKC", p) for n, p in enumerate(parts))
        text = _ODD.sub(_fold_one, text)
    return " ".join(text.split())


def words_of(entry: Entry) -> Words:
    """Gather the words an entry may be judged by; eligibility text is left out."""
    rest = _without_eligibility(fold(entry.summary[:_LIMIT]))
    if entry.categories:
        rest = f"{rest} [{fold('; '.join(entry.categories))}]"
    trial = entry.trial
    if trial is None:
        return Words(title=fold(entry.title), rest=rest)
    titles = dict.fromkeys(t for t in (entry.title, trial.title, trial.official_title or "") if t)
    summary = trial.summary or ""
    if summary and summary not in entry.summary:
        rest = f"{rest} {_without_eligibility(fold(summary[:_LIMIT]))}"
    return Words(
        title=fold(" | ".join(titles)),
        named=fold(" | ".join((*trial.conditions, *trial.keywords))),
        means=fold(" | ".join((*trial.interventions, trial.intervention_text or ""))[:_LIMIT]),
        rest=rest,
    )


def first_hit(pattern: re.Pattern[str], words: Words, places: tuple[str, ...] = ()) -> Grounds | None:
    """Find the first words that match, in the order of places; `places` limits where to look."""
    for place, text in words.places():
        if text and (not places or place in places):
            found = pattern.search(text)
            if found is not None:
                return Grounds(found.group().strip(), place, found.start())
    return None


def _without_eligibility(text: str) -> str:
    return _ELIGIBILITY.sub("", text) if "riteria" in text else text


def _fold_one(found: re.Match[str]) -> str:
    return _FOLD[found.group()]
