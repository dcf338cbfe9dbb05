"""How fast a gather is: `hope gather` beside lemon24/reader and the bare network, same server, same run.

    python bench/gather.py [--feeds 500] [--delay 0.25] [--runs 1] [--no-reader]

Cold is an empty cache and an empty outbox; warm is the same again, every feed answered with 304. hope is measured
as the editor meets it: the whole command, from Python's start to the written queue. reader is measured kindly: the
update alone. Of several runs the one in the middle counts.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low

from cost import FailedError, Measured, cpu_of, measure
from documents import CAPTURES, documents
from rivals import rival

AT_ONCE = 16
HERE = Path(__file__).resolve().parent
ROOM = """\
newsletter:
  name: Bench
  base_url: https://bench.example/
  sender: Bench <bench@bench.example>
  people:
  - {key: anna, name: Anna, roles: [editor]}
  - {key: mia, name: Mia, roles: [medical]}
sources:
"""
SOURCE = """\
- key: feed-{n:03d}
  kind: feed
  name: Feed {n}
  url: http://127.0.0.1:{port}/{n}
  tier: journal
  role: evidence
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: seconds of wall and CPU, peak memory in MB, answers that were 304, and a remark."""

    wall: float
    cpu: float | None = None
    memory: float | None = None
    resident: float | None = None
    unchanged: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measurement needs: the server's port, how many feeds, a folder of its own, and reader's Python."""

    port: int
    feeds: int
    folder: Path
    reader: Path | None

    @property
    def env(self) -> dict[str, str]:
        """The environment of every command: caches and settings in the bench's own folder, Python as it comes."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("HOPE", "XDG_", "PYTHON"))}
        homes = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        return kept | homes | {"HOPELINE_CACHE": str(self.folder / "kept"), "PYTHONPATH": str(HERE.parent)}

    def seen(self) -> dict[str, float]:
        """What the server gave since the last time it was asked."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/seen", timeout=10) as answer:
            told: dict[str, float] = json.load(answer)
            return told


def main() -> None:
    """Measure, and print the table and how the figures stand to their targets."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", type=int, default=500, help="how many feeds (500)")
    options.add_argument("--delay", type=float, default=0.25, help="seconds from a request to its answer (0.25)")
    options.add_argument("--runs", type=int, default=1, help="how many runs (1)")
    options.add_argument("--no-reader", action="store_true", help="leave lemon24/reader out")
    told = options.parse_args()
    _say_what(told.feeds, told.delay)
    reader = None if told.no_reader else _rival()
    runs: list[dict[str, Row]] = []
    try:
        with _server(told.feeds, told.delay) as port:
            for _ in range(told.runs):
                with tempfile.TemporaryDirectory(prefix="hope-bench-") as folder:
                    runs.append(_run(Bench(port, told.feeds, Path(folder), reader)))
            with tempfile.TemporaryDirectory(prefix="hope-bench-") as folder:
                start = _start_cpu(Bench(port, told.feeds, Path(folder), None))
    except FailedError as failed:
        sys.exit(f"The bench could not be run to its end:\n{failed}")
    rows = {name: median_low([(run[name].wall, n) for n, run in enumerate(runs)]) for name in runs[0]}
    middle = {name: runs[n][name] for name, (_, n) in rows.items()}
    _print_table(middle)
    _print_targets(middle, start)


def _say_what(feeds: int, delay: float) -> None:
    found, what = documents()
    megabytes = sum(len(found[n % len(found)].body) for n in range(feeds)) / 1e6
    if not CAPTURES.is_dir():
        print(f"There are no captures at {CAPTURES}: generated feeds of like size stand in for them.\n")
    print(f"{feeds} feeds ({what}, repeated; {megabytes:.0f} MB), {delay:g} s an answer, {AT_ONCE} at once.")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.\n",
        flush=True,
    )


@contextlib.contextmanager
def _server(feeds: int, delay: float) -> Iterator[int]:
    """Run the feed server; gives its port."""
    command = [sys.executable, str(HERE / "server.py"), "--feeds", str(feeds), "--delay", str(delay)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


def _run(bench: Bench) -> dict[str, Row]:
    """Measure everything once; cold before warm."""
    _make_room(bench)
    rows = {
        "floor, cold": _floor(bench),
        "hope, cold": _hope(bench),
        "floor, warm": _floor(bench, "--again"),
        "hope, warm": _hope(bench),
    }
    if bench.reader is not None:
        rows |= {"reader, cold": _reader(bench), "reader, warm": _reader(bench)}
    return rows


def _make_room(bench: Bench) -> None:
    room = bench.folder / "room"
    room.mkdir()
    told = ROOM + "".join(SOURCE.format(n=n, port=bench.port) for n in range(bench.feeds))
    (room / "sources.yml").write_text(told, encoding="utf-8")


def _hope(bench: Bench) -> Row:
    """Gather as an editor does. Raises FailedError unless every feed was asked exactly once."""
    bench.seen()
    done = measure([*_command(), "--root", bench.folder / "room", "gather"], env=bench.env, folder=bench.folder)
    seen = bench.seen()
    if seen["answers"] != bench.feeds:
        raise FailedError(f"hope asked for {seen['answers']} feeds instead of {bench.feeds}:\n{done.printed}")
    first = done.printed.partition("\n")[0]
    return Row(
        done.wall,
        done.cpu,
        done.memory,
        done.resident,
        int(seen["unchanged"]),
        first.partition(": ")[2].partition(" from")[0],
    )


def _command() -> list[str | Path]:
    beside = Path(sys.executable).with_name("hope")
    return [beside] if beside.exists() else [sys.executable, "-m", "pipeline"]


def _floor(bench: Bench, *options: str) -> Row:
    """Ask for everything and read nothing of it."""
    bench.seen()
    command = [sys.executable, str(HERE / "floor.py"), str(bench.port), str(bench.feeds), str(AT_ONCE), *options]
    done = measure(command, env=bench.env, folder=bench.folder)
    return Row(json.loads(done.printed)["seconds"], unchanged=int(bench.seen()["unchanged"]))


def _reader(bench: Bench) -> Row:
    """Update with lemon24/reader, as many at once."""
    bench.seen()
    database = bench.folder / "reader.sqlite"
    command = [bench.reader or "", HERE / "rival.py", database, str(bench.port), str(bench.feeds), str(AT_ONCE)]
    env = {k: v for k, v in bench.env.items() if k != "PYTHONPATH"}
    done: Measured = measure(command, env=env, folder=bench.folder)
    told, seen = json.loads(done.printed), bench.seen()
    remark = f"{told['entries']:,} entries, {told['broken']} feeds broken"
    return Row(told["seconds"], told["cpu"], done.memory, done.resident, int(seen["unchanged"]), remark)


def _rival() -> Path | None:
    """Have reader in its own environment, and say which it is."""
    python = rival("reader", "reader", "feedparser<6.0.13")
    if python is not None:
        ask = (
            "import reader, feedparser; print('reader', reader.__version__, 'with feedparser', feedparser.__version__)"
        )
        print(subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip())
    return python


def _start_cpu(bench: Bench) -> float:
    """The CPU seconds of `hope --help` beyond those of Python's own start."""
    bare = cpu_of([sys.executable, "-c", "pass"], env=bench.env, folder=bench.folder)
    return cpu_of([*_command(), "--help"], env=bench.env, folder=bench.folder) - bare


def _print_table(rows: dict[str, Row]) -> None:
    print(f"\n{'':<14}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'(RSS)':>7}{'304':>6}")
    for name, row in rows.items():
        cpu, memory, resident = (
            "" if told is None else f"{told:.{digits}f}"
            for told, digits in ((row.cpu, 1), (row.memory, 0), (row.resident, 0))
        )
        print(f"{name:<14}{row.wall:>8.2f}{cpu:>8}{memory:>9}{resident:>7}{row.unchanged:>6}  {row.remark}".rstrip())
    print("Memory is the sum over all processes of their shares (PSS); RSS counts shared pages for each.")


def _print_targets(rows: dict[str, Row], start: float) -> None:
    """Hold the figures against what was promised."""
    floor, floor_warm, cold, warm = (rows[n] for n in ("floor, cold", "floor, warm", "hope, cold", "hope, warm"))
    memory = max(cold.memory or 0, warm.memory or 0)
    print()
    _line("cold, as a multiple of the floor", cold.wall / floor.wall, "at most", 1.25)
    if "reader, cold" in rows:
        _line("reader, as a multiple of ours, cold", rows["reader, cold"].wall / cold.wall, "at least", 3)
    _line("peak memory in MB", memory, "at most", 250)
    _line("warm as a part of cold: CPU", (warm.cpu or 0) / (cold.cpu or 1), "at most", 0.5)
    _line("  seconds beyond the floor", (warm.wall - floor_warm.wall) / (cold.wall - floor.wall), "at most", 0.5)
    _line("  wall time", warm.wall / cold.wall, "at most", 0.5)
    if floor_warm.wall > cold.wall / 2:
        part = floor_warm.wall / cold.wall
        print(f"    out of anybody's reach: a 304 takes as long to come, and so waiting alone is {part:.2f}")
    _line("`hope --help` beyond Python's start, ms CPU", start * 1000, "at most", 100)


def _line(what: str, is_: float, bound: str, target: float) -> None:
    good = is_ <= target if bound == "at most" else is_ >= target
    shown = f"{is_:.0f}" if is_ >= 20 else f"{is_:.2f}"
    print(f"{what:<44}{shown:>6}   {bound} {target:g}   {'pass' if good else 'MISS'}")


if __name__ == "__main__":
    main()
