"""Our sentences gathered from where they stand, and the catalogs brought up to them: what `make catalogs` runs.

`python tests/catalogs.py` adds what is new to each catalog, without a translation yet, and takes out what is no longer
said; `python tests/catalogs.py fr` begins one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from pipeline.checks.load import all_rules
from pipeline.language import catalog as catalogs
from pipeline.render.pages.about_standard import promise
from pipeline.render.tables import table_sentences
from pipeline.render.word_files import WORDS, sentences

REPO = Path(__file__).parent.parent
FOLDER = REPO / "pipeline/language" / catalogs.FOLDER
WIDTH = 118
_CALLS = {"_": None, "ngettext": (1, 2), "said": None, "forms": (1, 2), "counted": (1, 2)}
_MADE = datetime(2026, 11, 30, tzinfo=UTC)  # the same sentences give the same file

Found = tuple[str, int, str | tuple[str, ...]]
"""Where a sentence stands, its line, and the sentence, or the two in which it is said of one and of many."""


def template_sentences(name: str, source: str) -> Iterator[Found]:
    """Give the sentences of one template by its path below `templates/`."""
    if name.endswith(WORDS):
        for each in sentences(source):
            yield f"templates/{name}", each.line, (each.one, each.many) if each.many else each.one
    else:
        options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
        for line, said, *_ in extract("jinja2", BytesIO(source.encode()), _CALLS, options=options):
            yield f"templates/{name}", line, said


def found() -> Iterator[Found]:
    """Give every sentence of ours that readers may meet: of the templates, of the tables and of the code."""
    for path in sorted((REPO / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield from template_sentences(path.relative_to(REPO / "templates").as_posix(), path.read_text("utf-8"))
    for path in sorted((REPO / "pipeline/render").rglob("*.py")):
        for line, said, *_ in extract("python", BytesIO(path.read_bytes()), _CALLS):
            yield path.relative_to(REPO).as_posix(), line, said
    yield from (("pipeline/render/tables.py", 0, text) for text in table_sentences())
    yield from (("pipeline/checks", 0, promise(rule)) for rule in all_rules())


def template() -> Catalog:
    """Make a catalog of all sentences, none of them translated."""
    made = Catalog(project="Hopeline", fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    for file, _, said in found():
        made.add(said, locations=[(file, 0)])
    return made


def read(language: str) -> Catalog:
    """Read the catalog of a language as it stands."""
    return read_po(BytesIO((FOLDER / f"{language}.po").read_bytes()), locale=language, abort_invalid=True)


def forms(said: str | Iterable[str]) -> tuple[str, ...]:
    """Give every form of a sentence: one, or one for each sort of number."""
    return (said,) if isinstance(said, str) else tuple(said)


def marks(text: str) -> set[str]:
    """Find the marks in a text that values are put in the place of."""
    return set(re.findall(r"%\(\w+\)s", text))


def bring_up(language: str) -> str:
    """Add to a catalog what is new, drop what is gone, and write it in the order of the sentences."""
    path = FOLDER / f"{language}.po"
    old = read(language) if path.exists() else Catalog(locale=language)
    known = {message.id: message.string for message in old if message.id}
    new = template()
    made = Catalog(locale=language, project="Hopeline", fuzzy=False, creation_date=_MADE, revision_date=_MADE)
    made.header_comment = f"# What Hopeline says of its own in the language “{language}”."
    for message in new:
        if message.id:
            made.add(message.id, known.get(message.id), locations=message.locations)
    out = BytesIO()
    write_po(out, made, width=WIDTH, include_lineno=False)
    path.write_bytes(out.getvalue())
    missing = sum(not all(forms(m.string or "")) for m in made if m.id)
    return f"{path.relative_to(REPO)}: {len(made)} sentences, {missing} without a translation"


if __name__ == "__main__":
    for each in sys.argv[1:] or [language for language in catalogs.catalogs() if language != catalogs.SOURCE]:
        print(bring_up(each))
