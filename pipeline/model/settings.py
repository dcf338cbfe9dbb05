"""The newsletter's own settings: the head of `sources.yml`."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.names import PersonRole, Therapy
from pipeline.model.source import Source
from pipeline.model.strict import strict


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign. `interests` are printed beside the name."""

    key: str
    name: str
    roles: tuple[PersonRole, ...]
    interests: str = ""


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """What the newsletter is about; no conditions named means all autoimmune conditions."""

    therapies: tuple[Therapy, ...] = tuple(Therapy)
    conditions: tuple[str, ...] = ()


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How politely and how patiently we ask. Times in seconds, sizes in bytes."""

    at_once: int = 16
    per_host: int = 2
    pause: float = 1.0
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 30.0
    parse_timeout: float = 20.0
    max_bytes: int = 10 * 1024 * 1024
    max_ratio: int = 200
    max_redirects: int = 5
    retries: int = 2
    max_retry_after: float = 120.0
    contact: str = ""


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """Name, voice and people of the newsletter. `fictional` is a banner printed on every page."""

    name: str
    base_url: str
    sender: str
    about: str = ""
    language: str = "en"
    accent: str = "#0b4f9c"
    publisher: str = ""
    address: str = ""
    funding: str = ""
    contact: str = ""
    unsubscribe: str = ""
    fictional: str = ""
    topics: Topics = Topics()
    people: tuple[Person, ...] = ()
    sign_off: tuple[PersonRole, ...] = (PersonRole.EDITOR, PersonRole.MEDICAL)
    fetching: Fetching = Fetching()

    def person(self, key: str) -> Person | None:
        """Find a person by key."""
        return next((p for p in self.people if p.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All of `sources.yml`."""

    newsletter: Newsletter
    sources: tuple[Source, ...] = ()

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources a gather asks."""
        return tuple(s for s in self.sources if s.enabled)

    def source(self, key: str) -> Source | None:
        """Find a source by key."""
        return next((s for s in self.sources if s.key == key), None)
