"""What a month of a large registry costs: `hope gather` on 3,000 trials of 40 KB that an issue knew a month before.

    python bench/trials.py [--trials 3000] [--no-smaller]

The registry stands on the own machine and lists every trial in its search, a tenth again by product, and all by number.
A tenth of them changed their status. The month is measured as the editor meets it, from Python's start to the written
queue; a third of the trials is measured too, because time must grow no faster than their number. Fails beyond 60 s of
CPU or 500 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from cost import Measured, measure

SECONDS, MEGABYTES = 60.0, 500.0
LINEAR = 1.6
"""How much longer a trial may take among three times as many."""

SIZE = 40_000
HERE = Path(__file__).resolve().parent
ROOM = """\
newsletter:
  name: Bench
  base_url: https://bench.example/
  sender: Bench <bench@bench.example>
  unsubscribe: https://bench.example/leave
  fetching: {{pause: 0}}
sources:
- {{key: registry, kind: clinicaltrials, url: "http://127.0.0.1:{port}/api/v2", tier: registry, role: evidence}}
"""


class Registry(BaseHTTPRequestHandler):
    """The registry: each study ready as bytes, since making them must not be measured."""

    protocol_version = "HTTP/1.1"
    studies: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        ask = {k: v[-1] for k, v in parse_qs(url.query).items()}
        if url.path.endswith("/version"):
            return self._send(b'{"apiVersion": "2.0.5", "dataTimestamp": "2026-06-30T09:00:05"}')
        numbers = ask["filter.ids"].split(",") if "filter.ids" in ask else list(self.studies)
        numbers = numbers[::10] if "query.term" in ask else numbers
        start, size = int(ask.get("pageToken", "0")), int(ask["pageSize"])
        more = f', "nextPageToken": "{start + size}"' if start + size < len(numbers) else ""
        page = b",".join(self.studies[n] for n in numbers[start : start + size])
        return self._send(b'{"studies": [' + page + b"]" + more.encode() + b"}")

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def study(n: int, *, later: bool) -> bytes:
    """Make a study of 40 KB: half of it sites, the rest criteria, arms and outcomes, as in large real ones."""
    nct = f"NCT{n:08}"
    moved = later and n % 10 == 0
    protocol = {
        "identificationModule": {"nctId": nct, "briefTitle": f"CAR-T cells in lupus, study {n}"},
        "statusModule": {
            "overallStatus": "ACTIVE_NOT_RECRUITING" if moved else "RECRUITING",
            "startDateStruct": {"date": "2026-01", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2026-06-11" if moved else "2026-05-11", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": f"Sponsor {n % 97}", "class": "INDUSTRY"}},
        "descriptionModule": {"briefSummary": f"Study {n} looks at CD19 CAR-T cells in people with lupus. " * 15},
        "conditionsModule": {"conditions": ["Systemic Lupus Erythematosus", "Lupus Nephritis"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1"], "enrollmentInfo": {"count": 18, "type": "ESTIMATED"}},
        "armsInterventionsModule": {
            "armGroups": [{"label": f"Dose {k}", "description": "One infusion of cells after lymphodepletion. " * 8} for k in range(3)],
            "interventions": [{"name": f"CART-{n}", "description": "Autologous cells given once into a vein. " * 8}],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": f"Adverse events of grade {k} or more at week 24"} for k in range(1, 6)]},
        "eligibilityModule": {"minimumAge": "18 Years", "maximumAge": "65 Years", "eligibilityCriteria": "* Age \\> 18 and \\< 65\n" * 250},
        "contactsLocationsModule": {
            "locations": [{"facility": f"Hospital {n % 50}-{k}", "city": f"City {k}", "country": f"Country {k % 12}", "status": "RECRUITING"} for k in range(120)]
        },
    }  # fmt: skip
    body = json.dumps({"protocolSection": protocol, "hasResults": False})
    protocol["referencesModule"] = {"references": [{"pmid": "1", "citation": "x" * max(SIZE - len(body) - 100, 0)}]}
    return json.dumps({"protocolSection": protocol, "hasResults": False}).encode()


@contextmanager
def registry() -> Iterator[int]:
    """Serve the registry while the block runs; gives its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def month(trials: int) -> tuple[Measured, int]:
    """Measure the second month; gives also how many trials its record tells as moved."""
    with tempfile.TemporaryDirectory() as folder, registry() as port:
        root = Path(folder)
        (root / "sources.yml").write_text(ROOM.format(port=port))
        env = {**os.environ, "HOPELINE_CACHE": str(root / "cache")}
        hope = [sys.executable, "-m", "pipeline"]

        def run(*words: str) -> Measured:
            return measure([*hope, *words, "--root", str(root)], env=env, folder=HERE.parent)

        Registry.studies = {f"NCT{n:08}": study(n, later=False) for n in range(1, trials + 1)}
        run("gather", "--issue", "2026-05", "--today", "2026-05-30")
        run("build", "--issue", "2026-05", "--quiet-month", "--today", "2026-05-31")
        Registry.studies = {f"NCT{n:08}": study(n, later=True) for n in range(1, trials + 1)}
        took = run("gather", "--issue", "2026-06", "--today", "2026-06-30")
        kept = json.loads((root / "outbox" / "2026-06" / "trials.json").read_text())
        return took, sum(t["status"] == "ACTIVE_NOT_RECRUITING" for t in kept["trials"])


def main() -> int:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--trials", type=int, default=3_000)
    ask.add_argument("--no-smaller", action="store_true", help="leave the third out")
    told = ask.parse_args()
    faults: list[str] = []
    each: dict[int, float] = {}
    print(f"{'trials':>7} {'wall s':>8} {'CPU s':>8} {'ms a trial':>11} {'MB':>7} {'moved':>6}")
    for trials in (told.trials,) if told.no_smaller else (told.trials // 3, told.trials):
        took, moved = month(trials)
        each[trials] = took.cpu / trials
        print(
            f"{trials:>7} {took.wall:>8.1f} {took.cpu:>8.1f} {each[trials] * 1e3:>11.2f} {took.memory:>7.0f} {moved:>6}"
        )
        if took.cpu > SECONDS:
            faults.append(f"{took.cpu:.0f} s of CPU; {SECONDS:.0f} may be")
        if took.memory > MEGABYTES:
            faults.append(f"{took.memory:.0f} MB; {MEGABYTES:.0f} may be")
        if moved != trials // 10:
            faults.append(f"{moved} of {trials // 10} changes were kept")
    if len(each) > 1 and each[told.trials] > LINEAR * each[told.trials // 3]:
        faults.append("a trial takes longer among more of them: not linear")
    print("\n".join(faults) or "within its bounds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
