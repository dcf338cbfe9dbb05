"""A trial's news in words made of registry fields alone: a draft, which a person must accept or rewrite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.language.catalog import ENGLISH, SOURCE, Catalog
from pipeline.model.entry import Trial
from pipeline.model.item import Item
from pipeline.model.registry import TrialStatus
from pipeline.model.story import Change
from pipeline.render.press import Press, set_up
from pipeline.sources import registries
from pipeline.text import clip, plain
from pipeline.trials.change_types import CHANGE_TYPES, ChangeType, change_type, heads

FIXED = ("harms", "not_known", "who", "access", "funding")
"""The editors' fields whose words can follow from registry fields alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDraft:
    """What a draft says. `caveats` are the fixed sentences that are printed with the item in any case."""

    headline: str
    summary: str
    caveats: tuple[str, ...]

    @property
    def text(self) -> str:
        """The draft as it stands in the queue: headline, empty line, summary."""
        return f"{self.headline}\n\n{self.summary}" if self.summary else self.headline


def draft(
    trial: Trial, changes: tuple[Change, ...], templates: Mapping[str, str], language: str = SOURCE
) -> TrialDraft:
    """Write what a trial's registry entry now says; no changes mean that the trial is new to the registry."""
    press = set_up(templates, language=language)
    parts = _parts(press, trial, changes)
    facts = _print(press, "facts", ("sentence",), trial=trial, elsewhere=_elsewhere(trial))["sentence"]
    return TrialDraft(
        headline=clip(parts[0]["headline"], 160),
        summary=" ".join(p["sentence"] for p in (*parts, {"sentence": facts}) if p["sentence"]),
        caveats=caveats(changes, trial.status, press.catalog),
    )


def line(trial: Trial, changes: tuple[Change, ...], templates: Mapping[str, str], language: str = SOURCE) -> str:
    """Write one trial among small news of many: its sentences, and its number."""
    parts = _parts(set_up(templates, language=language), trial, changes)
    return f"{trial.number}: {' '.join(p['sentence'] for p in parts)}"


def also(number: int, templates: Mapping[str, str], language: str = SOURCE) -> str:
    """Write the headline above small news of so many trials."""
    return _print(set_up(templates, language=language), "also", ("headline",), number=number)["headline"]


def caveats(changes: tuple[Change, ...], status: str | None, catalog: Catalog = ENGLISH) -> tuple[str, ...]:
    """The fixed sentences that go with changes, each once."""
    return tuple(dict.fromkeys(catalog.said(t.caveat) for _, t in _by_weight(changes, status) if t.caveat))


def short_caveats(changes: tuple[Change, ...], status: str | None, catalog: Catalog = ENGLISH) -> tuple[str, ...]:
    """The same for the rows of the e-mail."""
    return tuple(dict.fromkeys(catalog.said(t.short) for _, t in _by_weight(changes, status) if t.short))


def accepted(item: Item, templates: Mapping[str, str], language: str = SOURCE) -> dict[str, str]:
    """The words an editor takes over when she accepts a draft, by field: what the draft says, and what is fixed.

    What registry fields don't settle (the harms of a study with results) is left out: a person writes that.
    """
    press = set_up(templates, language=language)
    headline, _, summary = (item.draft or "").partition("\n\n")
    words = {"headline": headline, "summary": summary or headline}
    if not item.trial:
        words |= _print(press, "also", FIXED, number=0)
    else:
        said = _print(press, "fixed", FIXED, trial=item.trial, conditions=item.about.conditions)
        words |= said
    return {name: text for name, text in words.items() if text}


def _says(catalog: Catalog, n: int) -> str:
    """Say how the first, the second and each further sentence of a draft begin.

    In English the further ones need no beginning. Where a clause has another order after its “that” they have one.
    """
    if n == 0:
        return catalog.said("The registry entry now says that")
    return "" if n > 1 and catalog.language == SOURCE else catalog.said("It also says that")


def _by_weight(changes: tuple[Change, ...], status: str | None) -> tuple[tuple[Change, ChangeType], ...]:
    """The changes with what they amount to, most telling first, without what a weightier one tells already."""
    weighted = sorted(((c, change_type(c, status)) for c in changes), key=lambda each: CHANGE_TYPES.index(each[1]))
    names = {kind.name for _, kind in weighted}
    quiet = {"sites", "title"} if names - {"sites", "title"} else set()
    quiet |= {"enrollment", "countries"} if names & {"terminated", "withdrawn"} else set()
    quiet |= {"countries"} if names & {"opened", "reopened"} else set()
    return tuple(each for each in weighted if each[1].name not in quiet)


def _parts(press: Press, trial: Trial, changes: tuple[Change, ...]) -> list[dict[str, str]]:
    """Print each change; the first names the study, the others say "the study"."""
    title = clip(plain(trial.title), 120)
    some = changes or (Change("new", None, trial.status, trial.updated),)
    weighted, numbers = _by_weight(some, trial.status), _numbers(trial, changes)
    parts = []
    for n, (change, kind) in enumerate(weighted):
        came, gone = _moved(change)
        parts.append(
            _print(
                press,
                kind.name,
                trial=trial,
                title=title,
                study=press.catalog.said("“%(words)s”") % {"words": title}
                if n == 0
                else press.catalog.said("the study"),
                says=_says(press.catalog, n),
                change=change,
                change_types=tuple(t.name for _, t in weighted),
                came=came,
                gone=gone,
                came_countries=_countries(came),
                gone_countries=_countries(gone),
                heads_before=heads(change.before),
                heads_after=heads(change.after),
                **numbers,
            )
        )
    return parts


def _numbers(trial: Trial, changes: tuple[Change, ...]) -> dict[str, object]:
    """How many people joined and how many had been planned, as far as the two states say."""
    sized = next((c for c in changes if c.field == "enrollment"), None)
    joined = trial.enrollment if (trial.enrollment_type or "").upper() == "ACTUAL" else None
    return {"joined": joined, "planned": heads(sized.before)[0] if sized else None}


def _moved(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What came into a list and what went out of it."""
    old, new = ((text or "").split(" | ") if text else [] for text in (change.before, change.after))
    was, now = ({part.casefold() for part in side} for side in (old, new))
    return tuple(p for p in new if p.casefold() not in was), tuple(p for p in old if p.casefold() not in now)


def _countries(sites: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({site.rpartition(", ")[2] for site in sites}))


def _elsewhere(trial: Trial) -> tuple[str, ...]:
    """The numbers the study has in other registries."""
    return tuple(i for i in trial.other_ids if registries().of(i) and i != trial.number)


def _print(
    press: Press, name: str, wanted: tuple[str, ...] = ("headline", "sentence"), /, **values: object
) -> dict[str, str]:
    printed = press.parts(f"trials/{name}.txt", wanted, Status=TrialStatus, **values)
    return {each: _capital(plain(text)) for each, text in printed.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
