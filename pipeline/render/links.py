"""Where a page stands, and how it leads to others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

import idna

from pipeline.model.issue import Issue
from pipeline.render.archive import PrintedItem

_ASCII = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a page stands, so that its links to others are relative; `root` is "" or one "../" for each folder.

    A draft's pages stand alone (`alone` is its issue's key): links to other issues go to the address on the web.
    """

    path: str
    root: str
    web: str
    alone: str = ""

    @classmethod
    def at(cls, path: str, web: str) -> Links:
        """A page of the archive by its path."""
        return cls(path=path, root="../" * path.count("/"), web=web)

    @classmethod
    def anywhere(cls, path: str, web: str) -> Links:
        """A page that a host shows at any address, so that its links are whole addresses."""
        return cls(path=path, root=web, web=web)

    @property
    def around(self) -> Links:
        """The links of any page beside this one: they lead on alike, which is all that the frame of pages asks."""
        return Links(path="", root=self.root, web=self.web, alone=self.alone)

    @property
    def address(self) -> str:
        """The page's own address on the web."""
        return self.web + self.path.removesuffix("index.html")

    def leading_to(self, address: str) -> Links:
        """The links of a page that only leads on: its address on the web, for programs, is that of the other page."""
        return _LeadingOn(path=self.path, root=self.root, web=self.web, alone=self.alone, to=address)

    @property
    def style(self) -> str:
        """The style sheet."""
        return f"{self.root}style.css"

    @property
    def logo(self) -> str:
        """The logo; pages bring it along, as the style sheet, so that drafts and archives opened from disk show it."""
        return f"{self.root}logo.png"

    @property
    def icon(self) -> str:
        """The icon beside the page's title; below a path it is none that browsers would find by themselves."""
        return f"{self.root}favicon.ico"

    def page(self, path: str) -> str:
        """A page of the site by its path."""
        return self.web + path.removesuffix("index.html") if self.alone else self.root + path

    def issue(self, key: str) -> str:
        """An issue's page."""
        return f"{self.root}index.html" if key == self.alone else self.page(f"{key}/index.html")

    def item(self, printed: PrintedItem) -> str:
        """An item's page."""
        if printed.key == self.alone:
            return f"{self.root}{printed.slug}/index.html"
        return self.page(f"{printed.key}/{printed.slug}/index.html")


def web_of(issue: Issue) -> str:
    """Where the archive was on the web when the issue was built; it ends in a slash."""
    return f"{issue.masthead.base_url.rstrip('/')}/"


def ascii_host(host: str) -> str:
    """Write a host as DNS has it: "straße.example" is another one than "strasse.example" (IDNA 2008, UTS 46)."""
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:  # ☃, which only the older rules let pass
        return host.encode("idna").decode()


@lru_cache(maxsize=1024)
def ascii_address(address: str) -> str:
    """Write a link in plain ASCII: its host as DNS has it, the rest percent-encoded (RFC 3986)."""
    host = urlsplit(address).netloc.rpartition("@")[2].partition(":")[0]
    return quote(address.replace(host, ascii_host(host), 1), safe=_ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LeadingOn(Links):
    to: str

    @property
    def address(self) -> str:
        return self.web + self.to
