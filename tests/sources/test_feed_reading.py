"""What the feed kind makes of bad documents: the rows of our list of hostile and broken input that concern reading."""

import json
import socket

import pytest
from feed_samples import WINDOW, item, only, read, rss, source, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources import kind, names

GOOD = rss(item(link="https://journal.example/1"))


def refusal(body, headers=None):
    with pytest.raises(SourceError) as caught:
        read(body, headers)
    return caught.value


def test_a_feed_is_asked_for_at_its_own_address():
    asked = source()
    (request,) = kind("feed").first(asked, WINDOW)
    assert (request.url, request.body, request.cached) == (asked.url, None, True)


def test_kinds_are_found_by_file_name():
    assert set(names()) >= {"clinicaltrials", "feed"}


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}]>',
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!-- <a> --><!DOCTYPE rss [<!ENTITY x "]>">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://192.0.2.1/x.dtd">%p;]>',
    ],
    ids=["laughs", "quadratic", "file", "hidden", "parameter"],
)
def test_entities_are_refused_before_anything_is_parsed(doctype):
    body = GOOD.replace("<rss", doctype + "<rss", 1).replace("A title", "&a11;&x;")
    assert "declares XML entities" in refusal(body).what


def test_an_outside_dtd_is_never_fetched():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/rss.dtd"
        assert read(GOOD.replace("<rss", f'<!DOCTYPE rss SYSTEM "{address}"><rss', 1)).parsed == 1
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>Log in</title></head></html>",
        "\n\n  <html><body>Just a moment...</body></html>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html xmlns="x"/>',
        "<!-- cached --><HTML><BODY>Sorry</BODY></HTML>",
        "<head><title>403</title></head>",
        "<script>location='/login'</script>",
        "<div>We are down for maintenance</div>",
        '<!DOCTYPE html><html><head><link type="application/rss+xml" href="/feed"></head></html>',
        "<!DOCTYPE html><html><body><pre>&lt;rss version='2.0'&gt;</pre></body></html>",
    ],
)
def test_a_web_page_in_place_of_a_feed_is_known(page):
    assert refusal(page, {"content-type": "application/rss+xml"}).page


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<opml version="2.0"><body><outline xmlUrl="x"/></body></opml>', "opml"),
        ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>', "sitemap"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"PK\x03\x04xx", "zip"),
        (b"\x1f\x8b\x08xx", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        ("", "empty"),
        (" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        ('<?xml version="1.0"?>', "empty"),
        ("Too many requests", "plain text"),
        ('{"error": "no such feed"}', "JSON without"),
        ('{"version": "2", "items": []}', "does not call itself"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "broken JSON"),
        ("[" * 100_000, "JSON"),
        ("<soap:Envelope xmlns:soap='x'/>", "envelope"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "without entries"),
    ],
)
def test_what_is_no_feed_is_called_by_its_name(body, what):
    refused = refusal(body)
    assert what in refused.what
    assert not refused.page


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/octet-stream", "text/plain; charset=latin-1", "", "nonsense;;;"]
)
def test_a_feed_is_read_by_its_content_whatever_it_was_sent_as(content_type):
    page = read(GOOD, {"Content-Type": content_type})
    assert (page.parsed, page.version, page.degraded) == (1, "rss20", "")


@pytest.mark.parametrize("before", ["\n", "\r\n\r\n  ", "\ufeff", "\ufeff\n"])
def test_blank_lines_and_a_mark_before_the_document_are_forgiven(before):
    assert read(before + GOOD).parsed == 1


@pytest.mark.parametrize(
    "body",
    [
        GOOD.replace("A title", "A\0 ti\x08tle"),
        GOOD.replace("A title", "A ti&#0;tle&#x1F;"),
        GOOD.replace("A title", "A title&#xD800;&#99999999;"),
        GOOD + "<script src='//evil.example/x.js'></script>",
        GOOD + "<!-- counted -->\njunk",
        "<br />\n<b>Warning</b>: mysql_connect()<br />\n" + GOOD,
        GOOD.replace("</channel></rss>", ""),
        GOOD.replace("A title", "A title & more"),
        GOOD.replace("A title", "A title&nbsp;"),
    ],
    ids=["nul", "reference", "surrogate", "script-behind", "junk-behind", "warning-before", "cut", "ampersand", "nbsp"],
)
def test_a_document_that_is_not_well_formed_keeps_its_entries_and_says_so(body):
    page = read(body)
    assert page.parsed == 1
    assert page.entries[0].title.replace("  ", " ").startswith("A title")
    assert page.degraded


def test_text_around_a_bare_ampersand_is_whole():
    assert only(read(GOOD.replace("A title", "R&D &hellip; in <i>lupus</i>"))).title.startswith("R&D … in")


NAIVE = "naïve T‑cells – Sjögren’s"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (GOOD.replace("A title", NAIVE).encode(), {"content-type": "text/xml; charset=iso-8859-1"}),
        (GOOD.replace("A title", NAIVE).replace(' encoding="utf-8"', "").encode(), {}),
        (b"\xef\xbb\xbf" + GOOD.replace("A title", NAIVE).encode(), {}),
        (GOOD.replace("A title", NAIVE).replace("utf-8", "utf-16").encode("utf-16"), {}),
        (GOOD.replace("A title", NAIVE).replace("utf-8", "utf-16").encode("utf-16-be"), {}),
        (GOOD.replace("A title", NAIVE).replace("utf-8", "utf-16").encode(), {}),
        (GOOD.replace("A title", NAIVE).replace("utf-8", "us-ascii").encode(), {}),
        (GOOD.replace("A title", NAIVE).replace("utf-8", "no-such-charset").encode(), {}),
        (GOOD.replace("A title", NAIVE).replace("utf-8", "utf-7").encode(), {}),
    ],
    ids=["header-lies", "undeclared", "mark", "utf-16", "utf-16-be", "says-16", "says-ascii", "unknown", "utf-7"],
)
def test_the_right_letters_come_out(body, headers):
    assert only(read(body, headers)).title == NAIVE


@pytest.mark.parametrize(
    ("codec", "declared", "headers"),
    [
        ("iso-8859-1", ' encoding="iso-8859-1"', {}),
        ("cp1252", "", {}),
        ("cp1252", ' encoding="utf-8"', {}),
        ("iso-8859-1", "", {"Content-Type": "text/xml; charset=ISO-8859-1"}),
    ],
)
def test_old_charsets_are_read_declared_or_not(codec, declared, headers):
    body = GOOD.replace(' encoding="utf-8"', declared).replace("A title", "Sjögren naïve").encode(codec)
    assert only(read(body, headers)).title == "Sjögren naïve"


def test_one_wrong_byte_does_not_spoil_the_other_letters():
    body = GOOD.replace("A title", "Sjögren, Behçet, Köhler").encode().replace(b"K\xc3\xb6hler", b"K\xf6hler")
    page = read(body)
    assert page.entries[0].title.startswith("Sjögren, Behçet, K")
    assert "utf-8" in page.degraded


def test_a_gb2312_feed_is_read():
    body = GOOD.replace("utf-8", "gb2312").replace("A title", "红斑狼疮").encode("gb2312")
    assert only(read(body)).title == "红斑狼疮"


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("javascript:alert(1)", None),
        (" JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("ftp://x.example/a", None),
        ("https://", None),
        ("http://[::1", None),
        ("/doi/10.1000/a", "https://journal.example/doi/10.1000/a"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("https://journal.example/a b", "https://journal.example/a%20b"),
        ('https://journal.example/"><script>', "https://journal.example/%22%3E%3Cscript%3E"),
    ],
)
def test_a_link_is_a_web_address_or_none(link, kept):
    assert only(read(rss(item(link=link)))).link == kept


def test_a_guid_that_is_a_script_becomes_no_link():
    entry = only(read(rss(item("<guid>javascript:alert(1)</guid>"))))
    assert entry.link is None


def test_a_guid_stands_in_for_a_missing_link():
    assert only(read(rss(item("<guid>https://journal.example/7</guid>")))).link == "https://journal.example/7"


def test_of_many_entries_the_first_are_kept_and_all_are_counted():
    page = read(rss(*(item(title=f"T{n}", link=f"https://j.example/{n}") for n in range(700))))
    assert (page.parsed, len(page.entries), page.entries[0].title) == (700, 500, "T0")
    assert "500 of 700" in page.note


def test_of_many_dated_entries_the_newest_are_kept():
    page = read(rss(*(item(title=f"T{n}", pubDate=f"{n % 28 + 1:02} Oct {2000 + n // 28}") for n in range(600))))
    assert page.entries[0].title == "T100"
    assert page.entries[-1].title == "T599"


def test_every_field_is_cut():
    entry = only(read(rss(item(
        "".join(f"<dc:creator>{'n' * 300} {n}</dc:creator><category>{n} {'c' * 200}</category>" for n in range(50)),
        title="word " * 2_000_000, description="text " * 200_000, link="https://j.example/" + "x" * 9_000, guid="g" * 100_000,
    ))))  # fmt: skip
    assert len(entry.title) <= 500
    assert len(entry.summary) <= 2_000
    assert len(entry.excerpt_html) <= 10_000
    assert len(entry.authors) <= 20
    assert all(len(a) <= 100 for a in entry.authors)
    assert len(entry.categories) == 20
    assert all(len(c) <= 80 for c in entry.categories)
    assert entry.link is None
    assert len(entry.ids.guid) <= 1_000


def test_dates_come_from_the_raw_text_with_their_field():
    entry = only(read(rss(item("<dc:date>2025-11-05</dc:date>"))))
    assert (entry.published.day, entry.published.field) == ("2025-11-05", "dc:date")
    entry = only(read(rss(item("<dc:date>2025-11-07</dc:date>", pubDate="Wed, 5 Nov 2025 13:52:10  EST"))))
    assert (entry.published.day, entry.published.field) == ("2025-11-05", "published")
    assert entry.updated.day == "2025-11-07"
    entry = only(read(rss(item("<prism:publicationDate>2025-11</prism:publicationDate>"))))
    assert (entry.published.day, entry.published.field) == ("2025-11", "prism:publicationDate")


@pytest.mark.parametrize("raw", ["2026-13-45", "soon", "1", "05/11/2025"])
def test_a_date_that_can_not_be_read_is_told_and_not_guessed(raw):
    entry = only(read(rss(item(pubDate=raw, guid="1"))))
    assert entry.published is None
    assert entry.doubts == (f"date not understood: {raw}",)


def test_the_future_and_1970_are_doubted_and_do_not_sort():
    for raw in ("Tue, 01 Jan 2199 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"):
        entry = only(read(rss(item(pubDate=raw))))
        assert entry.published.doubt
        assert entry.day is None


def test_an_entry_without_any_date_has_none():
    entry = only(read(rss(item(guid="20251105"))))
    assert (entry.published, entry.updated, entry.day, entry.doubts) == (None, None, None, ())


def test_a_labelled_date_in_the_description_is_taken_as_far_as_it_goes():
    for said, day in (("February 2022", "2022-02"), ("Available online 18 November 2021", "2021-11-18")):
        html = f"<p>Publication date: {said}</p><p><b>Source:</b> Journal</p>"
        assert only(read(rss(item(description=html)))).published.day == day


@pytest.mark.parametrize(
    ("body", "version"),
    [
        ('<rss version="0.91"><channel><item><title>T</title></item></channel></rss>', "rss091u"),
        ('<rss version="0.92"><channel><item><title>T</title></item></channel></rss>', "rss092"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"/><item rdf:about="https://j.example/1"><title>T</title></item></rdf:RDF>', "rss10"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title></entry></feed>', "atom10"),
        ('<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title></a:entry></a:feed>', "atom10"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title></entry></feed>', "atom03"),
        ('{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 7, "title": "T"}]}', "json1.1"),
    ],
)  # fmt: skip
def test_every_format_is_read(body, version):
    page = read(body)
    assert (page.version, page.parsed, only(page).title) == (version, 1, "T")


def test_an_atom_entry_is_read_whole():
    entry = only(read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>F</title><entry><id>tag:x.example,2025:1</id>'
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">CAR<sub>T</sub> &lt;6 months</div></title>'
        '<link rel="self" href="/self"/><link href="/1"/><author><name>A. Author</name><email>a@x.example</email></author>'
        '<updated>2025-11-05T10:00:00Z</updated><category term="lupus"/><summary>Short.</summary>'
        '<content type="html">&lt;p&gt;Longer than short.&lt;/p&gt;</content></entry></feed>',
    ))  # fmt: skip
    assert (entry.title, entry.summary) == ("CART <6 months", "Longer than short.")
    assert (entry.link, entry.ids.guid) == ("https://journal.example/1", "tag:x.example,2025:1")
    assert (entry.authors, entry.categories) == (("A. Author",), ("lupus",))
    assert (entry.published, entry.updated.day, entry.day) == (None, "2025-11-05", "2025-11-05")


def test_a_json_feed_is_read_whole_and_wrong_types_are_not_there():
    page = read(json.dumps({
        "version": "https://jsonfeed.org/version/1", "title": "J", "home_page_url": "https://j.example/",
        "items": [
            {"id": "a", "url": "/a", "title": "T & <b>", "content_html": "<p>Ten <i>people</i></p>", "author": {"name": "A"},
             "date_published": "2025-11-05T10:00:00Z", "date_modified": "2025-11-06", "tags": ["x", 3]},
            {"id": 12, "content_text": "a < b", "authors": [{"name": "B"}, "c", {"name": None}]},
            "no item", None, {"id": [], "url": {}, "title": 3.5, "date_published": True},
        ],
    }))  # fmt: skip
    first, second, third = page.entries
    assert page.parsed == 3
    assert (first.title, first.link, first.summary) == ("T &", "https://j.example/a", "Ten people")
    assert (first.published.day, first.updated.day, first.authors, first.categories) == (
        "2025-11-05",
        "2025-11-06",
        ("A",),
        ("x",),
    )
    assert (second.ids.guid, second.title, second.summary, second.authors) == ("12", "a < b", "a < b", ("B",))
    assert (third.ids.guid, third.published) == (None, None)


def test_the_abstract_is_chosen_over_the_line_about_the_journal():
    entry = only(read(rss(item(
        "<dc:description>Abstract\nNine people were treated in this study of CAR T cells.</dc:description>"
        "<content:encoded>&lt;h2&gt;Abstract&lt;/h2&gt;&lt;p&gt;Nine people were treated in this study of CAR T cells.&lt;/p&gt;</content:encoded>"
        "<dc:creator>\nWerner Greuter, \nRosa Rankin\n</dc:creator>",
        description="TAXON, EarlyView.",
    ))))  # fmt: skip
    assert entry.summary == "Nine people were treated in this study of CAR T cells."
    assert entry.authors == ("Werner Greuter", "Rosa Rankin")


def test_the_frame_around_a_pubmed_abstract_is_taken_off():
    html = (
        "<div><p>Zootaxa. 2021 Jul 16;5002(1):1-103. doi: 10.11646/zootaxa.5002.1.1.</p><p><b>ABSTRACT</b></p>"
        "<p>Nine people were treated.</p><p>PMID:<a href='https://pubmed.ncbi.nlm.nih.gov/34811339/'>34811339</a>"
        " | DOI:<a href=https://doi.org/10.11646/zootaxa.5002.1.1>10.11646/zootaxa.5002.1.1</a></p></div>"
    )
    assert only(read(rss(item(description=html)))).summary == "Nine people were treated."


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("editor@journal.example", ()),
        ("editor@journal.org (Anna Example)", ("Anna Example",)),
        ("Anna Example <editor@journal.org>", ("Anna Example",)),
        ("Anna Example; Ben Other", ("Anna Example", "Ben Other")),
    ],
)
def test_an_e_mail_address_is_nobodys_name(author, names):
    assert only(read(rss(item(author=author)))).authors == names


def test_a_feed_without_entries_is_a_feed():
    page = read(rss())
    assert (page.parsed, page.entries, page.degraded, page.title) == (0, (), "", "Journal")


def test_reading_the_same_bytes_again_gives_the_same():
    assert read(GOOD) == read(GOOD)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
@example(b"<rss><channel><item><title>&#xfffffffff;")
@example(b"<feed><entry><title type='xhtml'><svg><title>")
@example(b"<rss " + b"<" * 2000)
@example(b"<rss><item><link>http://[</link><guid>http://[</guid>")
@example(b'{"version":"https://jsonfeed.org/version/1","items":[{"id":1e999}]}')
@example(b'<?xml version="1.0" encoding="idna"?><rss><channel><item><title>\xff')
@example(b"<rss><channel><item><dcterms:valid>start=x;end=</dcterms:valid>")
def test_any_bytes_are_read_or_refused_in_words(body):
    for start in (
        b"",
        b"<rss version='2.0'><channel><item><title>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    ):
        try:
            page = read(start + body)
        except SourceError:
            continue
        assert page.parsed >= len(page.entries)
        assert all(t.isprintable() for e in page.entries for t in (e.title, e.summary, *e.authors))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "<",
                ">",
                "&",
                "&lt;",
                "&amp;lt;",
                "script",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                '"',
                "'",
                "{{ 7*7 }}",
                "a",
                " ",
                "=",
                "/",
                "<svg",
                "on",
                "&#60;",
            ]
        ),
        max_size=25,
    )
)
def test_no_mixture_of_signs_opens_a_tag(parts):
    page = read(rss(item(title="x" + "".join(parts), description="".join(parts))))
    for entry in page.entries:
        for text in (entry.title, entry.summary):
            assert not any(f"<{c}" in text for c in "abcdefghijklmnopqrstuvwxyz/!?")


def test_template_and_yaml_signs_are_ordinary_text():
    for title in ("{{ 7*7 }}", "- a: b # c", "!!python/object:x", "'''", "%TAG", "a\r\nBcc: x@y.example"):
        assert only(read(rss(item(title=title)))).title == " ".join(title.split())


def test_all_texts_of_an_entry_are_one_printable_line():
    entry = only(read(rss(item(
        "<dc:creator>A\u202eB\n\x85C</dc:creator><category>x\u2066y</category><guid>g\u202e1</guid>",
        title="T\u00adi\u200btle\ttwo\u2028three", description="a\n\nb", link="https://j.example/1",
    ))))  # fmt: skip
    assert entry.title == "Title two three"
    assert all(t.isprintable() for t in texts(entry))
