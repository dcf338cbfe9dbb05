"""One archive that holds every kind of page once, and a German one, on the web of a browser of tests. ALL FICTIONAL."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from issues import MASTHEAD, earlier_issue, item, quiet_issue, sample_issue, templates
from PIL import Image
from tracked import THREE, TWO, tracks

from pipeline.model.address import MovedPage, Readdressed, TakenDownPage
from pipeline.model.correction import Correction, Reworded
from pipeline.model.issue import Issue, Word
from pipeline.model.item import OwnPicture, Signature
from pipeline.model.names import CorrectionKind, PersonRole, Section, Therapy
from pipeline.model.story import About
from pipeline.render import Current, Lasting, render, render_readdressed
from pipeline.theme.photo import Photo, read_photo

WEB = "https://news.example.org/"
GERMAN_WEB = f"{WEB}de/"
"""Below a path, as a newsletter has it that shares its host with another."""

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"
SEARCH_POLICY = f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; form-action 'none'"
"""What pages may load; on the one with a search its script may run, too."""

KINDS = {
    "start": "index.html",
    "issues": "issues/index.html",
    "issue": "2026-12/index.html",
    "issue that was corrected": "2026-11/index.html",
    "issue that tells a correction": "2027-02/index.html",
    "quiet month": "2027-01/index.html",
    "old issue": "2025-09/index.html",
    "item": "2026-12/luma-cel-lupus-phase-1/index.html",
    "item on a trial": "2026-12/orion-sclerosis-closed/index.html",
    "item that was corrected": "2026-11/mouse-nephritis/index.html",
    "item that was withdrawn": "2026-11/antibody-pair-ra/index.html",
    "item that tells a withdrawal": "2026-12/antibody-pair-withdrawn/index.html",
    "item with a picture": "2027-02/ward-visits/index.html",
    "old item": "2025-09/first-lupus-report/index.html",
    "topics": "topics/index.html",
    "topic": "topics/lupus/index.html",
    "trials": "trials/index.html",
    "trials in a table": "trials/table/index.html",
    "trials that changed": "trials/changed/index.html",
    "trials of a status": "trials/status/stopped/index.html",
    "trials of a disease": "trials/condition/lupus/index.html",
    "trials of a country": "trials/country/italy/index.html",
    "trial": "trials/NCT99990003/index.html",
    "trial with results": "trials/NCT99990010/index.html",
    "words": "glossary/index.html",
    "corrections": "corrections/index.html",
    "search": "search/index.html",
    "about us": "about/index.html",
    "about clinics": "about/clinics/index.html",
    "about evidence": "about/evidence/index.html",
    "about the licence": "about/licence/index.html",
    "about people": "about/people/index.html",
    "about the standard": "about/standard/index.html",
    "moved": "2026-11/mice-with-kidney-lupus/index.html",
    "taken down": "2026-11/told-too-early/index.html",
    "no page": "404.html",
}
"""Every kind of page, with the path of one. `tests/render/test_acceptance_archive.py` fails for a page of none of them."""

GERMAN = {
    f"German {name}": KINDS[name]
    for name in (
        "start",
        "issue",
        "item",
        "trials",
        "search",
        "about evidence",
        "no page",
    )
}

TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json", "xml": "text/xml",
    "png": "image/png", "jpg": "image/jpeg", "ico": "image/x-icon", "csv": "text/csv", "txt": "text/plain",
    "wasm": "application/wasm",
}  # fmt: skip

SLIP = Correction(
    id="correction-2027-01-18-mouse-nephritis",
    of="2026-11/mouse-nephritis",
    kind=CorrectionKind.CORRECTION,
    on=date(2027, 1, 18),
    note="We wrote that 24 mice were treated. There were 24 rats.",
    words=(
        Reworded(
            field="summary",
            was="24 mice got a particle that makes CAR T cells in the body. No person has had it.",
            now="24 rats got a particle that makes CAR T cells in the body. No person has had it.",
        ),
    ),
    signed=(Signature(by="anna", role=PersonRole.EDITOR, on=date(2027, 1, 20), text=""),),
)

WORDS = (
    Word(term="Antibody", definition="A protein that the body makes to mark what does not belong to it."),
    Word(term="Chemotherapy", definition="Medicines that kill cells which divide often."),
    Word(term="Lupus", definition="A disease in which the immune system attacks many parts of the body.", de="Lupus"),
)

ADDRESSES = Readdressed(
    moved=(
        MovedPage(
            old="2026-11/mice-with-kidney-lupus/",
            new="2026-11/mouse-nephritis/",
            why="The old address had a word that was wrong.",
        ),
    ),
    taken_down=(
        TakenDownPage(
            address="2026-11/told-too-early/",
            on=date(2026, 12, 2),
            why="A person who can be recognised asked us to.",
        ),
    ),
)


@cache
def photo() -> Photo:
    """A picture as an editor would hang it: a wash of colour, and no photograph of anybody."""
    drawn = Image.linear_gradient("L").resize((1800, 1200))
    out = io.BytesIO()
    Image.merge("RGB", (drawn.rotate(180), drawn, Image.new("L", drawn.size, 140))).save(out, "JPEG")
    return read_photo("ward.jpg", out.getvalue())


def old_issue() -> Issue:
    """September 2025: more than a year before all others."""
    told = item(
        "first-lupus-report",
        Section.RESEARCH,
        id="2025-09/first-lupus-report",
        headline="Five people with lupus were treated in a first report",
        about=About((Therapy.CAR_T,), ("lupus",)),
    )
    return replace(sample_issue(), key="2025-09", date=date(2025, 9, 2), intro=None, stories=(told,), word=None)


def newest_issue() -> Issue:
    """February 2027: it tells a correction, and one of its items has a picture of the editors' own."""
    told = item(
        "ward-visits",
        Section.RESEARCH,
        id="2027-02/ward-visits",
        headline="Nine people said what the weeks in hospital were like",
        about=About((Therapy.CAR_T,), ("lupus",)),
        facts=sample_issue().stories[1].facts,
        evidence=sample_issue().stories[1].evidence,
        picture=OwnPicture(
            file="pictures/ward.jpg",
            alt="A ward with two empty beds",
            caption="The ward in Westford, before it opened",
            credit="Sam Sample",
            licence="CC BY 4.0",
            people=False,
            sha256=photo().sha256,
        ),
    )
    return replace(
        sample_issue(), key="2027-02", date=date(2027, 2, 2), stories=(told, *newest_trials()), corrections=(SLIP,)
    )


def newest_trials() -> tuple[Any, ...]:
    """What December told of trials, told again."""
    again = [each for each in sample_issue().stories if each.section in (Section.TRIALS, Section.STOPPED)]
    return tuple(replace(each, id=each.id.replace("2026-12", "2027-02")) for each in again)


def months() -> tuple[Issue, ...]:
    """All issues, the oldest first."""
    made = (old_issue(), earlier_issue(), sample_issue(), quiet_issue(), newest_issue())
    return tuple(replace(issue, glossary=WORDS) for issue in made)


@cache
def whole_archive() -> Mapping[str, bytes]:
    """Every file of the archive by its path, also what leads on from addresses that pages had before."""
    current = Current(photos={photo().sha256: photo()}, search=True)
    built = months()
    made = dict(render(built[-1], built, templates(), tracks(THREE), current).site)
    return made | dict(render_readdressed(ADDRESSES, built, templates(), tracks(THREE), current))


@cache
def archive_of_november() -> Mapping[str, bytes]:
    """The same archive when its addresses went out for the first time."""
    return dict(render(sample_issue(), (earlier_issue(),), templates(), tracks(TWO)).site)


@cache
def german_archive() -> Mapping[str, bytes]:
    """December as a newsletter in German has it, which gave up its search."""
    masthead = replace(MASTHEAD, language="de", base_url=GERMAN_WEB, name="Hoffnung mit Maß")
    told = [
        replace(
            each,
            headline="Neun Menschen mit Lupus bekamen eine CAR-T-Behandlung; bei 7 von 9 gingen die Zeichen zurück",
            summary="Neun Erwachsene bekamen ihre eigenen, im Labor veränderten Abwehrzellen zurück.",
        )
        if each.slug.startswith("luma")
        else each
        for each in sample_issue().stories
    ]
    issue = replace(sample_issue(), masthead=masthead, stories=tuple(told))
    return dict(render(issue, (), templates(), tracks(TWO), Current(kept=Lasting(search=True))).site)


NOWHERE = "2019/what/was/never/"
"""Where a host shows the page for addresses without one."""


def addresses() -> dict[str, str]:
    """Where a page of each kind is on the web."""
    paths = [(name, WEB, path) for name, path in KINDS.items()] + [(n, GERMAN_WEB, p) for n, p in GERMAN.items()]
    return {name: f"{web}{NOWHERE if path == '404.html' else path}" for name, web, path in paths}


def put_on_the_web(context: Any, sites: Mapping[str, Mapping[str, bytes]] | None = None) -> list[str]:
    """Let a browser's context, or one of its pages, find archives at their addresses; gives what it asks for in vain.

    Without `sites` these are the two that hold every kind of page. A page that leads on at once stays, to be looked at.
    """
    absent: list[str] = []
    left, led = (f"{WEB}{KINDS[name]}" for name in ("moved", "item that was corrected"))
    known = sites or {GERMAN_WEB: german_archive(), WEB: whole_archive()}

    def answer(route: Any) -> None:
        asked = route.request
        if found := found_at(asked.url, known):
            leads_on = asked.url == led and asked.frame.url == left
            route.fulfill(status=204 if leads_on else 200, content_type=found[0], body=found[1])
        else:
            absent.append(asked.url)
            route.fulfill(status=404)

    context.route("**/*", answer)
    return absent


def found_at(address: str, sites: Mapping[str, Mapping[str, bytes]]) -> tuple[str, bytes] | None:
    """What a host of archives answers with at an address, and of which type; None where there is nothing.

    The longest address of an archive comes first.
    """
    web = next((each for each in sites if address.startswith(each)), "nowhere:")
    path = unquote(urlsplit(address)._replace(fragment="", query="").geturl()).removeprefix(web)
    path = "404.html" if path == NOWHERE else path + "index.html" * (path.endswith("/") or not path)
    site = sites.get(web, {})
    return (TYPES[path.rpartition(".")[2]], site[path]) if path in site else None
