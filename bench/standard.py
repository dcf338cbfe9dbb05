"""What the standard costs: 40 items of an issue, and an archive of ten years.

    python bench/standard.py [--items 3600]

The items are put together from the sentences of the rules' own cases and of the demo, no two alike, with a source text
each. `hope check` on 40 of them is measured from Python's start to its end, five times, beside a Python that does
nothing: the least counts, as machines are noisy. Modules are kept compiled, as on an editor's machine, so the first run
may cost more. The archive is what `hope check --stats` reads: built issues of 30 items, from Python's start to the
printed table, on the cores there are; a third of it is measured too, because the work must grow no faster than the
number of items. Fails beyond 0.9 s of CPU for the 40, 0.25 s for loading all rules, or 30 s for the archive.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cost import Measured, cpu_of, measure

from pipeline.checks import rules
from pipeline.checks.cases import cases_of, samples
from pipeline.config import parse_config
from pipeline.demo.newsroom import LOGO, logo, sources_yml
from pipeline.demo.words import decisions
from pipeline.issue import Printing, dump, freeze
from pipeline.language.normalise import normalise
from pipeline.language.sentences import sentences
from pipeline.model.evidence import Evidence
from pipeline.model.item import WORDS, Item, Queue, Signature, SourceText
from pipeline.model.names import PersonRole
from pipeline.queue.layout import item_lines, new_file
from pipeline.sources import kinds
from pipeline.yamltext import adapter

HERE = Path(__file__).resolve().parent
FEW, A_MONTH = 40, 30
SECONDS_FEW, SECONDS_LOAD, SECONDS_ALL, LINEAR = 0.9, 0.25, 30.0, 1.6
GERMAN = re.compile(r"[äöüß]|\b(?:der|die|das|den|und|ist|nicht|ein|eine|einen|bei|von|für|mit|sie)\b", re.IGNORECASE)
LENGTHS = {"summary": 5, "harms": 3, "not_known": 3, "who": 2, "access": 2, "funding": 1, "you_can": 2, "headline": 1}
ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
LOADING = """\
import time
start = time.process_time()
from pipeline.checks import rules
rules()
print(time.process_time() - start)
"""


@cache
def said() -> dict[str, tuple[str, ...]]:
    """All sentences that stand in a field of a case or of the demo, by field."""
    pool: dict[str, dict[str, None]] = {name: {} for name in WORDS}
    cases = [item for cases_ in map(cases_of, rules()) for item in (*cases_.bad, *cases_.good)]
    made = [each.words for month in ("2026-05", "2026-06") for each in decisions(month)]
    told = [{name: words[name] for name in WORDS if name in words} for words in made]
    told += [{n: text for n in WORDS if (text := getattr(item, n))} for item in (*samples().values(), *cases)]
    for words in told:
        for name, text in words.items():
            whole = (s.text.strip() for s in sentences(normalise(text)) if len(s.text) < 400)
            pool[name] |= {s: None for s in whole if not GERMAN.search(s)}  # an issue is in one language
    return {name: tuple(texts) for name, texts in pool.items()}


def items(issue: str, number: int) -> Iterator[tuple[Item, SourceText]]:
    """Make items of an issue, no two alike, each with what its source said."""
    luck = random.Random(issue)
    evidence = [d.evidence for d in decisions("2026-05") if d.evidence] or [Evidence()]
    for n in range(number):
        words: dict[str, Any] = {name: " ".join(luck.sample(said()[name], k)) for name, k in LENGTHS.items()}
        words["summary"] += f" In {issue}, {luck.randint(20, 900)} people were seen at {n + 2} hospitals."
        told = " ".join([words["summary"], words["harms"], *luck.sample(said()["summary"], 4)])
        item = replace(samples()["study"], id=f"{issue}/item-{n}", evidence=luck.choice(evidence), **words)
        yield signed(item), SourceText(source=item.source, title=item.title, text=f"{item.title}\n{told}")


def texts_json(made: list[tuple[Item, SourceText]]) -> bytes:
    return adapter(dict[str, tuple[SourceText, ...]]).dump_json({item.id: (text,) for item, text in made})


def signed(item: Item) -> Item:
    """Sign an item for each of the demo's roles."""
    roles = {"anna": PersonRole.EDITOR, "dr-m": PersonRole.MEDICAL, "sam": PersonRole.PATIENT}
    on = date(2026, 11, 22)
    return replace(item, signed=tuple(Signature(by=k, role=r, on=on, text=item.text_hash) for k, r in roles.items()))


def newsroom(root: Path) -> None:
    (root / LOGO).write_bytes(logo())
    (root / "sources.yml").write_text(sources_yml("http://127.0.0.1:9"), encoding="utf-8")


def few() -> tuple[float, float]:
    """Check 40 items, five times; the least CPU seconds of the command, and of a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        newsroom(root)
        place = root / "outbox" / "2026-12"
        place.mkdir(parents=True)
        made = list(items("2026-12", FEW))
        lines = [line for item, _ in made for line in item_lines(item, 0)]
        (place / "queue.yml").write_text(new_file("2026-12") + "\n".join(lines) + "\n", encoding="utf-8")
        (place / "texts.json").write_bytes(texts_json(made))
        hope = [
            sys.executable,
            "-m",
            "pipeline",
            "check",
            "--issue",
            "2026-12",
            "--root",
            str(root),
            "--today",
            "2026-12-01",
        ]
        took = cpu_of(hope, env=ENV, folder=HERE.parent, times=5, codes=(1,))
    return took, cpu_of([sys.executable, "-c", ""], env=ENV, folder=HERE.parent, times=5)


def loading() -> float:
    """Load all rules, five times; the least CPU seconds."""
    command = [sys.executable, "-c", LOADING]
    return min(float(measure(command, env=ENV, folder=HERE.parent).printed) for _ in range(5))


def archive(number: int) -> Measured:
    """Measure `hope check --stats` over built issues of 30 items."""
    settings = parse_config(
        sources_yml("http://127.0.0.1:9"), "sources.yml", {n: k.options for n, k in kinds().items()}
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        newsroom(root)
        for n in range(-(-number // A_MONTH)):
            key = f"{2016 + n // 12}-{n % 12 + 1:02d}"
            made = list(items(key, min(A_MONTH, number - n * A_MONTH)))
            place = root / "outbox" / key
            place.mkdir(parents=True)
            queue = Queue(issue=key, items=tuple(item for item, _ in made))
            (place / "issue.json").write_bytes(
                dump(freeze(queue, Printing(config=settings, health=(), glossary=(), today=date(2026, 12, 1))))
            )
            (place / "texts.json").write_bytes(texts_json(made))
        hope = [sys.executable, "-m", "pipeline", "check", "--stats", "--root", str(root), "--today", "2026-12-01"]
        return measure(hope, env=ENV, folder=HERE.parent)


def main() -> int:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--items", type=int, default=3_600)
    number = ask.parse_args().items
    faults: list[str] = []
    seconds, nothing = few()
    print(
        f"{FEW} items from start to end: {seconds:.2f} s of CPU, {seconds / nothing:.0f} times a Python that does nothing "
        f"({nothing:.3f}); {SECONDS_FEW} s may be"
    )
    if seconds > SECONDS_FEW:
        faults.append(f"{FEW} items take {seconds:.2f} s; {SECONDS_FEW} may be")
    load = loading()
    print(f"all rules loaded: {load:.2f} s of CPU; {SECONDS_LOAD} may be")
    if load > SECONDS_LOAD:
        faults.append(f"loading the rules takes {load:.2f} s; {SECONDS_LOAD} may be")
    each: dict[int, float] = {}
    wall = 0.0
    print(f"{'items':>7} {'wall s':>8} {'CPU s':>8} {'ms an item':>11} {'MB':>7}")
    for items_ in (number // 3, number):
        took = archive(items_)
        each[items_], wall = took.cpu / items_, took.wall
        print(f"{items_:>7} {took.wall:>8.1f} {took.cpu:>8.1f} {each[items_] * 1e3:>11.2f} {took.memory:>7.0f}")
    if wall > SECONDS_ALL:
        faults.append(f"the archive takes {wall:.0f} s; {SECONDS_ALL:.0f} may be")
    if each[number] > LINEAR * each[number // 3]:
        faults.append("an item takes longer among more of them: not linear")
    print("\n".join(faults) or "within its bounds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
