"""A registry kind is one file: `hope add`, naming, joining, page links and `sources.yml` take it from there."""

from __future__ import annotations

import pytest
from newsrooms import REPO
from package_copy import copy_package, run_in

from pipeline.config import parse_config
from pipeline.sources import kinds, registries

NEW_KIND = '''
"""An invented registry of studies: a line of JSON each."""

import json
import re
from dataclasses import dataclass

from pipeline.model.entry import Trial
from pipeline.model.names import Role, Tier
from pipeline.model.registries import Registry
from pipeline.model.source import Page, Request, Source
from pipeline.sources._kind import Kind
from pipeline.sources.parts.listing import make_listing

REGISTRY = Registry(
    key="invented", number=re.compile("(?<![A-Z])INV[0-9]{6}(?![0-9])"), example="INV123456",
    page="https://registry.invented.example/study/{number}", site="registry.invented.example", lists_all=False,
)


@dataclass(frozen=True)
class InventedOptions:
    colour: str = ""


def first(source, window):
    return (Request(f"{source.url}/all"),)


def lookup(source, name):
    return Request(f"{source.url}/{name}", cached=False) if REGISTRY.number.fullmatch(name) else None


def read(source, request, body, headers, window):
    found = json.loads(body)
    number = found["number"]
    trial = Trial(number=number, title=found["title"], registry="invented", status="RECRUITING", link=REGISTRY.page_of(number))
    return Page((make_listing(source, REGISTRY, trial, window.today),), 1)


KIND = Kind(
    name="invented", what="An invented registry.", options=InventedOptions, first=first, read=read, lookup=lookup,
    usual=Source(key="invented", kind="invented", name="Invented", url="http://127.0.0.1:9", tier=Tier.REGISTRY),
    registry=REGISTRY,
)
'''

ASK = """
import json, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from newsrooms import hope
from pipeline.demo.newsroom import LOGO, logo, sources_yml
from pipeline.flow.identifiers import identify
from pipeline.model.entry import Entry, Ids, Trial
from pipeline.model.evidence import Evidence
from pipeline.model.names import Section
from pipeline.model.story import About, Judged, Verdict
from pipeline.queue import read_queue
from pipeline.sources import registries
from pipeline.trials.identity import merge_registries


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"number": self.path[1:], "title": "CAR-T cells in lupus"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
room = Path("room")
room.mkdir()
url = f"http://127.0.0.1:{server.server_port}"
block = f"- {{key: inv, kind: invented, name: Invented, url: '{url}', tier: registry, role: evidence, colour: red}}"
(room / LOGO).write_bytes(logo())
(room / "sources.yml").write_text(sources_yml(url) + block + chr(10))
said = hope("add", "inv123456", "--root", str(room), "--today", "2026-05-31", cache=Path("cache").resolve())
assert said.code == 0, said.text
assert "INV123456" not in hope("why", "INV999999", "--root", str(room), cache=Path("cache").resolve()).out
assert "2026-05/" in hope("why", "INV123456", "--root", str(room), cache=Path("cache").resolve()).out
(item,) = read_queue((room / "outbox/2026-05/queue.yml").read_text(), "outbox/2026-05/queue.yml").queue.items
print(item.ids.number, item.source, item.link)

print(identify("https://registry.invented.example/study/INV123456").key)
ours = Trial(number="NCT01234567", title="A study", other_ids=("INV123456",))
theirs = Trial(number="INV123456", title="Their study", registry="invented")
verdict = Verdict(True, "kept", About(), Evidence(), Section.TRIALS)
judged = [Judged(Entry(source="s", title=t.title, ids=Ids(number=t.number), trial=t), verdict) for t in (theirs, ours)]
print(*(j.entry.trial.number for j in merge_registries(judged, registries())))
print(registries().page_of("INV654321"))
"""


def test_a_registry_kind_is_one_file(tmp_path):
    copy_package(tmp_path)
    (tmp_path / "pipeline" / "sources" / "invented.py").write_text(NEW_KIND, encoding="utf-8")
    assert run_in(tmp_path, ASK).splitlines() == [
        "INV123456 inv https://registry.invented.example/study/INV123456",
        "nct:INV123456",
        "NCT01234567",
        "https://registry.invented.example/study/INV654321",
    ]


@pytest.mark.parametrize("registry", registries().every, ids=lambda each: each.key)
def test_a_registry_knows_its_own_numbers_and_pages(registry):
    assert registry.numbers_in(f"({registry.example.lower()}).") == (registry.example,)
    assert registries().of(registry.example) is registry
    page = registries().page_of(registry.example)
    assert (page is None) == (registry.key not in kinds())
    assert page is None or (registry.shows(page) and registry.example in page)


def test_the_registers_of_sources_yml_are_asked_where_their_kinds_say():
    text = (REPO / "sources.yml").read_text(encoding="utf-8")
    config = parse_config(text, "sources.yml", {name: kind.options for name, kind in kinds().items()})
    usual = {kind.name: kind.usual.url for kind in kinds().values() if kind.usual}
    listed = {source.kind: source.url for source in config.enabled if source.kind in usual}
    assert len(listed) > 2
    assert listed.items() <= usual.items()
