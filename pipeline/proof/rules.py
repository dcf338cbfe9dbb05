"""The rules on a finished mail: argued in `rules.yml`, most of them decided there; what one says of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from lxml.etree import XPath

from pipeline.errors import Fault
from pipeline.language.shipped import Value, shipped
from pipeline.proof.finished import Finished, RawHeader

_REGEX = {"re": "http://exslt.org/regular-expressions"}


class Held(StrEnum):
    """Whether a mail holds to a rule."""

    OK = "ok"
    NOT_OK = "not ok"
    NOT_HERE = "not for this edition"


class NotHere(str):
    """Why a rule asks nothing of a mail, as a sentence."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One rule on one mail: what is wrong and where, a remark or `why` it asks nothing; `reason` argues the rule.

    A rule that `warns` blocks nothing; `remedy` is what an editor can do, where that is not plain from the faults.
    """

    rule: str
    name: str
    reason: str
    held: Held
    faults: tuple[Fault, ...] = ()
    why: str = ""
    warns: bool = False
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class MailRule:
    """A rule as `rules.yml` has it; its head says what each key does."""

    id: str
    said: Mapping[str, Value]

    @property
    def name(self) -> str:
        """What it asks for, in a few words."""
        return self._text("name")

    @property
    def reason(self) -> str:
        """Why it is there, with its source."""
        return self._text("reason")

    @property
    def remedy(self) -> str:
        """What an editor can do, where that isn't plain from the faults."""
        return self._text("remedy")

    @property
    def elsewhere(self) -> str:
        """Why no edition can show whether it is held; empty for the others."""
        return self._text("elsewhere")

    @property
    def warns(self) -> bool:
        """Whether a mail that breaks it goes out all the same."""
        return self.id.startswith("B")

    def ruling(self, mail: Finished, more: Iterator[Fault | str]) -> Ruling:
        """Hold a mail to the rule, and to what a function of ours finds `more` of: faults and remarks."""
        found = dict.fromkeys((*_headers(self._list("headers"), mail), *self._elements(mail), *more))
        faults = tuple(each for each in found if isinstance(each, Fault))
        why = " ".join(each for each in found if isinstance(each, str)) or self.elsewhere
        nowhere = "only" in self.said and not any(_xpath(self._text("only"))(page.root) for page in mail.pages)
        here = "elsewhere" not in self.said and not nowhere and not any(isinstance(each, NotHere) for each in found)
        return Ruling(
            rule=self.id,
            name=self.name,
            reason=self.reason,
            held=Held.NOT_OK if faults else Held.OK if here else Held.NOT_HERE,
            faults=faults,
            why=self._text("else") if nowhere and not faults else why,
            warns=self.warns,
            remedy=self.remedy,
        )

    def _text(self, key: str) -> str:
        return " ".join(str(self.said.get(key, "")).split())

    def _list(self, key: str) -> list[Any]:
        found = self.said.get(key, [])
        assert isinstance(found, list)
        return found

    def _elements(self, mail: Finished) -> Iterator[Fault]:
        for each in self._list("faults"):
            for page in mail.pages:
                for element in _xpath(each["at"])(page.root):
                    yield page.fault(element, each["says"])


@cache
def mail_rules() -> tuple[MailRule, ...]:
    """All rules, in the order of the file."""
    return tuple(
        MailRule(id_, said) for id_, said in shipped("pipeline.proof", "rules.yml").items() if isinstance(said, dict)
    )


@cache
def _xpath(path: str) -> Any:
    return XPath(path, namespaces=_REGEX)


def _headers(due: list[Any], mail: Finished) -> Iterator[Fault]:
    for each in due:
        for name in each["header"].split():
            headers, times = mail.named(name), int(each.get("times", 1))
            if len(headers) != times:
                what = "must not be there" if not times else f"stands {len(headers)} times, not once"
                yield (headers or [RawHeader(name, "", 0)])[0].fault(what)
            for header in headers[:times]:
                line, plain = header.text.isascii() and "\n" not in header.text, "=?" not in header.text
                if ("plain" in each and not (line and plain)) or ("line" in each and not line):
                    yield header.fault("has to be plain ASCII on one line")
                elif not re.search(each.get("like", ""), header.value):
                    yield header.fault(each["says"])
