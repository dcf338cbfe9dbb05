"""A newsletter in another language: our sentences are said in it, and what is not in it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import lxml.html
import pytest
from catalogs import forms, read
from issues import HOSTILE, earlier_issue, hostile_issue, sample_issue, templates
from tracked import ARCHIVE, LUPUS, tracks

from pipeline.demo.newsroom import sources_yml
from pipeline.language.catalog import in_language
from pipeline.model.issue import Edition, Issue, Word
from pipeline.model.settings import Translation
from pipeline.model.story import Change
from pipeline.render import render
from pipeline.render.countries import country_names
from pipeline.render.dates import days_in
from pipeline.render.in_english import InEnglish
from pipeline.render.press import Press
from pipeline.render.trials.drafts import draft
from pipeline.render.wording import filters_in

TEMPLATES = templates()
GERMAN = in_language("de")

SAME = {message.id for message in read("de") if message.id == message.string}
"""Sentences that are the same in both: names, mostly."""

ENGLISH = {
    text
    for message in read("de")
    if message.id and message.id not in SAME
    for text in forms(message.id)
    if "%(" not in text and re.search(r"\w", text)
}


def in_german(issue: Issue, *, words: str | None = "en") -> Issue:
    """The same issue in a newsletter in German; its own words are still English and say so."""
    masthead = replace(issue.masthead, language="de", fictional="ERFUNDEN: nichts davon gibt es")
    word = replace(issue.word, lang="en") if issue.word else None
    return replace(issue, masthead=masthead, lang=words, word=word)


@pytest.fixture(scope="module")
def german() -> Edition:
    issues = tuple(map(in_german, ARCHIVE))
    return render(issues[1], issues, TEMPLATES, tracks())


def pages(edition: Edition) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Every page and the mail, parsed."""
    found = {name: content for name, content in edition.files.items() if name.endswith(".html")}
    for name, content in {**found, **edition.site}.items():
        if name.endswith(".html"):
            yield name, lxml.html.fromstring(content)


def said_in(tree: lxml.html.HtmlElement, language: str) -> Iterator[str]:
    """Give each text of a page's body whose nearest language is this one."""
    for text in tree.xpath("//body//text()[not(ancestor::style or ancestor::script)]"):
        owner = text.getparent().getparent() if text.is_tail else text.getparent()
        near = owner if owner.get("lang") else next(e for e in owner.iterancestors() if e.get("lang"))
        if near.get("lang") == language and text.strip():
            yield " ".join(text.split())


def test_no_sentence_of_ours_is_left_in_english_on_a_page_or_in_the_mail(german):
    left = {
        (name, words)
        for name, tree in pages(german)
        for words in said_in(tree, "de")
        if {words, words.rstrip(" .:")} & ENGLISH
    }
    assert left == set()


def test_no_label_that_is_only_heard_is_left_in_english(german):
    heard = {
        (name, each.get(attribute))
        for name, tree in pages(german)
        for attribute in ("aria-label", "alt", "title")
        for each in tree.iter()
        if isinstance(each.tag, str) and each.get(attribute) in ENGLISH
    }
    assert heard == set()


def test_the_words_of_editors_say_that_they_are_english(german):
    item = next(i for i in sample_issue().stories if i.summary)
    sentence = (item.summary or "").split(". ")[0]
    for name, tree in pages(german):
        assert sentence not in " ".join(said_in(tree, "de")), name
    heads = [t.xpath("//h1[@lang='en']") for name, t in pages(german) if name == f"2026-12/{item.slug}/index.html"]
    assert [len(each) for each in heads] == [1]


def test_an_item_says_its_own_language_where_it_is_another_than_its_issues():
    first, *rest = sample_issue().stories
    issue = in_german(sample_issue(stories=(replace(first, lang="fr"), *rest)), words=None)
    site = render(issue, (issue,), TEMPLATES).site
    page = lxml.html.fromstring(site[f"{issue.key}/{first.slug}/index.html"])
    other = lxml.html.fromstring(site[f"{issue.key}/{rest[0].slug}/index.html"])
    assert (page.xpath("//h1/@lang"), other.xpath("//h1/@lang")) == (["fr"], [])


def test_a_language_that_runs_the_other_way_says_so_too():
    first, *rest = sample_issue().stories
    issue = in_german(sample_issue(stories=(replace(first, lang="ar"), *rest)), words=None)
    page = render(issue, (issue,), TEMPLATES).site[f"{issue.key}/{first.slug}/index.html"].decode()
    assert re.search(r'<h1 lang="ar" dir="rtl">', page)


def test_an_issue_of_another_language_keeps_our_sentences_in_its_own():
    old, new = earlier_issue(), in_german(sample_issue(), words=None)
    site = render(new, (old, new), TEMPLATES).site
    assert "What is not known" in site[f"{old.key}/mouse-nephritis/index.html"].decode()
    assert "Was nicht bekannt ist" in site[f"{new.key}/{new.stories[0].slug}/index.html"].decode()
    assert 'lang="en">Zurückgezogen: A pair of antibodies' in site["corrections/index.html"].decode()


def test_hostile_words_in_another_language_are_still_only_words():
    files = render(in_german(hostile_issue()), (), TEMPLATES)
    for content in (files.files["email.html"], *(page for path, page in files.site.items() if path.endswith(".html"))):
        assert b"<script>alert" not in content
    assert "{{ 7*7 }}" in HOSTILE
    assert b"{{ 7*7 }}" not in files.files["email.html"]


def test_a_newsrooms_own_words_stay_as_they_are_and_what_they_lack_is_said_in_the_language():
    came = TEMPLATES["web/words.txt"]
    own = '{% set SKIP = "Servus, weiter geht es" %}{% set LABELS = {"harms": "Was schiefging"} %}'
    issue = in_german(sample_issue(), words=None)
    home = render(issue, (), {**TEMPLATES, "web/words.txt": own, "shipped/web/words.txt": came})
    page = home.site[f"{issue.key}/{issue.stories[0].slug}/index.html"].decode()
    assert all(words in page for words in ("Servus, weiter geht es", "Was schiefging", "Was nicht bekannt ist"))


def test_pairs_of_words_of_a_newsrooms_own_are_still_chosen_by_their_number():
    came = TEMPLATES["web/words.txt"]
    own = '{% set PEOPLE = {"people": ["genau 1 Mensch", "%(n)s Leute"]} %}'
    press = Press({**TEMPLATES, "web/words.txt": own, "shipped/web/words.txt": came}, language="de")
    people = press.table("web/words.txt", "PEOPLE")["people"]
    many = filters_in(GERMAN, "de")["many"]
    assert [many(people, n) for n in (1, 7)] == ["genau 1 Mensch", "%(n)s Leute"]


def test_a_trial_template_of_a_newsrooms_own_prints_what_it_says():
    own = "{% set headline %}Meins: {{ title }}{% endset %}{% set sentence %}{{ study }}!{% endset %}"
    said = Press({**TEMPLATES, "trials/title.txt": own}, language="de").parts(
        "trials/title.txt", ("headline", "sentence"), title="X", study="die Studie"
    )
    assert said == {"headline": "Meins: X", "sentence": "die Studie!"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2018, 8, 6), "6. August 2018"),
        ("2018-08-06", "6. August 2018"),
        ("2026-03", "März 2026"),
        ("2026", "2026"),
        ("2026-02-31", "2026-02-31"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_days_are_written_as_the_language_writes_them(value, said):
    assert days_in("de")(value) == said


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Germany", "Deutschland"),
        ("United States", "Vereinigte Staaten"),
        ("Korea, Republic of", "Korea, Republic of"),
        ("South Korea", "Südkorea"),
        ("Turkey (Türkiye)", "Türkei"),
        ("Klinikum, Ulm, Germany", "Klinikum, Ulm, Deutschland"),
        ("Examplia", "Examplia"),
    ],
)
def test_countries_are_called_what_the_language_calls_them(listed, said):
    assert (country_names("de")(listed), country_names("en")(listed)) == (said, listed)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("18 years to 75 years", "18 Jahre bis 75 Jahre"),
        ("1 year and older", "1 Jahr und älter"),
        ("6 months", "6 Monate"),
        ("median 9 months (range 4-14)", "im Median 9 Monate (Spanne 4-14)"),
        ("a year or so", "a year or so"),
    ],
)
def test_lengths_of_time_are_said_as_far_as_they_are_plain(given, said):
    assert filters_in(GERMAN, "de")["spans"](given) == said


def test_lists_are_put_together_as_the_language_does():
    join = filters_in(GERMAN, "de")
    assert join["listed"](["a", "b", "c"]) == "a, b und c"
    assert join["listed"](list("abcdefgh")) == "a, b, c, d, e, f und 2 weitere"
    assert (join["either"](["a", "b"]), join["listed"](["a"]), join["listed"]([])) == ("a oder b", "a", "")
    assert join["quotes"](["x"]) == "„x“"


def test_every_page_leads_to_the_newsletter_in_another_language_and_the_start_page_tells_programs():
    translations = (
        Translation(language="de", url="https://news.example.org/de/"),
        Translation(language="xq", url="https://x.example/"),
    )
    issue = sample_issue()
    issue = replace(issue, masthead=replace(issue.masthead, translations=translations))
    site = render(issue, (earlier_issue(),), TEMPLATES).site
    for path, page in site.items():
        if path.endswith(".html"):
            links = lxml.html.fromstring(page).xpath("//footer//a[@hreflang]")
            said = [(a.get("href"), a.get("lang"), a.text) for a in links]
            assert said == [("https://news.example.org/de/", "de", "Deutsch"), ("https://x.example/", "xq", "xq")], path
    heads = lxml.html.fromstring(site["index.html"]).xpath("//head/link[@hreflang]")
    assert [(each.get("hreflang"), each.get("href")) for each in heads] == [
        ("en", "https://news.example.org/"),
        ("de", "https://news.example.org/de/"),
        ("xq", "https://x.example/"),
    ]


FRENCH = InEnglish(
    ["Harms", "Checked on %(day)s.", "Who paid: %(who)s", "Nobody took part.", "%(label)s.", "Open"], "fr"
)


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<h2>Harms</h2>", '<h2 lang="en">Harms</h2>'),
        ('<h2 id="x">Harms:</h2>', '<h2 lang="en" id="x">Harms:</h2>'),
        ("<p><strong>Harms.</strong> Aucun.</p>", '<p><strong lang="en">Harms.</strong> Aucun.</p>'),
        ("<p>Checked on 6 May 2026.</p>", '<p lang="en">Checked on 6 May 2026.</p>'),
        ("<p>Nobody took part. Nobody took part.</p>", '<p lang="en">Nobody took part. Nobody took part.</p>'),
        ("<p>Nobody took part. Merci.</p>", '<p><span lang="en">Nobody took part.</span> Merci.</p>'),
        ("<th>Harms</th>", '<th><span lang="en">Harms</span></th>'),
        ("<p>Open the door</p>", "<p>Open the door</p>"),
        ("<p>Bonjour.</p>", "<p>Bonjour.</p>"),
        ("<p>Who paid: la ville</p>", "<p>Who paid: la ville</p>"),
        ('<p lang="de">Harms</p>', '<p lang="de">Harms</p>'),
        ("<title>Harms</title><script>Harms</script>", "<title>Harms</title><script>Harms</script>"),
    ],
)
def test_where_there_is_no_catalog_our_sentences_say_that_they_are_english(page, marked):
    assert FRENCH(page) == marked


def test_where_there_is_no_catalog_pages_are_marked_and_nothing_else_of_them_changes():
    plain = sample_issue()
    arabic = replace(plain, masthead=replace(plain.masthead, language="ar"))
    before = render(plain, (), TEMPLATES)
    after = render(arabic, (), TEMPLATES)
    marks = re.compile(rb'<span lang="en" dir="ltr">(.*?)</span>| lang="en" dir="ltr"')
    for path in (f"{plain.key}/index.html", "index.html", "about/evidence/index.html"):
        page = after.site[path]
        assert b'<html lang="ar" dir="rtl">' in page
        assert len(marks.findall(page)) > 10
        unmarked = marks.sub(lambda found: found[1] or b"", page)
        text = [
            " ".join(lxml.html.fromstring(each).find("body").text_content().split())
            for each in (before.site[path], unmarked)
        ]
        assert text[0] == text[1]


def test_words_of_a_newsrooms_own_are_not_called_english_where_there_is_no_catalog():
    own = '{% set LABELS = {"harms": "Dommages", "sources": "Sources"} %}'
    issue = sample_issue()
    issue = replace(issue, masthead=replace(issue.masthead, language="fr"))
    words = {"web/words.txt": own, "shipped/web/words.txt": TEMPLATES["web/words.txt"]}
    page = render(issue, (), TEMPLATES | words).site[f"{issue.key}/{issue.stories[0].slug}/index.html"].decode()
    assert '<h2 id="harms">Dommages</h2>' in page
    assert '<h2 id="source">Sources</h2>' in page
    assert '<h2 lang="en" id="not-known">What is not known</h2>' in page


def test_a_german_page_heads_english_words_with_their_german_names_and_puts_them_in_that_order():
    words = tuple(
        Word(term=term, de=de, definition="…", lang="en")
        for term, de in (("Approval", "Zulassung"), ("Relapse", "Rückfall"), ("Cytokine", "Zytokin"), ("BCMA", ""))
    )
    issue = in_german(replace(sample_issue(), word=None, glossary=words))
    page = lxml.html.fromstring(render(issue, (), TEMPLATES).site["glossary/index.html"])
    heads = [" ".join(h.text_content().split()) for h in page.xpath("//h2[@class='term']")]
    assert heads == ["BCMA", "Rückfall Relapse", "Zulassung Approval", "Zytokin Cytokine"]
    assert page.xpath("//h2[@class='term']//*[@lang='en']/text()") == ["BCMA", "Relapse", "Approval", "Cytokine"]
    assert page.xpath("//ul[@class='row letters']//a/text()") == ["B", "R", "Z"]


def test_drafts_of_trials_are_written_in_the_newsletters_language():
    trial = replace(LUPUS, status="TERMINATED", why_stopped="Money", enrollment=1, enrollment_type="ACTUAL")
    changes = (
        Change("status", "RECRUITING", "TERMINATED", "2026-11-02", reason="Money"),
        Change("minimum age", "18 Years", "12 Years", "2026-11-02"),
        Change("sponsor", "A", "B", "2026-11-02"),
    )
    made = draft(trial, changes, TEMPLATES, "de")
    assert made.headline == "Vorzeitig beendet: Luma CAR-T in lupus"
    assert made.summary.startswith(
        "Im Register steht jetzt, dass „Luma CAR-T in lupus“ vorzeitig beendet wurde und nicht wieder beginnt. "
        "Angegebener Grund: „Money“. 1 Person hatte teilgenommen."
    )
    assert (
        "Außerdem steht dort, dass die Studie ein anderes Mindestalter hat: 12 Jahre. Vorher: 18 Jahre." in made.summary
    )
    assert "Außerdem steht dort, dass für die Studie der verantwortliche Sponsor gewechselt hat." in made.summary
    assert "Land: Deutschland." in made.summary
    assert made.caveats[0].startswith("Ein vorzeitiges Ende beweist weder Schaden noch Scheitern.")


def test_the_demos_settings_are_in_the_language_that_was_asked_for_as_far_as_it_has_words():
    german, french = sources_yml("http://127.0.0.1:1", "de"), sources_yml("http://127.0.0.1:1", "fr")
    assert ("language: de" in german, "Behandelt Menschen mit Lupus" in german) == (True, True)
    assert ("language: fr" in french, "Treats people with lupus" in french) == (True, True)
