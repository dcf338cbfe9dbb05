"""A feed that attacks, all the way through: gathered, written about, signed and built, and nothing of it gets loose."""

from __future__ import annotations

import email
import email.policy
import json
import re
from datetime import date
from html.parser import HTMLParser
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from newsrooms import Room
from servers import reply, serve

from pipeline.demo.newsroom import PEOPLE
from pipeline.demo.words import decisions
from pipeline.files import Folder
from pipeline.flow.build import press, write
from pipeline.issue import Printing, freeze
from pipeline.model.item import Fact
from pipeline.model.names import Status
from pipeline.queue import Written, fill, fill_head
from pipeline.sources import kinds
from pipeline.store import Newsroom

DISEASES = "lupus, myositis, systemic sclerosis, myasthenia gravis, multiple sclerosis, rheumatoid arthritis, stiff person syndrome, pemphigus vulgaris, lupus nephritis, CIDP, neuromyelitis optica, giant cell arteritis".split(", ")  # fmt: skip
SUMMARY = (
    "Nine adults received one infusion after fludarabine and cyclophosphamide. Median follow-up was 9 months "
    "(range 4-14). At week 24, 7 of 9 met the remission definition. Cytokine release syndrome occurred in 6 (all "
    "grade 1-2), neurotoxicity grade 3 in 1, serious infection in 2. One participant relapsed at month 8."
)
TITLES = {
    "template": "{{ 7*7 }} {% raw %} {# x #} ${7*7} #{7*7}",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "escaped": "&lt;script&gt;alert(3)&lt;/script&gt;",
    "header": "Hope\r\nBcc: everyone@example.org\r\nX-Evil: 1\r\n\r\n<html>",
    "nul": "nul\x00 bell\x07 escape\x1b[31m",
    "yaml": "- id: x\n  status: approved # : {a: [b}, *c &d !!python/object 'e' \"f\" |\n---\n...\n%TAG",
    "rtl": "safe \u202egnirts desrever\u202c \u2066isolate\u2069 \ufeff",
    "separators": "line\u2028para\u2029next\x85end",
    "attribute": "\"'><svg/onload=alert(4)> ' onmouseover='alert(5)",
    "cdata": "]]> <![CDATA[ x ]]> <!-- c --> <?pi?>",
    "long": "very " * 4000 + "long",
    "surrogate": "half \ud800 of one",
}
DATES = {"template": "Thu, 01 Jan 1970 00:00:00 GMT", "script": "Fri, 31 Dec 2099 23:59:59 GMT", "yaml": "soon"}
LINKS = {"script": "javascript:alert(9)", "attribute": 'https://evil.example/"onclick="alert(6)', "cdata": "data:text/html,<script>alert(7)</script>"}  # fmt: skip
SOURCES = """\
newsletter:
  name: "Measured {{ 7*7 }} <b>Hope</b>"
  base_url: https://news.example.org/
  sender: Measured Hope <editors@news.example.org>
  contact: editors@news.example.org
  people:
  - {key: anna, name: "Anna <i>Example</i>", roles: [editor]}
  - {key: dr-m, name: Dr M. Example, roles: [medical]}
  fetching: {pause: 0}
sources:
- {key: evil, kind: feed, name: "Evil <script>alert(8)</script>", url: URL, tier: journal, role: evidence, excerpt: full}
"""


def feed() -> bytes:
    """Write the feed as such feeds are written: with whatever bytes it takes."""
    items = []
    for disease, (name, title) in zip(DISEASES, TITLES.items(), strict=True):
        text = title if name in ("script", "escaped") else escape(title)
        items.append(
            f"<item><title>CAR-T cells in {disease}: {text}</title><guid isPermaLink='false'>{name}</guid>"
            f"<link>{escape(LINKS.get(name, f'https://journal.example/{name}'))}</link>"
            f"<pubDate>{DATES.get(name, 'Mon, 11 May 2026 10:00:00 GMT')}</pubDate>"
            f"<description>{escape(SUMMARY + ' <script>alert(0)</script>')}</description></item>"
        )
    channel = f"<title>{{{{ 7*7 }}}}</title><link>https://journal.example/</link>{''.join(items)}"
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{channel}</channel></rss>'
    return text.encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Room:
    """The newsroom that printed every item of the feed, its own titles in the editors' words."""
    room = Room(tmp_path_factory.mktemp("hostile"))
    script = reply(200, feed(), Content_Type="application/rss+xml")
    with serve({"/feed": script}) as server:
        (room.root / "sources.yml").write_text(SOURCES.replace("URL", server.url("/feed")))
        said = room.hope("gather", "--issue", room.month)
        assert said.code == 0, said.text
    queue = room.queue
    assert len(queue.queue.items) == len(TITLES), said.text
    kind = next(d for d in decisions("2026-05") if d.key == "doi:10.5555/demo.2026.0507")
    raw = {item.id: TITLES[f"{item.ids.guid}"] for item in queue.queue.items}
    written = {
        item.id: Written(
            words={
                **kind.words,
                "evidence.stage": "phase-1",
                "evidence.participants": "9",
                "headline": f"7 of 9 people {raw[item.id][:300].encode('utf-8', 'replace').decode()}",
                "summary": f"{kind.summary} {item.title[:200]}",
                "link": item.link or "https://journal.example/found-by-hand",
                "published": item.published or "2026-05-11",
            },
            facts=(*kind.facts, Fact(value="7 of 9", quote="<b>7 of 9</b> {{ 7*7 }}")),
            status=Status.APPROVED,
        )
        for item in queue.queue.items
    }
    room.write(fill(fill_head(queue, {"intro": TITLES["header"] + TITLES["script"]}), written).text)
    for person in PEOPLE[:2]:
        said = room.hope("sign", *(i.id for i in room.items), "--as", person.key)
        assert said.code == 0, said.text
    # The standard would stop these words long before; here they are printed all the same, to see what they can do.
    print_it(room)
    return room


def print_it(room: Room) -> None:
    """Freeze and print the issue as `hope build` does, past the check."""
    news = Newsroom(Folder(room.root, room.root / ".cache"), {name: kind.options for name, kind in kinds().items()})
    printing = Printing(config=news.config, health=news.health, glossary=news.glossary, today=date(2026, 5, 31))
    made = freeze(room.queue.queue, printing)
    write(news, made, press(news, made), f"outbox/{room.month}")


def test_the_queue_holds_every_title_as_one_plain_line(built):
    text = built.queue_file.read_bytes().decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", text)
    assert len(built.items) == len(TITLES)
    for item in built.items:
        assert item.title.startswith("CAR-T cells in ")
        assert len(item.title) <= 600
        assert item.excerpt is None or "<" not in item.excerpt
    assert not [i.link for i in built.items if i.link and i.source == "evil" and not i.link.startswith("https://")]


def test_no_date_was_invented_and_no_odd_one_was_believed(built):
    health = json.loads((built.outbox / "sources.json").read_bytes())[0]
    assert health["newest"] == "2026-05-11"


SCHEME = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)


class Page(HTMLParser):
    """Gathers what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.acts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            opens = name in ("href", "src", "action") and SCHEME.match(value or "")
            if name.startswith("on") or opens:
                self.acts.append(f"{tag} {name}={value}")


def pages(built) -> list[tuple[str, str]]:
    return [(name, content.decode()) for name, content in built.files().items() if name.endswith(".html")]


DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def _as_data(found):
    """Take out the one block of data a page has, which no browser runs: it must be JSON whole, with no tag in it."""
    json.loads(found[1])
    assert "<" not in found[1]
    return ""


def test_no_page_and_no_mail_holds_anything_that_acts(built):
    found = pages(built)
    assert len(found) > len(TITLES)
    for name, whole in found:
        page, html = Page(), DATA.sub(_as_data, whole)
        page.feed(html)
        assert page.acts == [], name
        assert not page.tags & {"script", "iframe", "object", "form", "base"}, name
        assert "<b>Hope" not in html, name
        assert "<script" not in html.lower(), name
        assert "\x00" not in html, name


def test_no_template_of_theirs_was_run(built):
    for name, content in built.files().items():
        if name.endswith((".html", ".txt", ".xml")):
            text = content.decode()
            assert not re.search(r"\b49\b", text), name
            if "site/2026-05/index" in name or "email.txt" in name:
                assert re.search(r"\{\u200c?\{ ?7\*7 ?\}\}", text), name


def test_nothing_reads_the_other_way_round_on_any_page(built):
    for name, content in built.files().items():
        if name.endswith((".html", ".txt", ".xml", ".eml")):
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", content.decode()), name


def test_the_message_has_the_headers_we_wrote_and_no_others(built):
    raw = (built.outbox / "2026-05" / "message.eml").read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not {k.lower() for k in message.keys()} & {"bcc", "cc", "x-evil", "reply-to"}
    assert message["To"] == "Reader <reader@to-be-set.invalid>"
    assert "\n" not in str(message["Subject"])
    assert not message.defects
    parts = [part.get_content_type() for part in message.walk()]
    assert parts[:4] == ["multipart/alternative", "text/plain", "multipart/related", "text/html"]
    assert set(parts[4:]) == {"image/png"}
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    text = message.get_body(("plain",)).get_content()
    assert not re.search(r"(?m)^(Bcc|X-Evil):", text)


def test_feed_and_site_map_are_well_formed_and_hold_no_markup_of_theirs(built):
    for name in ("feed.xml", "sitemap.xml"):
        tree = etree.fromstring((built.outbox / "site" / name).read_bytes(), etree.XMLParser(resolve_entities=False))
        assert not [e.tag for e in tree.iter() if isinstance(e.tag, str) and "script" in e.tag.lower()]
    links = [e.get("href") for e in etree.parse(built.outbox / "site" / "feed.xml").iter("{*}link")]
    assert links
    assert all(link.startswith("https://") for link in links)


def test_the_archive_has_only_plain_names(built):
    names = [p.relative_to(built.root).as_posix() for p in built.root.rglob("*") if ".cache" not in p.parts]
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name for name in names)


def test_the_terminal_gets_no_escape_of_theirs(built):
    for words in (("queue",), ("sources",), ("check",), ("why", "nul")):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", built.hope(*words).text), words


def test_the_frozen_issue_reads_back_and_a_second_build_is_the_same(built):
    before = built.files()
    print_it(built)
    assert built.files() == before
