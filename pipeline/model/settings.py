"""The newsletter's own settings: the head of `sources.yml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, field, fields
from typing import Annotated, Any, NamedTuple

from pipeline.model.names import Heads, PersonRole, Pictures, Therapy
from pipeline.model.source import Source
from pipeline.model.strict import strict


class Within(NamedTuple):
    """The bounds of a number, both included. pydantic asks for its schema: loading its own bounds takes too long."""

    least: float
    most: float = float("inf")

    def holds(self, number: float) -> bool:
        """Whether a number lies within."""
        return self.least <= number <= self.most

    def __get_pydantic_core_schema__(self, kind: Any, schema_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        most = {} if self.most == float("inf") else {"le": self.most}
        return schema_of(kind) | {"ge": self.least} | most


_Seconds = Annotated[float, Within(0.05, 3600)]


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

    at_once: Annotated[int, Within(1, 100)] = 16
    per_host: Annotated[int, Within(1, 16)] = 2
    pause: Annotated[float, Within(0, 600)] = 1.0
    connect_timeout: _Seconds = 10.0
    read_timeout: _Seconds = 20.0
    total_timeout: _Seconds = 30.0
    parse_timeout: _Seconds = 20.0
    max_bytes: Annotated[int, Within(1024)] = 10 * 1024 * 1024
    max_ratio: Annotated[int, Within(2)] = 200
    max_redirects: Annotated[int, Within(0, 20)] = 5
    retries: Annotated[int, Within(0, 10)] = 2
    max_retry_after: Annotated[float, Within(0, 3600)] = 120.0
    contact: str = ""


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class MailBounds:
    """How much an e-mail may ask for: words that a reader sees, and bytes of HTML (past 102,000, Gmail cuts it off)."""

    words: Annotated[int, Within(400, 5_000)] = 1_300
    bytes: Annotated[int, Within(20_000, 100_000)] = 90_000


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same newsletter in another language: the language's code, and where its archive is."""

    language: str
    url: str


_SAID = "said"


def _line(said: str = "", *, default: Any = MISSING) -> Any:
    """Make a setting that `hope new` writes in a line, with what is said of it there."""
    return field(default=default, metadata={_SAID: said})


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """Name, voice and people of the newsletter.

    `fictional` is a banner printed on every page; `deny` are domains that nothing may lead to, as `cells.example`.
    `subscribe` is where people join (https); `translations` are the newsletters that say the same in other languages;
    `list` names the list for mail programs, where the name yields no slug.
    """

    name: str = _line()
    about: str = _line("what it is about, in a few words", default="")
    language: str = _line(default="en")
    accent: str = _line("the colour of links and rules, in quotes; dark pages get a lighter shade", default="#0b4f9c")
    heads: Heads = _line("the letters of headings: serif or sans", default=Heads.SERIF)
    logo: str = _line("a PNG beside this file, 200 kB and 1200 pixels at most", default="")
    base_url: str = _line("where the web archive will be; ends in “/”")
    sender: str = _line()
    contact: str = _line("where readers write; sources see it too, so that they can reach you", default="")
    publisher: str = _line("who publishes it; the law of your country may require it", default="")
    address: str = _line("the publisher's postal address", default="")
    funding: str = _line("one sentence: who pays, and that no company does, if that is true", default="")
    unsubscribe: str = _line("where readers unsubscribe", default="")
    mail: MailBounds = _line("the most that an e-mail may hold; what is less urgent moves online", default=MailBounds())
    pictures: Pictures = _line("all, or none: an e-mail of words alone", default=Pictures.ALL)
    subscribe: str = ""
    translations: tuple[Translation, ...] = ()
    list: str = ""
    fictional: str = ""
    topics: Topics = Topics()
    people: tuple[Person, ...] = ()
    sign_off: tuple[PersonRole, ...] = (PersonRole.EDITOR, PersonRole.MEDICAL)
    fetching: Fetching = Fetching()
    deny: tuple[str, ...] = ()

    @classmethod
    def lines(cls) -> Iterator[tuple[str, str]]:
        """Give the settings of one line each, in the order in which they are written, and what is said of them."""
        return ((each.name, each.metadata[_SAID]) for each in fields(cls) if _SAID in each.metadata)

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
