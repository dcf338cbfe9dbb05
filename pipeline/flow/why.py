"""Explain what happened to one thing: the verdict on it, and where it stands in a queue."""

from __future__ import annotations

from pipeline.flow.gather_sources import remembered
from pipeline.flow.identifiers import identify
from pipeline.model.item import Item
from pipeline.model.source import Source
from pipeline.model.story import Judged, Verdict
from pipeline.store import Newsroom
from pipeline.text import canonical_link, clip, plain
from pipeline.triage.verdict import judge


def why(newsroom: Newsroom, what: str) -> str:
    """Explain what happened to one thing: the verdict on it, sentence by sentence, and where it stands in a queue."""
    name, config = identify(what), newsroom.config
    wanted = {name.key, f"guid:{what}", f"link:{canonical_link(what)}"}
    lines: list[str] = []
    for key in reversed(newsroom.folder.issues()):
        if newsroom.folder.read_if_there(f"outbox/{key}/queue.yml") is None:
            continue
        for item in newsroom.queue(key).queue.items:
            if what in (item.id, item.slug) or not wanted.isdisjoint(_keys(item)):
                wanted |= _keys(item)
                lines.append(
                    f"In the queue of {key}: {item.id}, {item.status}"
                    + (f" ({plain(item.reason)})" if item.reason else "")
                )
                lines.append(f"  {clip(item.title, 76)}")
                if item.evidence.because:
                    lines.append(f"  Evidence: {item.evidence.stage}, because of {item.evidence.because}")
    queued = bool(lines)
    for source in config.enabled:
        for entry in remembered(newsroom.folder.cache, source):
            keys = (*entry.ids.keys(), f"link:{canonical_link(entry.link)}" if entry.link else "")
            if not wanted.isdisjoint(keys) or what == entry.title:
                lines += _verdict(Judged(entry, judge(entry, source, config.newsletter.topics, newsroom.terms)), source)
    if lines and not queued and any(line.startswith("  Kept:") for line in lines):
        lines.append(
            "It is not in a queue, though: it is older than the period this issue covers, or it is a trial that has\n"
            "not changed since we first saw it. To include it anyway: hope add " + what
        )
    if not lines:
        return (
            f"“{what}” was not in anything the last gather read, and is not in any queue.\n"
            "You can name it by its address, a DOI, a PubMed or trial number, a guid, an item’s id."
        )
    return "\n".join(lines)


def _keys(item: Item) -> set[str]:
    """Every identity of an item; for a trial that moved, the trial's own too."""
    return {*item.keys(), *item.ids.keys()}


def _verdict(judged: Judged, source: Source) -> list[str]:
    entry, verdict = judged.entry, judged.verdict
    head = f"From {source.name} ({source.tier}, {source.role}), {entry.day or 'no date we can trust'}:"
    about: Verdict = verdict
    result = (
        f"Kept: section {about.section}, evidence {about.evidence.stage}."
        if about.kept
        else f"Left out: {about.reason}."
    )
    return [head, f"  {clip(entry.title, 76)}", *(f"  - {step}" for step in about.steps), f"  {result}"]
