"""Words explained: the first use of a term on a page leads to the glossary, and every anchor ever printed stays."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
from issues import quiet_issue, sample_issue, templates
from markupsafe import Markup
from samples import CONFIG, STUDY, TODAY

from pipeline.issue import Printing, freeze
from pipeline.language.glossary import anchor
from pipeline.model.issue import Word
from pipeline.model.item import Queue
from pipeline.render import render
from pipeline.render.glossary_links import Linker

WORDS = (
    Word(term="Lupus nephritis", definition="Lupus that harms the kidneys."),
    Word(
        term="Systemic lupus erythematosus (SLE)",
        aliases=("lupus", "SLE"),
        definition="A disease of many organs.",
        de="Lupus",
    ),
    Word(term="Chemotherapy", definition="Medicines that kill cells which divide."),
    Word(term="Plasma cell", definition="A cell that makes antibodies."),
)
ISSUE = replace(sample_issue(), glossary=WORDS)


def page(body: bytes):
    return lxml.html.document_fromstring(body.decode())


def test_a_term_is_linked_once_a_page_and_all_else_is_escaped():
    link = Linker(WORDS, "../glossary/index.html")
    assert link("Lupus & <b>lupus</b>, and lupus nephritis.") == Markup(
        '<a class="term" href="../glossary/index.html#systemic-lupus-erythematosus-sle">Lupus</a> &amp; &lt;b&gt;lupus&lt;/b&gt;, and '
        '<a class="term" href="../glossary/index.html#lupus-nephritis">lupus nephritis</a>.'
    )
    assert link("More lupus.") == Markup("More lupus.")
    assert Linker()("Lupus <i>") == Markup("Lupus &lt;i&gt;")


def test_every_link_to_a_word_leads_to_its_place_and_no_heading_or_link_holds_one():
    site = render(ISSUE, (), templates()).site
    glossary = page(site["glossary/index.html"])
    anchors = set(glossary.xpath("//h2/@id"))
    assert anchors == {anchor(w) for w in WORDS} | ({anchor(ISSUE.word)} if ISSUE.word else set())
    linked = 0
    for path, body in site.items():
        if not path.endswith("index.html"):
            continue
        links = page(body).xpath("//a[@class='term']")
        targets = [a.get("href") for a in links]
        assert len(targets) == len(set(targets)), path
        assert {t.rpartition("#")[2] for t in targets} <= anchors
        assert not [
            a for a in links if a.xpath("ancestor::a|ancestor::h1|ancestor::h2|ancestor::h3|ancestor::h4|ancestor::nav")
        ]
        linked += len(links)
    assert linked >= 4


def test_a_word_of_an_older_issue_keeps_its_place_in_the_glossary():
    older = replace(quiet_issue(), key="2026-01", glossary=WORDS[3:])
    newer = replace(ISSUE, glossary=(replace(WORDS[0], definition="Newer words."),))
    text = page(render(newer, (older,), templates()).site["glossary/index.html"])
    assert set(text.xpath("//h2/@id")) >= {"plasma-cell", "lupus-nephritis"}
    assert "Newer words." in text.text_content()


def test_the_glossary_gives_the_german_term_beside_an_english_one():
    glossary = page(render(ISSUE, (), templates()).site["glossary/index.html"])
    assert glossary.xpath("//h2/*[@lang='de']/text()") == ["Lupus"]


def test_feed_and_mail_hold_no_links_to_single_words_but_that_of_the_month():
    made = render(replace(ISSUE, word=WORDS[3]), (), templates())
    assert b'class="term"' not in made.site["feed.xml"] + made.files["email.html"] + made.site["index.html"]
    (link,) = page(made.files["email.html"]).xpath("//a[contains(@href, 'glossary')]/@href")
    assert link == "https://news.example.org/glossary/#plasma-cell"


def test_a_draft_links_to_the_words_on_the_web():
    files = render(replace(ISSUE, draft=True), (), templates()).files
    links = {
        a.get("href")
        for path, body in files.items()
        if path.startswith("web/") and path.endswith(".html")
        for a in page(body).xpath("//a[@class='term']")
    }
    assert links
    assert all(link.startswith("https://news.example.org/glossary/#") for link in links)


def test_an_issue_freezes_the_terms_it_uses_and_its_word_and_no_others():
    queue = Queue(issue="2026-12", intro="Of plasma cells.", word="Lupus nephritis", items=(STUDY,))
    made = freeze(
        queue,
        Printing(config=CONFIG, health=(), glossary=(*WORDS, Word(term="Apheresis", definition="x")), today=TODAY),
    )
    assert [w.term for w in made.glossary] == [w.term for w in WORDS]
    assert made.word == WORDS[0]
