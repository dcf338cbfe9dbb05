"""Publishers' markup is never trusted: what leaves is text, or one of twelve tags."""

import json
import re
from html.parser import HTMLParser
from xml.sax.saxutils import escape

import pytest
from feed_samples import only, read, rss, texts
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.parts import clean

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:alert(1) onerror=eval(src)//",
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    '<img alt="a<b" onerror=alert(1) src=x>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)//",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<object data=data:text/html;base64,PHNjcmlwdD4=></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example' onclick='alert(1)' style='position:fixed'>x</a>",
    "<p style=\"background:url('javascript:alert(1)')\">x</p>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<body onload=alert(1)>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<textarea><script>alert(1)</script></textarea>",
    "<title><script>alert(1)</script></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&amp;amp;lt;script&amp;amp;gt;alert(1)",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    '"><script>alert(1)</script>',
    "'\"--></style></script><script>alert(1)</script>",
    "<jats:p onclick=alert(1)>x</jats:p>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<a\thref\n=\njavascript:alert(1)>x</a>",
    "\u202e<script>alert(1)</script>",
]  # fmt: skip
ALLOWED = {"p", "br", "em", "strong", "i", "b", "sub", "sup", "ul", "ol", "li", "a"}


class Reader(HTMLParser):
    """What a browser would see: every tag with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def assert_harmless(entry):
    for text in texts(entry):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text), text
        assert "<script" not in text.lower()
    for text in (
        entry.title,
        entry.summary,
        *entry.authors,
        *entry.categories,
        *entry.types,
        *entry.doubts,
        entry.ids.guid or "",
    ):
        assert not Reader(text).tags, text
    for tag, attributes in Reader(entry.excerpt_html).tags:
        assert tag in ALLOWED
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        assert re.match(r"https?://", attributes.get("href") or "https://")
        assert "noopener" in attributes.get("rel", "noopener")
    assert entry.link is None or re.match(r"https?://[^\s<>\"]+$", entry.link)


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize(
    "wrap", [escape, lambda v: f"<![CDATA[{v.replace(']]>', '')}]]>", lambda v: v], ids=["escaped", "cdata", "bare"]
)
def test_no_script_passes_through_any_field_of_an_rss_entry(vector, wrap):
    inside = wrap("word " + vector + " word")
    body = rss(
        f"<item><title>{inside}</title><description>{inside}</description><content:encoded>{inside}</content:encoded>"
        f"<dc:creator>{inside}</dc:creator><category>{inside}</category><guid>{inside}</guid><link>{inside}</link>"
        f"<pubDate>{inside}</pubDate><prism:section>{inside}</prism:section></item>"
    )
    page = read(body)
    for entry in page.entries:
        assert_harmless(entry)
    assert not Reader(page.title).tags


@pytest.mark.parametrize("vector", VECTORS)
def test_no_script_passes_through_any_field_of_a_json_item(vector):
    fields = dict.fromkeys(("id", "url", "title", "content_html", "summary", "date_published"), vector)
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "title": vector,
            "items": [{**fields, "tags": [vector], "authors": [{"name": vector}]}, {"content_text": vector}],
        }
    )
    for entry in read(body).entries:
        assert_harmless(entry)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_script_passes_through_an_atom_entry(vector):
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        f'<title type="html">w {escape(vector)}</title><summary type="text">w {escape(vector)}</summary>'
        f'<content type="html">w {escape(vector)}</content><author><name>{escape(vector)}</name></author>'
        f'<id>{escape(vector)}</id><category term="{escape(vector, {chr(34): "&quot;"})}"/></entry></feed>'
    )
    assert_harmless(only(read(body)))


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("CAR T cells", "CAR T cells"),
        ("<scp>CAR</scp>‐T in <em>refractory</em> lupus", "CAR‐T in refractory lupus"),
        ("CD19<sup>+</sup> B cells", "CD19+ B cells"),
        ("1 × 10<sup>6</sup> cells/kg", "1 × 10⁶ cells/kg"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("CO<sub>2</sub>", "CO2"),
        ("<jats:title>Background</jats:title><jats:p>Nine people.</jats:p>", "Background Nine people."),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("One<br/>Two", "One Two"),
        ("R&amp;D", "R&D"),
        ("R&amp;amp;D", "R&D"),
        ("&lt;p&gt;Twice &lt;b&gt;escaped&lt;/b&gt;&lt;/p&gt;", "Twice escaped"),
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("p&lt;0.05", "p<0.05"),
        ("age <18 years, score >=4", "age <18 years, score >=4"),
        ("CRP <LLN and >ULN", "CRP < LLN and >ULN"),
        ("FVC <LLN", "FVC < LLN"),
        ("CD19<CD20", "CD19< CD20"),
        ("a <!-- hidden --> b", "a b"),
        ("im\u00admuno\u200btherapy", "immunotherapy"),
        ("Sj&ouml;gren&#8217;s", "Sjögren’s"),
        ("x<style>p{color:red}</style>y", "xy"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
    ],
)
def test_words_and_numbers_survive_the_cleaning(raw, plain):
    assert clean.text(raw) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Nine people were treated. [...]", "Nine people were treated.…"),
        ("Nine people were treated [&#8230;]", "Nine people were treated…"),
        ("Nine people. <p>The post <a href='x'>T</a> appeared first on <a>Site</a>.</p>", "Nine people."),
        ("Nine people. <a>Read more →</a>", "Nine people."),
        ("ABSTRACT Nine people.", "Nine people."),
        ("Abstract: Nine people.", "Nine people."),
        ("Abstract thinking is rare.", "Abstract thinking is rare."),
        ("Nine people, 78% [7 of 9]", "Nine people, 78% [7 of 9]"),
    ],
)
def test_what_frames_an_abstract_is_taken_off(raw, plain):
    assert clean.abstract(raw) == plain


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("<p>One <b>two</b></p><p> </p>", "<p>One <b>two</b></p>"),
        ("<div>One</div><div>Two</div>", "One<br>Two"),
        ("<h2>Aim</h2><p>x</p>", "Aim<br><p>x</p>"),
        ("p <0.05 & more", "p &lt;0.05 &amp; more"),
        ('<a href="/a" onclick="x()">l</a>', '<a href="https://j.example/a" rel="noopener noreferrer nofollow">l</a>'),
        ('<a href="javascript:x()">l</a>', '<a rel="noopener noreferrer nofollow">l</a>'),
        ("<img src='https://t.example/pixel.gif'>", ""),
        ("<table><tr><td>a</td></tr></table>", "a"),
        ("10<sup>6</sup> CD19<sub>x</sub>", "10<sup>6</sup> CD19<sub>x</sub>"),
    ],
)
def test_the_part_for_showing_holds_twelve_tags_and_no_more(raw, html):
    assert clean.excerpt(raw, "https://j.example/x") == html


@pytest.mark.parametrize("end", ["<a href='x' title='y", "<", "</p", "&amp", "&#82", "<!-"])
def test_a_text_cut_within_a_tag_or_an_entity_ends_before_it(end):
    assert clean.text("word " * 20 + end + "more>;", cap=100 + len(end)) == " ".join(["word"] * 20)


def test_an_excerpt_cut_anywhere_is_whole_html():
    html = clean.excerpt("<p>" + "<b>word</b> " * 3_000, "https://j.example/")
    assert len(html) < 6_000
    assert html.count("<b>") == html.count("</b>")
    assert html.endswith("</p>")


@given(st.text(alphabet="<>/!?&;abp#x0=\"' \u202e\x00-", max_size=60))
def test_nothing_opens_a_tag_in_plain_text(raw):
    line = clean.text(raw)
    assert not re.search(r"<[A-Za-z/!?]", line)
    assert not Reader(line).tags


@given(st.text(alphabet="<>/!?&;abp#x0=\"' hrefonclik:jst", max_size=80))
def test_showing_never_shows_more_than_it_may(raw):
    for tag, attributes in Reader(clean.excerpt(raw, "https://j.example/")).tags:
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "rel"}
