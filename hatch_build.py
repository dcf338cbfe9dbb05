"""What building the wheel makes, and installing the checkout: what is read off the shipped phrases, and the catalogs."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TOP = Path(__file__).parent


def _packs() -> list[str]:
    """List the modules beside which a pack of phrases lies."""
    files = sorted((TOP / "pipeline").rglob("*.yml"))
    return [".".join(file.relative_to(TOP).with_suffix("").parts) for file in files if _is_pack(file)]


def _is_pack(file: Path) -> bool:
    module = file.with_suffix(".py")
    asks = module.exists() and re.search(r"^_[A-Z]+ = pack\(__name__\)", module.read_text("utf-8"), re.MULTILINE)
    return bool(asks) or re.search(r"^phrases:", file.read_text("utf-8"), re.MULTILINE) is not None


def write() -> list[str]:
    """Write the files; their paths below the top."""
    sys.path.insert(0, str(TOP))
    return [_write_worked_out(), *_write_catalogs()]


def _write_worked_out() -> str:
    from pipeline.language import nouns, phrase_list, worked_out  # noqa: PLC0415  found here only
    from pipeline.language.reading.plain_words import any_word  # noqa: PLC0415  as above

    file = TOP / "pipeline/language" / worked_out.FILE
    packs = [*map(phrase_list.pack, _packs()), any_word().pack]
    spellings = sorted({each for noun in nouns.NOUNS.values() for each in noun.spellings})
    text = worked_out.written({pack.digest: pack.work_out() for pack in packs}, spellings)
    return _put(file, text.encode())


def _write_catalogs() -> list[str]:
    from pipeline.language import catalog  # noqa: PLC0415  as above

    sources = sorted((TOP / "pipeline/language" / catalog.FOLDER).glob("*.po"))
    return [_put(source.with_suffix(".mo"), catalog.compiled(source.read_bytes())) for source in sources]


def _put(file: Path, content: bytes) -> str:
    if not file.exists() or file.read_bytes() != content:
        part = TOP / f".{file.name}"
        part.write_bytes(content)
        part.replace(file)  # whoever reads it meanwhile finds one or the other
    return file.relative_to(TOP).as_posix()


class Hook(BuildHookInterface):
    """Has the files, which git ignores, taken along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the files before the wheel is put together."""
        build_data["artifacts"] += write()
