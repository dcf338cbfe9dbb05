"""What a mail costs: 30 items with all parts, pictures and proof; 1,000 editions in a row; inliners side by side.

    PYTHONPATH=tests python bench/mail.py [--editions 1000]

The mail is written and proved in a Python of its own, five times: the least CPU counts, from after its imports, web
pages and the standard apart. Memory is looked at once a fifth of the editions is written, and at the end; no two are
alike. Inliners and pictures are measured in one process, in turns. Fails beyond 1.5 s for the mail, or when memory
grows by more than 5 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import css_inline
import psutil
import second_opinions
from cost import measure
from issues import templates
from poured import TITLES, many

from pipeline.model.issue import Issue
from pipeline.model.item import Fact
from pipeline.model.names import Shows
from pipeline.proof import prove
from pipeline.render.archive import Archive
from pipeline.render.inline import inline
from pipeline.render.mail import write_letter
from pipeline.render.pictures import draw, drawable, ladder
from pipeline.render.press import set_up

HERE = Path(__file__).resolve().parent
ITEMS, SECONDS, GROWTH = 30, 1.5, 5.0

JUICE = """
const juice = require('juice'), html = require('fs').readFileSync(0, 'utf8'), took = [];
for (let n = 0; n < 15; n++) {
  const start = process.cpuUsage(); juice(html); const used = process.cpuUsage(start);
  took.push((used.user + used.system) / 1000);
}
console.log(Math.min(...took));
"""


def written(issue: Issue, source: dict[str, str]) -> dict[str, bytes]:
    """Write a mail, and nothing for the web."""
    return write_letter(issue, Archive.of(issue, (issue,)), set_up(source))[0]


def once() -> None:
    """Write and prove a mail of 30 items in this Python; prints seconds of both, and what there was."""
    issue, source = many(TITLES[:ITEMS]), templates()
    start = time.process_time()
    files = written(issue, source)
    between = time.process_time()
    rules = len(prove(files))
    print(between - start, time.process_time() - between, rules, files["message.eml"].count(b"Content-ID"))


def mail() -> float:
    """Do that in five Pythons of their own; prints and gives the least CPU seconds."""
    command = [sys.executable, __file__, "--once"]
    runs = [measure(command, env=os.environ, folder=HERE.parent).printed.split() for _ in range(5)]
    write, proof = min(float(run[0]) for run in runs), min(float(run[1]) for run in runs)
    print(
        f"{ITEMS} items: {write + proof:.2f} s of CPU ({write:.2f} written with {runs[0][3]} pictures, {proof:.2f} held to "
        f"{runs[0][2]} rules); {SECONDS} s may be"
    )
    return write + proof


def growth(editions: int) -> float:
    """Write so many editions of twelve items; prints and gives by how many MB memory grew after the first fifth."""
    process, source, before = psutil.Process(), templates(), 0.0
    start = time.process_time()
    for n in range(editions):
        titles = tuple(TITLES[(n * 12 + k) % len(TITLES)] for k in range(12))
        written(replace(many(titles), intro=f"Edition {n}."), source)
        if n == editions // 5:
            before = process.memory_info().rss / 1e6
    after, each = process.memory_info().rss / 1e6, (time.process_time() - start) / editions
    print(f"{editions} editions of 12 items: {each * 1e3:.0f} ms each; {before:.0f} MB, then {after:.0f} MB")
    return float(after - before)


def least(work: Callable[[int], object], times: int = 15) -> float:
    """Give the least CPU milliseconds of a piece of work; it is told which time it is."""
    took = []
    for n in range(times):
        start = time.process_time()
        work(n)
        took.append((time.process_time() - start) * 1e3)
    return min(took)


def not_inlined() -> str:
    """Give the mail of 30 items as it is before its styles are set on its elements."""
    source = templates()
    found = re.search(r"<style>.*?</style>", source["email/issue.html"], re.DOTALL)
    sheet = found[0] if found else ""
    for name, value in (("heads", "Georgia, serif"), ("accent", "#0b4f9c"), ("side", "left")):
        sheet = sheet.replace(f"{{{{ {name} }}}}", value)
    html = re.sub(r' style="[^"]*"', "", written(many(TITLES[:ITEMS]), source)["email.html"].decode())
    return html.replace("<style>", f'{sheet}<style data-premailer="ignore">', 1)


def inliners() -> None:
    """Print what each inliner takes for the mail of 30 items, beside our own."""
    page = not_inlined()
    took = {"premailer, as we use it": least(lambda _: inline(page))}
    took["css-inline"] = least(lambda _: css_inline.inline(page, load_remote_stylesheets=False))
    if shutil.which("node") and (second_opinions.MODULES / "juice").exists():
        env = {**os.environ, "NODE_PATH": str(second_opinions.MODULES)}
        done = subprocess.run(["node", "-e", JUICE], input=page, env=env, capture_output=True, text=True, check=True)
        took["juice"] = float(json.loads(done.stdout))
    first = next(iter(took.values()))
    for name, each in took.items():
        print(f"  {name}: {each:.1f} ms of CPU, {first / each:.1f} times as fast")


def pictures() -> None:
    """Print what a picture takes that was never drawn before."""

    def counts(n: int) -> object:
        facts = [Fact(value=f"{n + 1} of 100", shows=each, says="had it") for each in Shows]
        return draw(drawable(facts), press, "#0b4f9c")

    press = set_up(templates())
    rung = least(lambda n: ladder(1, 20 + n, press, "#0b4f9c"))
    print(f"  two counts of a hundred: {least(counts):.1f} ms; a ladder: {rung:.1f} ms of CPU")


def main() -> int:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--editions", type=int, default=1_000)
    ask.add_argument("--once", action="store_true", help="write and prove one mail, and print what it took")
    asked, faults = ask.parse_args(), []
    if asked.once:
        once()
        return 0
    if (seconds := mail()) > SECONDS:
        faults.append(f"a mail takes {seconds:.2f} s; {SECONDS} may be")
    inliners()
    pictures()
    if (grown := growth(asked.editions)) > GROWTH:
        faults.append(f"memory grew by {grown:.1f} MB; {GROWTH} may be")
    print("\n".join(faults) or "within its bounds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
