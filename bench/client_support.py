"""What mail programs support, from caniemail.com's data as npm has it: caniemail.json -> pipeline/proof/support.yml.

    npm pack caniemail@1.0.5 && tar xzf caniemail-1.0.5.tgz
    python bench/client_support.py package/data/caniemail.json package/package.json

Only the features that clients.yml can ask about are taken, and only programs that many readers have.
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

from pipeline.language.shipped import shipped

PROGRAMS = "apple-mail gmail outlook yahoo aol samsung-email thunderbird protonmail gmx web-de".split()
GONE = {"outlook windows-mail"}  # Microsoft ended it in December 2024
TO = Path(__file__).resolve().parents[1] / "pipeline" / "proof" / "support.yml"

HEAD = """\
# Which mail programs lack what, in part (a) or whole (n), by their newest test on caniemail.com; else nobody.
#
# Written by bench/client_support.py from npm's caniemail {version}; data of {date}.
#
# MIT License. Copyright (c) Rémi Parmentier and contributors (data); Avi Goldman, Andrew Powell (package).
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
# documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
# rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
# persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice
# and this permission notice shall be included in all copies or substantial portions of the Software.
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
# WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
# COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
# OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

"""


def lacking(stats: dict[str, dict[str, dict[str, str]]]) -> str:
    """Name the programs whose newest test found less than full support, as "outlook windows a"."""
    found = [
        f"{family} {platform} {newest[0]}"
        for family in PROGRAMS
        for platform, tests in stats.get(family, {}).items()
        if f"{family} {platform}" not in GONE
        for newest in [list(tests.values())[-1]]
        if newest[0] in "an"
    ]
    return ", ".join(found) or "nobody"


def main(data: str, package: str) -> None:
    read = json.loads(Path(data).read_text(encoding="utf-8"))
    version = json.loads(Path(package).read_text(encoding="utf-8"))["version"]
    names = " ".join(map(str, shipped("pipeline.proof", "clients.yml")["properties"])).split()
    asked = {f"css-{'-'.join(parts[:n])}" for name in names for parts in [name.split("-")] for n in (1, 2, 3)}
    degrades = set(shipped("pipeline.proof", "clients.yml")["degrades"])
    features = {each["slug"]: each["stats"] for each in read["data"]}
    kept = sorted(slug for slug in features if slug in asked | degrades or slug.startswith("html-"))
    lines = [
        f"{slug}:\n{textwrap.fill(lacking(features[slug]), 118, initial_indent='- ', subsequent_indent='- ')}\n"
        for slug in kept
    ]
    TO.write_text(HEAD.format(version=version, date=read["last_update_date"][:10]) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
