"""What the rules on a finished mail are tried on: a good mail, and changes to it that each break a rule.

Tests make the mails; `hope explain` and the page of rules tell of them; no proof reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

_GAP = "…"
_NAMES = {"html": "HTML", "text": "text part", "raw": "message.eml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodMail:
    """A mail that no rule has anything to say about."""

    headers: Mapping[str, str]
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCase:
    """One change to the good mail; `fill` says what stands in place of “…”, and how often. See `cases.yml`."""

    html: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str | None] = field(default_factory=dict)
    picture: int = 0
    fill: tuple[str, int] | None = None

    def filled(self, words: str) -> str:
        """Write what stands in place of “…”."""
        return words.replace(_GAP, self.fill[0] * self.fill[1]) if self.fill else words

    def said(self) -> str:
        """Tell the change in a line."""
        return "; ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        for name, value in self.header.items():
            yield f"{name}: {value}" if value else f"no {name}"
        for kind, name in _NAMES.items():
            for old, new in getattr(self, kind).items():
                yield f"{name}: {_visible(new)} instead of {_visible(old)}" if new else f"{name}: no {_visible(old)}"
        if self.fill and self.fill[0] != _GAP:
            yield f"{_GAP} is “{self.fill[0].strip() or 'a space'}”, {self.fill[1]:,} times"
        if self.picture:
            yield f"a picture with {self.picture:,} bytes more"


@cache
def good_mail() -> GoodMail:
    """Read the mail that all cases change."""
    return GoodMail(**_read()["good"])


@cache
def mail_cases(rule: str) -> tuple[MailCase, ...]:
    """Read what breaks a rule; nothing does for one that an edition can't decide."""
    return tuple(MailCase(**case) for case in _read()["cases"].get(rule, ()))


@cache
def _read() -> Mapping[str, Any]:
    text = (files("pipeline.proof") / "cases.yml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def _visible(words: str) -> str:
    return words.strip().replace("\r\n", "⏎").replace("\n", "⏎") or "a space"
