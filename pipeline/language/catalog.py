"""What our own sentences say in another language: gettext catalogs, one a language, in `catalogs/<language>.po`.

Installing compiles each to a `.mo` beside it (`hatch_build.py`), which ends with a digest of what it was made of. One
that is missing or stale is compiled anew when it is asked for, which takes longer and needs Babel.
"""

from __future__ import annotations

import re
from functools import cache
from gettext import GNUTranslations
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import Protocol

SOURCE = "en"
"""The language that our sentences are written in; it needs no catalog."""

FOLDER = "catalogs"
"""The folder beside this module."""

_LARGEST = 1_000
"""Up to which number the forms of the plural are looked for."""


class _Translations(Protocol):
    def gettext(self, message: str) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


class Catalog:
    """Our sentences in one language. What it lacks is said in English."""

    def __init__(self, language: str = SOURCE, content: bytes | None = None) -> None:
        self.language = language
        self._known: _Translations | None = None
        self._samples: tuple[int, ...] = (1, 0)
        """A number for each form of the plural, in the order in which `forms` gives them."""
        self._form = _english_form
        if content is not None:
            known = GNUTranslations(BytesIO(content))
            self._known, self._form = known, known.plural  # type: ignore[attr-defined]  # the stubs lack it
            found: dict[int, int] = {}
            for n in range(_LARGEST):
                found.setdefault(self._form(n), n)
            self._samples = tuple(found[form] for form in sorted(found))

    def said(self, message: str) -> str:
        """Say a sentence."""
        return self._known.gettext(message) if self._known and message else message

    def forms(self, one: str, many: str) -> tuple[str, ...]:
        """Say a sentence with a number in it in every form that the language has, as `form` numbers them."""
        if self._known is None:
            return one, many
        return tuple(self._known.ngettext(one, many, n) for n in self._samples)

    def form(self, n: int) -> int:
        """Say which of the forms goes with a number."""
        return self._form(n)

    def counted(self, one: str, many: str, n: int) -> str:
        """Say a sentence in the form that goes with a number."""
        return self.forms(one, many)[self.form(n)]


def _english_form(n: int) -> int:
    return 0 if n == 1 else 1


ENGLISH = Catalog()


@cache
def catalogs() -> tuple[str, ...]:
    """The languages that our sentences can be said in, by their codes."""
    found = (re.fullmatch(r"(\w+)\.po", each.name) for each in (files(__package__) / FOLDER).iterdir())
    return tuple(sorted({SOURCE, *(each[1] for each in found if each)}))


def base(language: str) -> str:
    """The language of a code, without its country: "de-AT" is German."""
    return re.split("[-_]", language.strip().lower())[0]


def catalog_of(language: str) -> Catalog | None:
    """The catalog of a language by its code, whatever country it names; None where there is none."""
    name = base(language)
    return _read(name) if name in catalogs() else None


@cache
def _read(name: str) -> Catalog:
    return ENGLISH if name == SOURCE else Catalog(name, _compiled(name))


def in_language(language: str) -> Catalog:
    """The catalog of a language, or the English sentences where there is none."""
    return catalog_of(language) or ENGLISH


def _compiled(language: str) -> bytes:
    folder = files(__package__) / FOLDER
    source, file = (folder / f"{language}.po").read_bytes(), folder / f"{language}.mo"
    content = file.read_bytes() if file.is_file() else b""
    return content if content.endswith(_digest(source)) else compiled(source)


def compiled(source: bytes) -> bytes:
    """Compile a catalog; what no catalog has to say comes last in it: the digest of its source."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  only setting up and a stale catalog need it
    from babel.messages.pofile import read_po  # noqa: PLC0415  as above

    out = BytesIO()
    write_mo(out, read_po(BytesIO(source)))
    return out.getvalue() + _digest(source)


def _digest(source: bytes) -> bytes:
    return sha256(source).digest()
