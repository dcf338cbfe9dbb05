"""The pages about us: what they tell, where they lead, and a page for addresses where there is none."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import lxml.etree
import lxml.html
import pytest
from issues import earlier_issue, quiet_issue, sample_issue, templates

from pipeline.checks.load import all_rules
from pipeline.model.address import addresses
from pipeline.model.evidence import LABELS, SENTENCES
from pipeline.model.issue import Colophon, Credit, Edition, Word
from pipeline.model.names import PersonRole
from pipeline.render import render

ABOUT = ("", "clinics/", "evidence/", "licence/", "people/", "standard/")
WEB = "https://news.example.org/"


@pytest.fixture(scope="module")
def made() -> Edition:
    return render(sample_issue(), (earlier_issue(),), templates())


def page(edition: Edition, path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(edition.site[path].decode())


def flat(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_each_page_about_us_has_one_heading_and_links_that_lead_somewhere(made):
    for name in ABOUT:
        path = f"about/{name}index.html"
        found = page(made, path)
        assert len(found.xpath("//h1")) == 1, path
        for href in found.xpath("//a/@href|//link/@href"):
            target, _, anchor = href.partition("#")
            if ":" in target:
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert to in made.site, (path, href)
            assert not anchor or page(made, to).xpath("//*[@id=$a]", a=anchor), (path, href)


def test_about_us_is_in_the_menu_and_the_pages_behind_it_in_the_footer(made):
    start = page(made, "index.html")
    assert start.xpath("//nav[@class='menu']//a[last()]/@href")[-1] == "about/index.html"
    behind = {f"about/{name}index.html" for name in ABOUT[1:]}
    assert behind <= set(start.xpath("//footer//a/@href"))
    assert behind - {"about/people/index.html"} <= {
        posixpath.normpath(f"about/{href}") for href in page(made, "about/index.html").xpath("//main//a/@href")
    }
    people = page(made, "about/people/index.html")
    assert people.xpath("//nav[@class='menu']//a[@aria-current='true']/text()") == ["About us"]


def test_a_stranger_is_led_to_the_evidence_the_questions_and_the_clinics(made):
    (new,) = page(made, "index.html").xpath("//section[@aria-labelledby='new-here']")
    assert new.xpath(".//a/@href")[:3] == [
        "about/evidence/index.html",
        "about/clinics/index.html#questions",
        "about/clinics/index.html",
    ]


def test_how_we_chose_is_told_with_the_counts_of_the_newest_issue():
    counted = replace(sample_issue(), colophon=Colophon(looked_at=57, printed=9, rejected=31, held=13, undecided=4))
    said = flat(page(render(counted, (earlier_issue(),), templates()), "about/index.html").find(".//main"))
    assert "We looked at 57 items: we printed 9, left out 31, put 13 aside and have not decided on 4." in said


def test_the_standard_is_said_in_the_words_of_the_rules_themselves(made):
    said = [flat(each) for each in page(made, "about/standard/index.html").xpath("//main//li[span]")]
    assert len(said) == len(all_rules())
    for rule in all_rules():
        (found,) = (each for each in said if each.startswith(" ".join(rule.reason.split("\n\n")[0].split())))
        assert found.endswith("(always)") is not rule.waivable, rule.id


def test_every_step_of_the_ladder_is_drawn_and_named_with_its_sentence(made):
    evidence = page(made, "about/evidence/index.html")
    steps = evidence.xpath("//ol[@class='steps']/li")
    assert [len(each.xpath(".//*[@class='on']/preceding-sibling::*[local-name()='rect']")) for each in steps] == list(
        range(len(steps))
    )
    said = flat(evidence.find(".//main"))
    for stage, label in LABELS.items():
        assert label in said, stage
        assert SENTENCES[stage] in said, stage
    good, harm = evidence.xpath("//div[@class='panel']/div")
    assert (len(good.xpath(".//circle")), len(harm.xpath(".//rect"))) == (12, 12)


def test_people_stand_with_their_interests_and_the_money():
    signed = sample_issue()
    people = (Credit(name="Ada Sample", role=PersonRole.MEDICAL, interests="advises a maker"),)
    signed = replace(signed, credits=people, masthead=replace(signed.masthead, funding="Gifts from readers"))
    said = flat(page(render(signed, (), templates()), "about/people/index.html").find(".//main"))
    assert "Ada Sample, medical reviewer. Interests: advises a maker." in said
    assert "Gifts from readers." in said


def test_how_to_cite_gives_an_address_that_is_there(made):
    licence = page(made, "about/licence/index.html")
    assert "items.json: every item, with its evidence" in flat(licence)
    (example,) = licence.xpath("//blockquote/p")
    address = flat(example).partition(WEB)[2].partition(" ")[0]
    assert f"{address}index.html" in made.site


def test_a_month_without_items_has_all_these_pages_too():
    quiet = render(quiet_issue(), (), templates())
    assert {f"about/{name}index.html" for name in ABOUT} <= set(quiet.site)
    assert not page(quiet, "about/licence/index.html").xpath("//blockquote")


def test_the_page_for_addresses_without_one_works_at_any_depth(made):
    missing = page(made, "404.html")
    hrefs = [h for h in missing.xpath("//a/@href|//link/@href") if not h.startswith(("#", "mailto:"))]
    ours = [h.removeprefix(WEB) for h in hrefs if h.startswith(WEB)]
    assert all(h.startswith("https://") for h in hrefs)
    kept = {path: f"{path}index.html" if not path or path.endswith("/") else path for path in ours}
    assert {path for path, file in kept.items() if file not in made.site} <= {"404.html"}
    assert {"style.css", "topics/lupus/index.html"} <= set(ours)
    assert missing.xpath("//nav[@class='menu']")
    assert missing.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert b"404" not in made.site["sitemap.xml"]
    assert "404.html" not in addresses(made.site, ())


def test_a_word_leads_to_the_newest_items_that_use_it_and_each_letter_to_its_first_word():
    words = (
        Word(term="antibody", definition="A protein that marks what does not belong."),
        Word(term="ächt", definition="Nothing."),
        Word(term="lupus", definition="A disease.", de="lupus"),
    )
    newer = sample_issue(glossary=words)
    newer = replace(newer, stories=(replace(newer.stories[0], summary="Lupus, and an antibody."),))
    stories = tuple(replace(each, summary="Lupus again.") for each in earlier_issue().stories)
    older = replace(earlier_issue(), glossary=words[2:], stories=stories)
    glossary = page(render(newer, (older,), templates()), "glossary/index.html")
    assert flat(glossary.xpath("//h2[@id='lupus']")[0]) == "lupus", "it is the same word in German"
    assert glossary.xpath("//ul[@class='row letters']//a/text()") == ["A", "L", "R"]
    assert "#lupus" in glossary.xpath("//ul[@class='row letters']//a/@href")
    used = glossary.xpath("//h2[@id='lupus']/following-sibling::p[@class='small'][1]//a/@href")
    assert used
    assert len(used) == 2
    assert used == sorted(used, key=lambda href: href.split("/")[1], reverse=True)
    assert any(href.startswith("../2026-11/") for href in used)
    assert not glossary.xpath("//h2[@id='acht']/following-sibling::*[2][@class='small']")


def test_each_topic_has_a_feed_that_its_page_names_and_no_site_map_lists(made):
    for path in ("topics/lupus/", "topics/car-t/"):
        feed = lxml.etree.fromstring(made.site[f"{path}feed.xml"])
        assert feed.find("{*}link[@rel='self']").get("href") == f"{WEB}{path}feed.xml"
        named = page(made, f"{path}index.html").xpath("//link[@type='application/atom+xml']/@href")
        assert "../../" + path + "feed.xml" in named
    assert feed.findtext("{*}title").endswith(": CAR-T")
    assert b"feed.xml" not in made.site["sitemap.xml"]
