"""An entry's words, made comparable, by where they stood: title, registry fields, means, summary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.late import late
from pipeline.language.normalise import comparable
from pipeline.model.entry import Entry

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
    """An entry's text by place; every part is made `comparable`.

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


def words_of(entry: Entry) -> Words:
    """Gather the words an entry may be judged by; eligibility text is left out."""
    rest = _without_eligibility(comparable(entry.summary[:_LIMIT]))
    if entry.categories:
        rest = f"{rest} [{comparable('; '.join(entry.categories))}]"
    trial = entry.trial
    if trial is None:
        return Words(title=comparable(entry.title), rest=rest)
    titles = dict.fromkeys(t for t in (entry.title, trial.title, trial.official_title or "") if t)
    summary = trial.summary or ""
    if summary and summary not in entry.summary:
        rest = f"{rest} {_without_eligibility(comparable(summary[:_LIMIT]))}"
    return Words(
        title=comparable(" | ".join(titles)),
        named=comparable(" | ".join((*trial.conditions, *trial.keywords))),
        means=comparable(" | ".join((*trial.interventions, trial.intervention_text or ""))[:_LIMIT]),
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
