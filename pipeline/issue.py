"""Signed items -> Issue, and the frozen issue as `issue.json`: the archive is built from that, not from YAML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.errors import Fault, InputError
from pipeline.language.catalog import base
from pipeline.language.glossary import used
from pipeline.model.correction import Correction
from pipeline.model.issue import FORMAT, Colophon, Credit, Issue, Masthead, SourceNote, Word, WordsSince
from pipeline.model.item import OPENING, WORDS, Item, Queue, Signature, TextHash
from pipeline.model.leave import READER
from pipeline.model.names import State, Status, Tier
from pipeline.model.settings import Config, Newsletter
from pipeline.model.source import Health, Source
from pipeline.text import sha256
from pipeline.yamltext import UnreadableError, adapter, load_json, parse, read

UNREACHED = frozenset(
    {
        State.PAGE,
        State.WRONG,
        State.GONE,
        State.BLOCKED,
        State.RESERVED,
        State.FAILED,
    }
)
"""The states in which nothing came from a source, or nothing that we could read."""

QUIET = frozenset({State.FROZEN, State.STALLED, State.EMPTY})
"""The states in which a source answered and had nothing new, though it should have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What an issue is frozen with besides its queue: the newsroom as it is that day, and how many rules were waived.

    A `draft` is for looking at; a `quiet` issue has no items. `corrections` are those of earlier issues that it tells.
    """

    config: Config
    health: tuple[Health, ...]
    glossary: tuple[Word, ...]
    today: date
    corrections: tuple[Correction, ...] = ()
    waivers: int = 0
    draft: bool = False
    quiet: bool = False


_MAILS = ("email.html", "email.txt", "message.eml")
_SITE_FORMAT = 1


def freeze(queue: Queue, printing: Printing) -> Issue:
    """Make the issue from the approved items of a queue, in the editors' order.

    A draft shows pending items with words too, so that they can be looked at.
    """
    letter, terms = printing.config.newsletter, printing.glossary
    stories = tuple(i for i in queue.items if i.status is Status.APPROVED)
    count = {status: sum(i.status is status for i in queue.items) for status in Status}
    word = next((w for w in terms if queue.word and w.term.casefold() == queue.word.casefold()), None)
    explained = used((text for i in stories for name in WORDS if (text := getattr(i, name))), terms)
    explained += used((queue.intro or "",), terms)
    masthead = Masthead(**{name: getattr(letter, name) for name in Masthead.__slots__})
    return Issue(
        key=queue.issue,
        date=printing.today,
        masthead=masthead,
        **{name: getattr(queue, name) for name in OPENING},
        picture=queue.picture,
        lang=queue.lang,
        signed=queue.signed,
        stories=stories,
        corrections=printing.corrections,
        word=word and _in(letter.language, word),
        glossary=tuple(_in(letter.language, w) for w in terms if w == word or w in explained),
        credits=_credits(queue, stories, letter),
        colophon=Colophon(
            looked_at=len(queue.items),
            printed=len(stories),
            rejected=count[Status.REJECTED],
            held=count[Status.HOLD],
            undecided=count[Status.PENDING],
            undecided_in=tuple(sorted({i.section for i in queue.items if i.status is Status.PENDING})),
            waivers=printing.waivers,
            sources=_notes(printing.config, printing.health),
        ),
        draft=printing.draft,
        quiet=printing.quiet,
        seen=tuple(sorted({k for i in queue.items if not i.comes_along for k in i.keys()})),
    )


def _in(language: str, word: Word) -> Word:
    """A word as an issue in this language keeps it: which language it is in is said only where it is another."""
    return replace(word, lang="") if base(word.lang) == base(language) else word


def built_again(made: Issue, old: Issue | None, today: date, *, past: bool = False) -> Issue:
    """Keep the first day of an issue that was built before, and when each item whose words changed since got them.

    Readers and programs go by these days: all entries of a feed come up again where all days move. Of an issue whose
    month is `past`, which sources were reached stays as well: what is known of them now is of a later month.
    """
    if old is None or made.draft:
        return made
    before = dict(_hashes(old))
    days = {
        item: old.words_of(item) if item in before and words.holds(before[item]) else today
        for item, words in _hashes(made)
    }
    changed = tuple(WordsSince(item=item, on=day) for item, day in days.items() if day > old.date)
    colophon = replace(made.colophon, sources=old.colophon.sources) if past else made.colophon
    return replace(made, date=old.date, changed=changed, colophon=colophon)


def queue_of(issue: Issue) -> Queue:
    """Give back the queue that an issue was frozen from: its opening and the items it prints."""
    names = (*OPENING, "lang", "picture", "signed")
    return Queue(issue=issue.key, items=issue.stories, **{name: getattr(issue, name) for name in names})


def dump(issue: Issue) -> bytes:
    """Write an issue as JSON: sorted names, one per line, so that it can be read and compared."""
    plain = adapter(Issue).dump_python(issue, mode="json", exclude_defaults=True)
    plain["format"] = issue.format
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def manifest(files: Mapping[str, bytes], old: bytes | None = None) -> bytes:
    """Write the SHA-256 and size of every file of an edition, by path below its folder.

    Where mails hold a place for each reader's own token, it says what stands there, how long it is and how often.
    While an issue is built again, its `old` text is sealed beside the new one.
    """

    def entry(content: bytes) -> dict[str, object]:
        return {"sha256": sha256(content), "bytes": len(content)}

    plain: dict[str, object] = {"edition": {path: entry(content) for path, content in sorted(files.items())}}
    if counts := {path: n for path in _MAILS if (n := files.get(path, b"").count(READER.encode()))}:
        plain["reader"] = {"placeholder": READER, "length": len(READER), "count": counts}
    if old is not None:
        plain["before"] = {"issue.json": entry(old)}
    return (json.dumps(plain, indent=1) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build wrote: the SHA-256 of every file of the edition, by path; empty when unknown.

    Builds of before noted those of the whole archive, too (`site`). `halfway` is a build that was stopped.
    """

    edition: Mapping[str, str]
    site: Mapping[str, str]
    halfway: bool = False


def read_manifest(text: str) -> Manifest:
    """Read a manifest; one that somebody touched says nothing, and so does a path that leads out of its folder."""
    try:
        parts = json.loads(text)
        edition, site = (
            {path: each["sha256"] for path, each in parts.get(part, {}).items() if _within(path)}
            for part in ("edition", "site")
        )
    except (ValueError, AttributeError, KeyError, TypeError):
        return Manifest({}, {})
    return Manifest(edition, site, "before" in parts)


@dataclass(frozen=True, slots=True)
class SiteList:
    """What lies in the archive: a hash of all that it was made of, and the SHA-256 of every file, by path.

    `search` is a hash of what a search index of it has to be made of; empty where there is no search.
    """

    made_of: str
    pages: Mapping[str, str]
    search: str = ""


def write_site_list(known: SiteList) -> bytes:
    """Write what lies in the archive as JSON, a line a file."""
    search = {"search": known.search} if known.search else {}
    plain = {"format": _SITE_FORMAT, "made_of": known.made_of, **search, "pages": dict(sorted(known.pages.items()))}
    return (json.dumps(plain, ensure_ascii=False, indent=0) + "\n").encode("utf-8")


def read_site_list(text: str) -> SiteList | None:
    """Read what lies in the archive; None for a list that somebody touched, or of another version of the program."""
    try:
        plain = json.loads(text)
        pages = {path: str(sha256) for path, sha256 in plain["pages"].items() if _within(path)}
        known = SiteList(str(plain["made_of"]), pages, str(plain.get("search", "")))
        return known if plain["format"] == _SITE_FORMAT else None
    except (ValueError, AttributeError, KeyError, TypeError):
        return None


def _within(path: str) -> bool:
    return ".." not in path.split("/") and not path.startswith("/")


def load(content: str | bytes, name: str) -> Issue:
    """Read a frozen issue; raises InputError naming the file when it is of another format, or was broken."""
    try:
        issue = load_json(Issue, content)
    except UnreadableError as error:
        hint = "Get the file back from your backup; without one, delete it and build the issue again."
        fault = Fault(name, 0, 0, error.where, f"this built issue can't be read ({error.message})", hint)
        raise InputError([_of_another_format(_format(content), name) or fault]) from None
    if other := _of_another_format(issue.format, name):
        raise InputError([other])
    return issue


def differing(issue: Issue, text: str, sealed: str | None, name: str) -> tuple[Fault, ...]:
    """Hold a built issue against what its manifest sealed and what people signed; a fault for each item that differs.

    Of every item, and of the opening, that was signed at all, one sign-off at least held when the issue was built.
    `sealed` is the text of the manifest, None where there is none to go by.
    """
    signatures = (issue.signed, *(item.signed for item in issue.stories))
    found = [
        Fault(name, _line(text, item), 1, item or "opening", _not_signed(signed), _WAY_BACK)
        for (item, words), signed in zip(_hashes(issue), signatures, strict=True)
        if signed and not any(words.holds(each.text) for each in signed)
    ]
    if not found and sealed is not None and not is_sealed(text, sealed):
        message = (
            "this is no longer what was built: the file has changed since its manifest.json was written. All words are "
            "as they were signed, so it is something else: order, dates, names, settings or a glossary's words"
        )
        found = [Fault(name, 0, 0, "", message, _WAY_BACK)]
    return tuple(found)


def unsealed(issue: Issue, text: str, name: str, *, sent: bool) -> tuple[Fault, ...]:
    """A fault for each text of an issue without a sound manifest that nobody signed, and for an issue that was `sent`.

    Nothing is printed without a sign-off, and nothing is sent without a manifest: whoever took them away did so later.
    """
    opening = not queue_of(issue).opens or issue.signed
    printed = ((None, opening), *((item.id, item.signed) for item in issue.stories))
    message = "nobody signed these words, and no manifest.json seals them: nothing is printed like that"
    found = [Fault(name, _line(text, item), 1, item or "opening", message, _WAY_BACK) for item, by in printed if not by]
    if sent and not found:
        message = (
            "this issue went out, and its manifest.json is gone or broken: nobody can tell whether it is what went"
        )
        hint = f"Restore it from your backup; or `hope build --issue {issue.key} --again` makes both from the queue."
        found = [Fault(name, 0, 0, "", message, hint)]
    return tuple(found)


def is_sealed(text: str, sealed: str) -> bool:
    """Whether a manifest holds the SHA-256 of an issue's text; asked of all at every start, so nothing is parsed."""
    return f'"{sha256(text.encode())}"' in sealed


_WAY_BACK = (
    "A built issue is frozen. Restore the file from your backup, or undo the edit. "
    "To correct what was printed, use `hope correct`."
)


def _not_signed(signed: Iterable[Signature]) -> str:
    names = ", ".join(f"{each.by} on {each.on}" for each in signed)
    return f"these words are not the ones that were signed ({names}): they were changed after the issue was built"


def _hashes(issue: Issue) -> Iterator[tuple[str | None, TextHash]]:
    """What sign-offs of the opening (None) and of each item are bound to, in this order."""
    yield None, queue_of(issue).intro_hash
    yield from ((item.id, item.text_hash) for item in issue.stories)


def _line(text: str, item: str | None) -> int:
    """The line of a built issue's text where an item has its id, or the opening its words."""
    at = text.find(f'"id": {json.dumps(item, ensure_ascii=False)}' if item else '\n "intro":')
    return text.count("\n", 0, at + 1) + 1 if at >= 0 else 0


def _format(content: str | bytes) -> object:
    try:
        return dict(json.loads(content)).get("format", FORMAT)
    except (ValueError, TypeError):
        return FORMAT


def _of_another_format(found: object, name: str) -> Fault | None:
    """Say of a file of another version that it is just that, and neither broken nor changed by hand."""
    if found == FORMAT:
        return None
    newer = isinstance(found, int) and found > FORMAT
    message = f"this issue is of format {found}, and this version of Hopeline reads format {FORMAT}"
    hint = (
        "A newer version built it: update Hopeline."
        if newer
        else "Build it again with this version, or read it with the version that built it."
    )
    return Fault(name, 0, 0, "format", message, hint)


def read_glossary(text: str | None, name: str = "glossary.yml") -> tuple[Word, ...]:
    """Read the glossary's terms and definitions; an absent glossary has none."""
    if text is None:
        return ()
    document = parse(text, name)
    terms = document.value.get("terms") if isinstance(document.value, dict) else None
    language = document.value.get("language") if isinstance(document.value, dict) else None
    lang = {"lang": str(language)} if language else {}
    words = []
    for n, term in enumerate(terms if isinstance(terms, list) else []):
        names = ("term", "definition", "aliases", "de")
        kept = {k: term.get(k) for k in names} | lang if isinstance(term, dict) else None
        word = read(document, Word, kept, ("terms", n))
        if word:
            words.append(word)
    if document.faults:
        raise InputError(document.faults)
    return tuple(words)


def _credits(queue: Queue, stories: Iterable[Item], letter: Newsletter) -> tuple[Credit, ...]:
    """The people whose sign-offs hold, of items or of the opening, in the roles they signed in."""
    signed = {(s.by, s.role) for i in stories for s in i.signed if i.text_hash.holds(s.text)}
    signed |= {(s.by, s.role) for s in queue.signed if queue.intro_hash.holds(s.text)}
    return tuple(
        Credit(name=p.name, role=role, interests=p.interests)
        for p in letter.people
        for role in p.roles
        if (p.key, role) in signed
    )


def _notes(config: Config, health: Iterable[Health]) -> tuple[SourceNote, ...]:
    known = {h.key: h for h in health}
    notes = []
    for source in config.enabled:
        seen = known.get(source.key)
        state = seen.diagnosis if seen else State.FAILED
        note = SourceNote(key=source.key, name=source.name or source.key, tier=str(source.tier))
        trouble = _trouble(source, seen) if state in UNREACHED | QUIET else ""
        notes.append(replace(note, trouble=trouble, answered=bool(trouble) and state in QUIET))
    return tuple(notes)


def _trouble(source: Source, seen: Health | None) -> str:
    """Say why a source brought nothing; of a registry, since when, because its trials stand as they were then."""
    if seen is None:
        return "not asked yet"
    reason = f"{seen.diagnosis}: {seen.note}".rstrip(": ")
    if source.tier is not Tier.REGISTRY or seen.diagnosis not in _SILENT:
        return reason
    day = seen.last_ok
    return f"not reached since {day.day} {day:%B %Y} ({reason})" if day else f"never reached yet ({reason})"


_SILENT = frozenset({State.PAGE, State.GONE, State.BLOCKED, State.FAILED})
"""The states in which nothing of a source could be read."""
