"""How a queue file looks: the one canonical layout in which gather writes items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.model.correction import Correction
from pipeline.model.entry import Ids
from pipeline.model.item import Also, Fact, Item, Notice, Signature, Waiver
from pipeline.model.story import Change
from pipeline.yamltext import folded, literal, scalar

HEAD = """\
# Issue {issue}. Edit freely: `hope check` shows what is missing.
# status: pending | approved | hold | rejected      order: as in this file, so move items as you like
issue: {issue}
intro:                       # this month in three sentences
subject:                     # of the e-mail, with the month's news; empty: name and month
preheader:                   # what mail programs show beside the subject; empty: how the intro begins
ask:                         # the month's question for an appointment
word:                        # word of the month: a term from glossary.yml
signed: []                   # of the intro; written by `hope sign intro`
items:
"""
_BRIEF = "the item in 35 words at most, for the e-mail; empty: the summary or headline"
_UNDATED = "no day could be read from the source; look it up: 2026-11-28"
_FACT = '- {value: "7 of 9", quote: "words of the source", shows: benefit, says: "felt better"}'


def new_file(issue: str) -> str:
    """Write an empty queue file with every name in place."""
    return HEAD.format(issue=issue)


def item_lines(item: Item, dash: int) -> list[str]:
    """Write one item as a block whose dash stands in column `dash` (from 0); every name is there, empty or not."""
    lines = [
        f"id: {scalar(item.id)}",
        f"status: {item.status}",
        f"section: {item.section}",
        "# --- what the sources say (written by gather; change it only with the source open) ---",
        *_names(item, "title", "link", "source"),
        *(_names(item, "published") if item.published else [_hinted("published:", _UNDATED)]),
        f"ids: {_flow(_ids(item.ids))}",
        *_list("also", [also(each) for each in item.also]),
        f"about: {_flow(_about(item))}",
        f"evidence: {_flow(evidence(item))}",
        *_names(item, "language"),
        *_text("excerpt", item.excerpt),
        *([f"trial: {_flow(trial(item))}"] if item.trial else ["trial:"]),
        *_list("change", [change(each) for each in item.change]),
        *_list("notices", [notice(each) for each in item.notices]),
        *(["by_hand: true"] if item.by_hand else []),
        *(_draft(item.draft) if item.draft else []),
        "# --- the editors' words ---",
        *_names(item, "headline"),
        *(
            line
            for name in ("summary", "brief", "harms", "not_known", "who", "access", "funding", "you_can")
            for line in _text(name, getattr(item, name), _BRIEF if name == "brief" else "")
        ),
        *_list("facts", [fact(each) for each in item.facts], _FACT),
        *_names(item, "reason"),
        *_list("waive", [_waiver(each) for each in item.waive]),
        *_list("signed", [signature(each) for each in item.signed]),
    ]
    pad = " " * dash
    return [f"{pad}- {lines[0]}", *(f"{pad}  {line}" if line else "" for line in _indented(lines[1:]))]


CORRECTIONS = """\
# What we corrected since it was printed. `hope correct` adds to this file, `hope sign ID` signs; nothing is printed
# unsigned. What an issue has told stays as it was told: correct it again instead.
# kind: correction | clarification | update | retraction      of: the item's address
format: 1
corrections:
"""


def correction(each: Correction) -> dict[str, Any]:
    """The plain mapping of a correction."""
    words = [{"field": w.field, "was": w.was or None, "now": w.now or None} for w in each.words]
    plain = {"id": each.id, "of": each.of, "kind": str(each.kind), "on": each.on.isoformat(), "note": each.note}
    waive = {"waive": [_waiver(w) for w in each.waive]} if each.waive else {}
    return plain | {"words": words, **waive, "signed": []}


def correction_lines(each: Correction, dash: int) -> list[str]:
    """Write one correction as a block whose dash stands in column `dash`, each text on lines of its own."""
    plain = correction(each)
    lines = [f"{name}: {scalar(plain[name])}" for name in ("id", "of", "kind", "on")] + _text("note", each.note)
    lines += ["words:"] if each.words else ["words: []"]
    for reworded in each.words:
        lines.append(f"- field: {scalar(reworded.field)}")
        pieces = [*_text("was", reworded.was), *_text("now", reworded.now)]
        lines += [f"  {line}" for line in _indented(pieces)]
    lines += _list("waive", plain["waive"]) if each.waive else []
    lines.append("signed: []")
    pad = " " * dash
    return [f"{pad}- {lines[0]}", *(f"{pad}  {line}" for line in _indented(lines[1:]))]


def one_liners(*elements: dict[str, Any]) -> Callable[[int], list[str]]:
    """Lay small mappings out as list elements of one line each, for the column their dashes stand in."""
    return lambda dash: [f"{' ' * dash}- {_flow(each)}" for each in elements]


def words(*elements: str) -> Callable[[int], list[str]]:
    """Lay words out as list elements, for the column their dashes stand in."""
    return lambda dash: [f"{' ' * dash}- {scalar(each)}" for each in elements]


def also(each: Also) -> dict[str, Any]:
    """The plain mapping of another outlet's entry."""
    return _some(source=each.source, title=each.title, link=each.link, id=each.id)


def notice(each: Notice) -> dict[str, Any]:
    """The plain mapping of a notice."""
    return _some(kind=each.kind, on=each.on, text=each.text, link=each.link)


def change(each: Change) -> dict[str, Any]:
    """The plain mapping of a change; where an item tells of several trials, the trial's number comes first."""
    plain = _some(nct=each.number, field=each.field, before=each.before, after=each.after, date=each.date)
    return plain | _some(reason=each.reason, reverses=each.reverses)


def fact(each: Fact) -> dict[str, Any]:
    """The plain mapping of a fact."""
    plain = _some(value=each.value, quote=each.quote, derived=each.derived, reason=each.reason)
    return plain | _some(shows=each.shows and str(each.shows), says=each.says)


def signature(each: Signature) -> dict[str, Any]:
    """The plain mapping of a sign-off."""
    return _some(by=each.by, role=str(each.role), on=each.on.isoformat(), text=each.text, checked=each.checked)


def _indented(lines: list[str]) -> list[str]:
    """Split lines that hold line breaks (folded texts), keeping their own indentation."""
    return [part for line in lines for part in line.split("\n")]


def _names(item: Item, *names: str) -> list[str]:
    out = []
    for name in names:
        value = getattr(item, name)
        out.append(f"{name}: {scalar(value)}" if value else f"{name}:")
    return out


def _text(name: str, value: str | None, hint: str = "") -> list[str]:
    """A longer text: folded when it is one paragraph, quoted when not, empty when there is none."""
    if not value:
        return [_hinted(f"{name}:", hint)]
    if len(value) > 70:
        try:
            return [f"{name}: {folded(value, 2)}"]
        except ValueError:
            pass
    return [f"{name}: {scalar(value)}"]


def _draft(text: str) -> list[str]:
    """A draft as it reads: headline, empty line, summary; and what it is."""
    try:
        written = literal(text, 2)
    except ValueError:
        written = scalar(text)
    how = "`hope accept ID` copies it into your words, or write your own"
    return [f"# a draft from the registry's fields, never printed: {how}", f"draft: {written}"]


def _list(name: str, elements: list[dict[str, Any]], hint: str = "") -> list[str]:
    if not elements:
        return [_hinted(f"{name}: []", hint)]
    return [f"{name}:", *(f"- {_flow(each)}" for each in elements)]


def _hinted(line: str, hint: str) -> str:
    return f"{line:24}# {hint}" if hint else line


def _flow(value: Any) -> str:
    """Write plain values in flow style: `{doi: 10.5555/x, nct: NCT99990003}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(child) for child in value) + "]"
    return scalar(str(value))


def _some(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", (), [])}


def _ids(ids: Ids) -> dict[str, Any]:
    strong = _some(doi=ids.doi, pmid=ids.pmid, nct=ids.number)
    weak = _some(guid=ids.guid) if not strong else {}
    return strong | weak or _some(link=ids.link) or _some(digest=ids.digest)


def _about(item: Item) -> dict[str, Any]:
    about = item.about
    return {
        "therapies": [str(t) for t in about.therapies],
        "conditions": list(about.conditions),
        **_some(population=about.population and str(about.population)),
    }


def evidence(item: Item) -> dict[str, Any]:
    """The plain mapping of an item's evidence."""
    e = item.evidence
    return {"stage": str(e.stage)} | _some(
        participants=None if e.participants is None else str(e.participants),
        comparison=e.comparison and str(e.comparison),
        follow_up=e.follow_up,
        flags=[str(f) for f in e.flags],
        because=e.because,
    )


def trial(item: Item) -> dict[str, Any]:
    """The plain mapping of a trial's facts; empty for what is no trial."""
    t = item.trial
    if t is None:
        return {}
    return _some(
        status=t.status,
        phase=t.phase,
        enrollment=None if t.enrollment is None else str(t.enrollment),
        enrollment_type=t.enrollment_type,
        comparison=t.comparison,
        sponsor=t.sponsor,
        countries=list(t.countries),
        sites=None if t.sites is None else str(t.sites),
        ages=t.ages,
        updated=t.updated,
        reason=t.reason,
        results=t.results,
    )


def _waiver(w: Waiver) -> dict[str, Any]:
    return _some(rule=w.rule, span=w.span, reason=w.reason, note=w.note, by=w.by, until=w.until and w.until.isoformat())
