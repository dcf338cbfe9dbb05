"""A story -> its item in the queue: what the sources say, and no word of an editor."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.entry import Entry, Trial
from pipeline.model.evidence import Stage
from pipeline.model.integrity import Integrity, NoticeKind
from pipeline.model.item import Also, Item, Notice, SourceText, TrialFacts
from pipeline.model.names import Excerpt, Status
from pipeline.model.source import Source
from pipeline.model.story import Story
from pipeline.model.strict import as_written
from pipeline.queue.also_changed import Drafts
from pipeline.queue.excerpt import excerpt_of
from pipeline.text import canonical_link, slug

_NOT_SAID = frozenset({"title", "summary", "link", "criteria", "read_from", "checked"})
"""What a trial holds besides its registry's own facts, or what stands elsewhere."""

_EXCERPT = {Excerpt.TITLE: 0, Excerpt.ABSTRACT: 1200, Excerpt.FULL: 2000}


def item_of(story: Story, sources: Mapping[str, Source], item_id: str, drafts: Drafts | None = None) -> Item:
    """Make the queue item of a story: what the sources say, and no word of an editor."""
    lead, verdict = story.lead, story.verdict
    source = sources.get(lead.source)
    length = _EXCERPT[source.excerpt] if source else 0
    return Item(
        id=item_id,
        status=Status.PENDING,
        section=verdict.section,
        title=lead.title,
        link=lead.link,
        source=lead.source,
        published=_published(story),
        ids=lead.ids,
        also=tuple(also_of(entry) for entry in story.also),
        about=verdict.about,
        evidence=verdict.evidence,
        language=lead.language,
        excerpt=excerpt_of(lead.summary, length) if length and lead.summary else None,
        trial=_facts(lead.trial, story) if lead.trial else None,
        change=story.changes,
        notices=_takes_back(lead),
        by_hand=story.by_hand,
        draft=drafts.item(lead.trial, story.changes) if drafts and lead.trial else None,
    )


def _takes_back(lead: Entry) -> tuple[Notice, ...]:
    """Name each paper that a retraction notice takes back: by its DOIs, else by its numbers in PubMed."""
    if Integrity.RETRACTION_NOTICE not in lead.types and not lead.retracts:
        return ()
    papers = dict.fromkeys((lead.retracts or "", *(k[4:] for k in lead.targets if k.startswith("doi:"))))
    numbers = [f"PMID {k[5:]}" for k in lead.targets if k.startswith("pmid:")]
    named = [doi for doi in papers if doi] or numbers
    return tuple(Notice(kind=NoticeKind.RETRACTS, on=lead.day, text=each, link=lead.link) for each in named)


def said(entry: Entry, stage: Stage | None = None) -> SourceText:
    """What an entry said, plain; of a registry's, its facts too, a line each. `stage` is the step read from it."""
    facts = _registry_lines(entry.trial) if entry.trial else []
    text = "\n".join([entry.title, *([entry.summary] if entry.summary else []), *facts])
    return SourceText(source=entry.source, title=entry.title, text=text, link=entry.link, stage=stage)


def _registry_lines(trial: Trial) -> list[str]:
    """A trial's facts in the registry's own words, as `name: value`."""
    pairs = ((name, value) for name, value in as_written(trial) if name not in _NOT_SAID)
    plain = ((name, " | ".join(map(str, value)) if isinstance(value, tuple) else value) for name, value in pairs)
    return [f"{name.replace('_', ' ')}: {value}" for name, value in plain if value not in (None, "", False)]


def _published(story: Story) -> str | None:
    if story.changes:
        return next((c.date for c in story.changes if c.date), story.lead.day)
    return story.lead.day


def slug_of(story: Story) -> str:
    """The last part of the id of a story's item."""
    lead = story.lead
    if lead.trial:
        return slug(f"{lead.trial.number} {'moved' if story.changes else 'new'} {lead.title}", 7)
    return slug(lead.title, 8)


def also_of(entry: Entry) -> Also:
    """An entry as it stands under another."""
    return Also(source=entry.source, title=entry.title, link=entry.link, id=next(iter(_identities(entry)), None))


def _identities(entry: Entry) -> list[str]:
    """The strongest identity that the link doesn't already give."""
    link = canonical_link(entry.link) if entry.link else None
    return [key for key in entry.ids.keys() if key != f"link:{link}"]


def _facts(trial: Trial, story: Story) -> TrialFacts:
    comparison = story.verdict.evidence.comparison
    return TrialFacts(
        status=trial.status,
        phase=" / ".join(trial.phases) or None,
        enrollment=trial.enrollment,
        enrollment_type=trial.enrollment_type,
        comparison=str(comparison) if comparison else None,
        sponsor=trial.sponsor,
        countries=trial.countries,
        sites=len(trial.sites) or None,
        ages=_ages(trial),
        updated=trial.updated,
        reason=trial.why_stopped,
        results="posted" if trial.has_results else "not posted",
    )


def _ages(trial: Trial) -> str | None:
    """Who may join by age; a limit on one side alone is given as such."""
    if trial.minimum_age and trial.maximum_age:
        return f"{trial.minimum_age} to {trial.maximum_age}"
    if trial.minimum_age:
        return f"{trial.minimum_age} and older"
    return f"up to {trial.maximum_age}" if trial.maximum_age else None
