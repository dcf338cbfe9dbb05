"""What the commands say: values -> text for the terminal, 80 columns wide."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pipeline.issue import QUIET, UNREACHED
from pipeline.model.evidence import Stage
from pipeline.model.item import Item, Queue, Signature, TextHash
from pipeline.model.names import Format, Population, State, Status
from pipeline.model.settings import Config
from pipeline.model.source import Health, Source
from pipeline.source_health.health import todo
from pipeline.text import clip, count, plain
from pipeline.trials.change_types import group_of
from pipeline.yamltext import adapter

if TYPE_CHECKING:  # the flow loads rules and templates, which a list of sources needs none of
    from pipeline.flow.deliver import Delivery
    from pipeline.flow.gather import Gathered
    from pipeline.flow.show import ShownItem, ShownQueue, ShownSources
    from pipeline.flow.site import SiteMade
    from pipeline.model.issue import BuiltIssues

_BAD = UNREACHED | QUIET | {State.DEGRADED, State.MOVED}
_OFFLINE = "Is this computer online? The queue is as you left it; run `hope gather` again later."


def gathered(done: Gathered) -> str:
    """Say what a gather brought, and which sources need a person."""
    head = f"Issue {done.issue}: {count(done.read, 'entry', 'entries')} from {count(len(done.asked), 'source')}"
    lines = [
        f"{head}, {done.window.since} to {done.window.today}.",
        f"  {done.kept:>5} about our topics",
        f"  {len(done.added):>5} new in outbox/{done.issue}/queue.yml",
    ]
    if done.renewed:
        named = ", ".join(done.renewed[:3]) + (" …" if len(done.renewed) > 3 else "")
        lines.append(f"  {len(done.renewed):>5} already there, with something new: {named}")
    asked = [h for h in done.health if h.key in done.asked]
    ill = [h for h in asked if h.diagnosis in _BAD]
    if ill and len(ill) == len(asked) and done.read == 0 and all(h.diagnosis is State.FAILED for h in ill):
        return "\n".join([*lines, f"\nNo source answered ({ill[0].key}: {ill[0].note}).", _OFFLINE])
    if ill:
        need = "1 source needs" if len(ill) == 1 else f"{len(ill)} sources need"
        lines.append(f"\n{need} a look (`hope sources` says what to do):")
        lines += [
            f"  {clip(h.key, 24):<24} {h.diagnosis}: {clip(h.note, 80 - 30 - len(h.diagnosis))}" for h in ill[:12]
        ]
        lines += [f"  … and {len(ill) - 12} more"] if len(ill) > 12 else []
    if not done.added and not done.renewed:
        unheard = any(h.diagnosis in UNREACHED for h in ill)
        who = "Nothing new from the sources that answered" if unheard else "Nothing new"
        who = "No source could be read" if done.deaf else who
        lines.append(f"\n{who}: the queue is as you left it.")
    elif done.added:
        lines.append(f"\nNext: write in outbox/{done.issue}/queue.yml, then `hope check`.")
    return "\n".join(lines)


def sources(shown: ShownSources) -> str:
    """The table of sources: state, age of the newest entry, entries, and below it what to do."""
    known = {h.key: h for h in shown.health}
    lines = [f"{'source':<20} {'tier':<11} {'state':<21} {'newest':<10} {'age':>6} {'entries':>7}"]
    todos = []
    for source in shown.config.enabled:
        seen = known.get(source.key)
        lines.append(_row(source, seen, shown.today))
        if seen and (help_ := todo(seen, source)) and seen.diagnosis in _BAD:
            todos.append(f"{source.key}: {help_}")
    out = "\n".join(lines)
    if todos:
        out += "\n\nWhat to do\n" + "\n".join(_listed(t) for t in todos)
    off = [s for s in shown.config.sources if not s.enabled]
    if shown.everything and off:
        out += "\n\nOff\n" + "\n".join(_listed(f"{s.key}: {s.because}") for s in off)
    elif off:
        out += f"\n\n{count(len(off), 'source')} switched off (--all shows them with the reason)."
    return out


def sources_json(shown: ShownSources) -> str:
    """The states of the sources as a JSON array, one object a source."""
    known = {h.key: h for h in shown.health}
    listed = [s for s in shown.config.sources if shown.everything or s.enabled]
    return json.dumps([_plain(s, known.get(s.key), shown.today) for s in listed], ensure_ascii=False, indent=1)


def kept_texts(shown: ShownItem) -> str:
    """What the sources of an item said, whole; the words that its evidence was read from stand in [[ ]]."""
    item = shown.item
    step = (
        f"{item.evidence.stage}, because of {item.evidence.because}" if item.evidence.because else item.evidence.stage
    )
    lines = [item.id, f"Evidence: {step}"]
    if not shown.texts:
        lines.append("No text was kept: the item was added by hand, or is older than the keeping of texts.")
    for each in shown.texts:
        lines += [
            "",
            f"From {each.source}{f', {each.link}' if each.link else ''}:",
            _brackets_around(each.text, shown.read),
        ]
    return "\n".join(lines)


def _brackets_around(text: str, words: tuple[str, ...]) -> str:
    if not words:
        return text
    # A space in what was read may be a line's end, or several spaces, in the text as it was kept.
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, each.split())) for each in longest_first)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda found: f"[[{found.group()}]]", text, flags=re.IGNORECASE)


def queue(shown: ShownQueue) -> str:
    """List a queue: one line an item, with what is still missing."""
    whole, config, items = shown.queue.queue, shown.config, _kept(shown)
    if not items:
        return f"Issue {whole.issue}: no {f'{shown.only} ' if shown.only else ''}items."
    lines = [f"Issue {whole.issue}: {count(len(items), 'item')}"]
    if whole.opening:
        signed = _sign_offs(whole.signed, whole.intro_hash, config)
        lines += [f"\n{name}\n    {plain(words, 74)}" for name, words in whole.opening]
        lines.append(f"    {signed}")
    for status in (Status.APPROVED, Status.PENDING, Status.HOLD, Status.REJECTED):
        some = [i for i in items if i.status is status]
        if some:
            lines.append(f"\n{status} ({len(some)})")
            lines += [line for item in some for line in _item(item, config)]
    return "\n".join(lines)


def queue_json(shown: ShownQueue) -> str:
    """The items of a queue as a JSON array."""
    return adapter(tuple[Item, ...]).dump_json(_kept(shown), indent=1).decode()


def _kept(shown: ShownQueue) -> tuple[Item, ...]:
    return tuple(i for i in shown.queue.queue.items if shown.only in (None, i.status))


def delivered(done: Delivery) -> str:
    """Say whether an edition went, and how."""
    receipt = done.receipt
    if done.first:
        when = "Delivered"
    elif done.sent is None:
        when = f"Already delivered on {receipt.on}, so nothing was sent"
    elif done.sent.changed:
        when = f"Already delivered on {receipt.on}; what was missing or different was sent again"
    else:
        when = f"Already delivered on {receipt.on}, and all of it is there"
    note = done.sent.note if done.sent else receipt.note
    lines = [f"{when}: {receipt.issue} by {receipt.channel} to {receipt.to} ({note})"]
    if done.first:
        lines.append(
            f"The e-mail is in outbox/{receipt.issue}/: give email.html and email.txt to your mailing tool, or open\n"
            "message.eml in a mail program."
        )
    return "\n".join(lines)


def site_made(done: SiteMade, to: str = "") -> str:
    """Say what there is of the archive now, and what is new of it."""
    gone = f", {count(done.removed, 'old one')} taken away" if done.removed else ""
    said = f"The archive has {count(done.files, 'file')} in {to or 'outbox/site'}: {done.written} written{gone}."
    return f"{said}\nThe search index was made anew." if done.indexed else said


def archive_held(built: BuiltIssues) -> str:
    """Say that built issues are as they were built, and for how many only sign-offs tell."""
    number = len(built.issues)
    if not number:
        return "No issue is built yet."
    lines = [f"{count(number, 'built issue')}: all as built and signed."]
    if few := len(built.unsealed):
        lines.append(
            f"Of {few}, only the sign-offs show that. `hope build --issue MONTH` writes a missing manifest.json."
        )
    return "\n".join(lines)


def schema() -> str:
    """The JSON Schema of the queue file, made from the model."""
    made = adapter(Queue).json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Hopeline queue"
    return json.dumps(_as_typed(made), ensure_ascii=False, indent=1, sort_keys=True)


def _as_typed(node: object) -> object:
    """Take what people type: a name may be left empty, as gather writes it, and a text may look like a number."""
    if isinstance(node, dict):
        out = {k: _as_typed(v) for k, v in node.items()}
        if out.get("type") == "string" and not {"enum", "const", "format"} & out.keys():
            out["type"] = ["string", "number"]
        props, needed = out.get("properties"), out.get("required") or []
        if isinstance(props, dict) and isinstance(needed, list):
            out["properties"] = {
                k: v if k in needed or v.get("anyOf") else {"anyOf": [v, {"type": "null"}]} for k, v in props.items()
            }
        return out
    return [_as_typed(v) for v in node] if isinstance(node, list) else node


def _listed(text: str) -> str:
    """A point of a list; an address is never cut, so that it can be copied whole."""
    return textwrap.fill(
        text, 78, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _row(source: Source, seen: Health | None, today: date) -> str:
    state = str(seen.state) if seen else "not asked yet"
    if seen and seen.state is State.UNCHANGED and seen.diagnosis in _BAD:
        state = f"{seen.diagnosis} (unch.)"
    newest = seen.newest if seen and seen.newest else "-"
    name, entries = clip(source.key, 20), seen.entries if seen else 0
    return f"{name:<20} {source.tier:<11} {clip(state, 21):<21} {newest:<10} {_age(newest, today):>6} {entries:>7}"


def _age(newest: str, today: date) -> str:
    if len(newest) != 10:
        return "-"
    days = (today - date.fromisoformat(newest)).days
    return f"{days} d" if days < 100 else f"{days // 30} mo" if days < 1000 else f"{days // 365} y"


def _plain(source: Source, seen: Health | None, today: date) -> dict[str, object]:
    return {
        "key": source.key,
        "name": source.name,
        "tier": str(source.tier),
        "role": str(source.role),
        "enabled": source.enabled,
        "state": str(seen.state) if seen else None,
        "standing": str(seen.diagnosis) if seen else None,
        "newest": seen.newest if seen else None,
        "entries": seen.entries if seen else 0,
        "note": seen.note if seen else source.because,
        "todo": todo(seen, source) if seen else "",
        "as_of": today.isoformat(),
    }


def _counted(item: Item) -> str:
    """What the number of participants counts: never call mice people."""
    if item.about.population is Population.LAB:
        return "samples"
    animals = item.evidence.stage is Stage.PRECLINICAL or item.about.population is Population.ANIMAL
    return "animals" if animals else "people"


def _item(item: Item, config: Config) -> list[str]:
    words = "words" if item.headline and item.summary else "a draft to accept" if item.draft else "no words yet"
    group = group_of(item)
    section = f"{item.section} ({group})" if group and str(group) != str(item.section) else str(item.section)
    evidence = f"{item.evidence.stage}" + (
        f", {item.evidence.participants} {_counted(item)}" if item.evidence.participants else ""
    )
    sign_offs = _sign_offs(item.signed, item.text_hash, config if item.status == "approved" else None)
    reason = f"  reason: {plain(item.reason, 66)}" if item.reason else ""
    lines = [
        f"  {item.id}",
        f"    {plain(item.headline or item.title, 74)}",
        f"    {section}; {evidence}; {words}; {sign_offs}",
    ]
    return [*lines, f"  {reason}"] if reason else lines


def _sign_offs(signed: Iterable[Signature], text: TextHash, config: Config | None) -> str:
    """Who signed, which sign-offs have fallen with their text, and, where a config is given, which are missing."""
    roles = [f"{s.role}{'' if text.holds(s.text) else ' (lapsed)'}" for s in signed]
    due = config.newsletter.sign_off if config else ()
    missing = [r for r in due if not any(s.role is r and text.holds(s.text) for s in signed)]
    return f"signed: {', '.join(roles) or 'nobody'}" + (f"; missing: {', '.join(missing)}" if missing else "")


SOURCES: Mapping[Format, Callable[[ShownSources], str]] = {Format.TEXT: sources, Format.JSON: sources_json}
QUEUE: Mapping[Format, Callable[[ShownQueue], str]] = {Format.TEXT: queue, Format.JSON: queue_json}
"""Which function writes what in which format; of the standard's results, see `formats`."""
