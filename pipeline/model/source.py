"""A source of `sources.yml`, what is asked of it, what came back, and how it has been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from pipeline.model.entry import Entry
from pipeline.model.names import Excerpt, Role, State, Tier
from pipeline.model.strict import strict, written_as


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of `sources.yml`.

    A source that says neither tier nor role is trusted least: it may lead to a story, never carry one.
    `every` is the cadence in days between entries; quiet for three times as long means stalled.
    `options` are the fields of the source's own kind, already checked by it.
    """

    key: str
    kind: str
    name: str
    url: str
    tier: Tier = Tier.NEWS
    role: Role = Role.LEAD
    language: str = "en"
    every: int = 30
    excerpt: Excerpt = Excerpt.TITLE
    licence: str = ""
    region: str = ""
    enabled: bool = True
    because: str = ""
    note: str = ""
    fallback: str = ""
    expect: tuple[str, ...] = ()
    permission: str = ""
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What a kind wants asked. `body` None means GET; a body is POSTed as `content_type`.

    `cached` False asks without validators and keeps nothing (a registry's page with a token). `page` counts the pages
    of one list: those behind the first hang on it, so when one can't be had or read all is asked again from the start.
    `instead` is what to ask when the server does not like how we ask, or the answer is too large. `optional`: that
    there is no such thing (404) is an answer too. `stamped`: its page's `stamp` names the state of the data, and is
    looked at again when a list took several pages, because pages of two states must not be mixed.
    """

    url: str
    accept: str = "*/*"
    body: bytes | None = None
    content_type: str = "application/json"
    cached: bool = True
    step: str = ""
    page: int = 1
    instead: Request | None = None
    optional: bool = False
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The time a gather looks at: entries from `since` up to `today`, both included.

    `watch` are the numbers of the trials we follow, of all registries; each kind asks for its own. `own` are words of
    the newsroom's that a register is asked for besides the field's, by the kind's name. `printed` are the DOIs of all
    papers that an issue told of.
    """

    since: date
    today: date
    watch: tuple[str, ...] = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What a kind read from one answer, and what to ask next.

    `parsed` counts the entries the document held before any cap; `entries` are those kept.
    `degraded` says in a clause what was wrong with a document that could still be read.
    `title` is what the document calls itself; `version` the format that was found; `stamp` the state of the data.
    `total` is how many entries a list of several pages says it has; None where it doesn't.
    """

    entries: tuple[Entry, ...] = ()
    parsed: int = 0
    next: Request | None = None
    title: str = ""
    version: str = ""
    degraded: str = ""
    note: str = ""
    stamp: str = ""
    total: int | None = None


class Outcome(StrEnum):
    """How one attempt to fetch ended; exactly one is written per attempt."""

    OK = "ok"
    NOT_MODIFIED = "not-modified"
    UNCHANGED = "unchanged-body"
    GONE = "gone"
    NOT_FOUND = "not-found"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    CLIENT_ERROR = "client-error"
    NETWORK = "network"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    BAD_ENCODING = "bad-encoding"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one request. `body` is decoded from its transfer coding, else None.

    `moved_to` is set where every hop so far was permanent (301, 308). `reserved` tells that the
    publisher reserves text-and-data-mining rights by the `tdm-reservation` header.
    """

    url: str
    outcome: Outcome
    status: int = 0
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    final_url: str = ""
    moved_to: str = ""
    reserved: bool = False
    retry_after: float | None = None
    note: str = ""
    seconds: float = 0.0

    _GOOD: ClassVar[frozenset[Outcome]] = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.UNCHANGED})

    @property
    def good(self) -> bool:
        """Whether there is a body to read."""
        return self.outcome in self._GOOD and self.body is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A body and the validators that belong to it, kept together so that they cannot part.

    `whole` is the day, ISO, on which the body last came whole; empty where that is not known.
    """

    body: bytes
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One line of a source's history."""

    at: datetime
    state: State
    outcome: str = ""
    status: int = 0
    entries: int = 0
    new: int = 0
    note: str = ""


@written_as(diagnosis="standing")
@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source has been: its last state, what stands behind it, and its history, newest first.

    `state` is how the last run ended. `diagnosis` is the judgement that holds while nothing changes:
    a stalled source that answers "unchanged" is still stalled.
    """

    key: str
    state: State
    diagnosis: State
    entries: int = 0
    new: int = 0
    newest: str | None = None
    note: str = ""
    todo: str = ""
    since: date | None = None
    last_ok: date | None = None
    changed: date | None = None
    title: str = ""
    moved_to: str = ""
    failures: int = 0
    not_before: datetime | None = None
    body_hash: str = ""
    history: tuple[Attempt, ...] = ()
