"""A newsroom's files as values: settings, queues, built issues, how the sources have been, what registries said.

All state is text below `outbox/`; this is the one place that knows which file holds what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from pipeline import own_pictures
from pipeline.config import Options, parse_config
from pipeline.errors import Fault, InputError, UsageError
from pipeline.files import Folder
from pipeline.issue import (
    Manifest,
    SiteList,
    differing,
    dump,
    is_sealed,
    load,
    read_glossary,
    read_manifest,
    read_site_list,
    unsealed,
    write_site_list,
)
from pipeline.language.terms import Terms, parse_terms
from pipeline.language.terms import terms as shipped_terms
from pipeline.model.address import read_addresses, write_addresses
from pipeline.model.entry import Trial
from pipeline.model.issue import BuiltIssues, Edition, Issue, OnDemand, Receipt, Word
from pipeline.model.item import Item, SourceText
from pipeline.model.search import SearchIndex, read_index, write_index
from pipeline.model.settings import Config
from pipeline.model.source import Health
from pipeline.queue import QueueText, read_queue
from pipeline.queue import corrections as correcting
from pipeline.queue.corrections import CorrectionsText, read_corrections
from pipeline.queue.layout import new_file
from pipeline.text import canonical_key, sha256
from pipeline.theme import Logo
from pipeline.theme.logo import read_logo
from pipeline.trials.record import read_trials, write_trials
from pipeline.yamltext import UnreadableError, adapter, load_json, parse

T = TypeVar("T")
HEALTH = "outbox/sources.json"
SITE = "outbox/site"
_ADDRESSES = "outbox/addresses.json"
_SITE_LIST = "outbox/site.json"
_SEARCH = "outbox/search.json"
_GOES_IN = ("sources.yml", "terms.yml", "outbox/corrections.yml")
"""Files that may change the pages, beside templates, glossary, logo, and what was frozen of each issue."""


class Newsroom:
    """The values behind a folder, as the files have them at the moment they are asked for.

    Every question reads its file. Only taking the text apart is spared, for as long as a file holds just that text:
    whoever keeps a newsroom for hours sees what an editor or another command wrote in the meantime.
    """

    def __init__(self, folder: Folder, kinds: Options, mended: frozenset[str] = frozenset()) -> None:
        self.folder = folder
        self._kinds = kinds
        self._mended = mended
        self._terms = _Parsed(lambda text, name: parse_terms(text, name, shipped_terms()))
        self._configs: dict[Terms, _Parsed[Config]] = {}
        self._glossaries = _Parsed(read_glossary)
        self._issues = _Parsed(_load_signed)
        self._corrections = _Parsed(read_corrections)
        self._queues = _Parsed(lambda text, name: _of_its_folder(read_queue(text, name)))
        self._health = _Parsed(lambda text, name: _load(tuple[Health, ...], text, name))

    @property
    def config(self) -> Config:
        """The settings and sources."""
        terms = self.terms
        if terms not in self._configs:  # a disease of the newsroom's own may be named there
            parse = partial(parse_config, kinds=self._kinds, conditions=terms.conditions, beside=self.folder.content)
            self._configs = {terms: _Parsed(parse)}
        return self._configs[terms](self.folder.read("sources.yml"), "sources.yml")

    def setting_at(self, name: str) -> tuple[int, int]:
        """Line and column of a setting of the newsletter in `sources.yml`; of `newsletter:` where it isn't written."""
        keys = parse(self.folder.read("sources.yml"), "sources.yml").keys
        place = keys.get(("newsletter", name)) or keys[("newsletter",)]
        return place.line, place.column

    @property
    def logo(self) -> Logo | None:
        """The newsletter's logo; raises PipelineError when it was taken away or broken since the settings were read."""
        name = self.config.newsletter.logo
        return read_logo(self.folder.content(name)) if name else None

    @property
    def terms(self) -> Terms:
        """The field's terms, and behind them the newsroom's own of `terms.yml`."""
        text = self.folder.read_if_there("terms.yml")
        return shipped_terms() if text is None else self._terms(text, "terms.yml")

    @property
    def glossary(self) -> tuple[Word, ...]:
        """The plain words for the field's terms."""
        text = self.folder.glossary()
        return () if text is None else self._glossaries(text, "glossary.yml")

    @property
    def built(self) -> BuiltIssues:
        """All issues that were built, from their frozen JSON; raises InputError with every change since."""
        faults: list[Fault] = []
        issues: list[Issue] = []
        bare: list[str] = []
        for key in self.folder.issues():
            try:
                issue, sealed = self._frozen(key)
            except InputError as error:
                faults += error.faults
            else:
                issues += [issue] if issue else []
                bare += [] if sealed or issue is None else [key]
        if faults:
            raise InputError(faults)
        return BuiltIssues(tuple(issues), tuple(bare))

    def mending(self, *issues: str) -> Newsroom:
        """The same newsroom, for a build that makes issues anew whose manifest was lost after they went out."""
        return Newsroom(self.folder, self._kinds, frozenset(issues))

    def _frozen(self, key: str, *, again: bool = True) -> tuple[Issue | None, bool]:
        """A built issue, and whether a manifest seals it; raises InputError when it isn't as it was built."""
        name = f"outbox/{key}/issue.json"
        text = self.folder.read_if_there(name)
        if text is None:
            return None, False
        seal = self.folder.read_if_there(f"outbox/{key}/manifest.json")
        sealed = seal is not None and is_sealed(text, seal)
        issue, faults = self._issues(text, name)
        if not sealed and seal and read_manifest(seal).edition:  # one that is broken says nothing
            faults = differing(issue, text, seal, name)
        elif not sealed:
            faults = faults or unsealed(issue, text, name, sent=key not in self._mended and bool(self.receipts(key)))
        if faults and again:  # another command may have built it between our two looks
            return self._frozen(key, again=False)
        if faults:
            raise InputError(faults)
        return issue, sealed

    def open_issue(self, today: date) -> str:
        """The issue at work: the newest one that is not built; else this month's, or the next when that is out."""
        out = {issue.key for issue in self.built.issues}
        waiting = [key for key in self.folder.issues() if key not in out and self.has_queue(key)]
        if waiting:
            return waiting[-1]
        month, latest = f"{today:%Y-%m}", max(out, default="")
        return month if month > latest else _month_after(latest)

    def latest_issue(self, today: date) -> str:
        """The issue a question is about when none is named: the open one if it has a queue, else the newest."""
        key = self.open_issue(today)
        return key if self.has_queue(key) else max(self.folder.issues(), default=key)

    def has_queue(self, issue: str) -> bool:
        """Whether an issue has a queue."""
        return self.folder.has(queue_name(issue))

    def queue(self, issue: str) -> QueueText:
        """The queue of an issue; raises UsageError when there is none yet."""
        text = self.folder.read_if_there(queue_name(issue))
        if text is None:
            known = ", ".join(self.folder.issues()[-6:])
            hint = (
                f"There are queues for {known}: choose one with --issue, or let `hope gather` start this one."
                if known
                else "`hope gather` makes the first one."
            )
            raise UsageError(f"There is no {queue_name(issue)}. {hint}")
        return own_pictures.hashed(self.folder, self._queues(text, queue_name(issue)))

    def queue_or_new(self, issue: str) -> QueueText:
        """The queue of an issue, or an empty one."""
        text = self.folder.read_if_there(queue_name(issue))
        queue = self._queues(new_file(issue) if text is None else text, queue_name(issue))
        return own_pictures.hashed(self.folder, queue)

    def save_queue(self, queue: QueueText) -> bool:
        """Write a queue; False when nothing changed."""
        return self.folder.write(queue.name, queue.text)

    @property
    def corrections(self) -> CorrectionsText:
        """What was corrected since it was printed, signed or not; raises InputError where it fits no built issue."""
        text = self.folder.read_if_there(correcting.NAME)
        found = read_corrections(None) if text is None else self._corrections(text, correcting.NAME)
        return correcting.hold(found, self.built.issues, self.addresses)

    def save_corrections(self, corrections: CorrectionsText) -> None:
        """Write what was corrected, once it fits the built issues."""
        correcting.hold(corrections, self.built.issues, self.addresses)
        self.folder.write(correcting.NAME, corrections.document.text)

    def seen(self, issue: str) -> frozenset[str]:
        """Identities that other issues dealt with: printed, rejected, or still lying in another open queue."""
        built = {each.key: each for each in self.built.issues}
        keys = {key for each in built.values() if each.key != issue for key in each.seen}
        read = {*self.folder.issues()} - {*built, issue} | {last.key for last in [self.built.before(issue)] if last}
        for name in filter(self.has_queue, read):
            done = (i for i in self.queue(name).queue.items if name not in built or not i.comes_along)
            keys.update(key for i in done for key in (*i.keys(), i.title_on_day) if key)
        return frozenset(map(canonical_key, keys))

    def carried(self, issue: str) -> tuple[Item, ...]:
        """Items of the issue before that come along with every word the editors wrote."""
        last = self.built.before(issue)
        if last is None or not self.has_queue(last.key):
            return ()
        return tuple(i for i in self.queue(last.key).queue.items if i.comes_along)

    @property
    def health(self) -> tuple[Health, ...]:
        """How each source has been."""
        text = self.folder.read_if_there(HEALTH)
        return () if text is None else self._health(text, HEALTH)

    def save_health(self, health: tuple[Health, ...]) -> None:
        """Write how each source has been."""
        self._save(HEALTH, tuple[Health, ...], health)

    def trials(self, issue: str | None) -> dict[str, Trial]:
        """What the registries said of each trial when an issue was gathered, by its number."""
        name = f"outbox/{issue}/trials.json"
        text = self.folder.read_if_there(name) if issue else None
        if text is None:
            return {}
        try:
            return read_trials(text)
        except UnreadableError as error:
            raise _unreadable(error, name) from None

    def save_trials(self, issue: str, trials: dict[str, Trial]) -> None:
        """Write what the registries said, in the order of the numbers."""
        self.folder.write(f"outbox/{issue}/trials.json", write_trials(trials))

    def texts(self, issue: str) -> dict[str, tuple[SourceText, ...]]:
        """What the sources of each item said when it was gathered."""
        name = f"outbox/{issue}/texts.json"
        text = self.folder.read_if_there(name)
        return {} if text is None else _load(dict[str, tuple[SourceText, ...]], text, name)

    def save_texts(self, issue: str, texts: Mapping[str, tuple[SourceText, ...]]) -> None:
        """Keep what the sources of new items said, beside what is kept already."""
        if not texts:
            return
        kept = {**self.texts(issue), **texts}
        self._save(f"outbox/{issue}/texts.json", dict[str, tuple[SourceText, ...]], kept)

    def edition(self, issue: str) -> Edition:
        """The files of a built issue and of the archive; raises UsageError when it is not built."""
        if not self.folder.has(f"outbox/{issue}/issue.json"):
            raise UsageError(f"{issue} is not built yet: run `hope build` first.")
        if not self.folder.has(f"outbox/{issue}/manifest.json"):
            what = (
                "so nobody can tell whether it still is what was built: an old version made it, or a build was stopped"
            )
            raise UsageError(f"{issue} has no manifest.json, {what}. Run `hope build --issue {issue}` to write it.")
        names = ("email.html", "email.txt", "message.eml", "issue.json", "manifest.json")
        pages = {path: partial(self.folder.content, f"{SITE}/{path}") for path in self.folder.below(SITE)}
        files = {name: self.folder.content(f"outbox/{issue}/{name}") for name in names}
        return Edition(files, OnDemand(lambda: pages))

    @property
    def site(self) -> SiteList:
        """What lies in the archive; of one that was made before there was a list, what the last build wrote of it."""
        text = self.folder.read_if_there(_SITE_LIST)
        known = read_site_list(text) if text is not None else SiteList("", self._last_site())
        return known or SiteList("", {})

    def save_site(self, known: SiteList) -> None:
        """Note what lies in the archive."""
        self.folder.write(_SITE_LIST, write_site_list(known))

    @property
    def search(self) -> SearchIndex | None:
        """What is known of the index of search; None where search is not asked for."""
        text = self.folder.read_if_there(_SEARCH)
        return None if text is None else read_index(text)

    def save_search(self, index: SearchIndex | None) -> None:
        """Note what is known of the index of search; None takes search out."""
        if index is not None:
            self.folder.write(_SEARCH, write_index(index))
        elif self.search is not None:
            self.folder.remove(_SEARCH, sha256(self.folder.content(_SEARCH)))

    def ingredients(self, made: Issue | None = None) -> Iterator[tuple[str, bytes]]:
        """All that the archive is made of, by name, with an issue that is about to be built."""
        yield from ((name, self.folder.content(name)) for name in _GOES_IN if self.folder.has(name))
        yield "glossary.yml", (self.folder.glossary() or "").encode()
        yield from ((f"templates/{name}", text.encode()) for name, text in sorted(self.folder.templates().items()))
        yield "logo", self.logo.content if self.logo else b""
        yield "search", b"" if self.search is None else b"asked for"
        for key in sorted({*self.folder.issues(), *((made.key,) if made else ())}):
            issue, record = f"outbox/{key}/issue.json", f"outbox/{key}/trials.json"
            if (made and key == made.key) or self.folder.has(issue):
                yield issue, dump(made) if made and key == made.key else self.folder.content(issue)
                yield record, self.folder.content(record) if self.folder.has(record) else b""

    def _last_site(self) -> Mapping[str, str]:
        """Every build of before noted all of the archive in its manifest: the last one is the one that fits best."""
        names = self.folder.below(SITE)
        found = {path: sha256(self.folder.content(f"{SITE}/{path}")) for path in names}
        kept = (m.site for m in self.manifests().values())
        return min(kept, key=lambda site: len(site.items() ^ found.items()), default={})

    def manifests(self) -> dict[str, Manifest]:
        """What each build wrote, by issue; one that somebody touched says nothing."""
        found = ((key, self.folder.read_if_there(f"outbox/{key}/manifest.json")) for key in self.folder.issues())
        return {key: read_manifest(text) for key, text in found if text is not None}

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that was published; raises InputError for a list that was broken."""
        text = self.folder.read_if_there(_ADDRESSES)
        return frozenset() if text is None else read_addresses(text, _ADDRESSES)

    def save_addresses(self, addresses: frozenset[str]) -> None:
        """Note what was published."""
        self.folder.write(_ADDRESSES, write_addresses(addresses))

    def receipts(self, issue: str) -> tuple[Receipt, ...]:
        """The proofs of what went out."""
        name = f"outbox/{issue}/receipts.json"
        text = self.folder.read_if_there(name)
        return () if text is None else _load(tuple[Receipt, ...], text, name)

    def save_receipts(self, issue: str, receipts: tuple[Receipt, ...]) -> None:
        """Write the proofs of what went out."""
        self._save(f"outbox/{issue}/receipts.json", tuple[Receipt, ...], receipts)

    def written(self, folder: str) -> dict[str, str]:
        """What the last build of a folder wrote in it: paths below the root, and the SHA-256 of each."""
        known = read_manifest(self.folder.read_if_there(f"{folder}/manifest.json") or "")
        return {f"{folder}/{path}": sha256 for path, sha256 in known.edition.items()}

    def _save(self, name: str, kind: type[T], value: T) -> None:
        self.folder.write(name, adapter(kind).dump_json(value, indent=1) + b"\n")


class _Parsed(Generic[T]):
    """The values of texts by the names of their files, taken apart once for as long as a file holds just that text."""

    def __init__(self, parse: Callable[[str, str], T]) -> None:
        self._parse = parse
        self._known: dict[str, tuple[str, T]] = {}

    def __call__(self, text: str, name: str) -> T:
        known = self._known.get(name)
        if known is None or known[0] != text:
            self._known[name] = known = (text, self._parse(text, name))
        return known[1]


def queue_name(issue: str) -> str:
    """The path of an issue's queue below the root."""
    return f"outbox/{issue}/queue.yml"


def _of_its_folder(queue: QueueText) -> QueueText:
    """Make sure that a queue says it is of the issue in whose folder it lies: pages and mails are named by it."""
    folder = queue.name.split("/")[-2]
    if queue.queue.issue != folder:
        message = f"this says “{queue.queue.issue}”, but the file is in the folder of {folder}"
        raise InputError([queue.document.fault(("issue",), message, f"Write “issue: {folder}”.")])
    return queue


def _load_signed(text: str, name: str) -> tuple[Issue, tuple[Fault, ...]]:
    """Read a built issue, and what of it is no longer as it was signed."""
    issue = load(text, name)
    return issue, differing(issue, text, None, name)


def _month_after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def _load(kind: type[T], text: str, name: str) -> T:
    try:
        return load_json(kind, text, once=True)
    except UnreadableError as error:
        raise _unreadable(error, name) from None


def _unreadable(error: UnreadableError, name: str) -> InputError:
    hint = "The program writes this file. Get it back from your backup, or delete it and run `hope gather` again."
    return InputError([Fault(name, 0, 0, error.where, f"can't be read ({error.message})", hint)])
