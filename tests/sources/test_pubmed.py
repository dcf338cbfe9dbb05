"""PubMed: what is asked, and what is read from its answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.errors import SourceError
from pipeline.model.entry import Precision
from pipeline.model.source import Request, Source, Window
from pipeline.sources.pubmed import CHUNK, first, lookup, read

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures" / "literature" / "pubmed_xml"
captured = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the real PubMed documents are not beside the checkout")
SOURCE = Source(key="pubmed", kind="pubmed", name="PubMed", url="https://eutils.ncbi.nlm.nih.gov/entrez/eutils")
WINDOW = Window(date(2026, 10, 20), date(2026, 11, 22))


def asked(request):
    return {k: v[0] for k, v in parse_qs(urlsplit(request.url).query).items()}


def found(*numbers, count=None, source=SOURCE, step="search"):
    result = {"count": str(count or len(numbers)), "idlist": list(numbers)}
    return read(source, Request("x", step=step), json.dumps({"esearchresult": result}).encode(), {}, WINDOW)


def paper(
    pmid="40000001",
    title="CAR T cells in lupus.",
    before="",
    after="",
    abstract="<AbstractText>Nine people were treated.</AbstractText>",
    dates="<ArticleDate DateType='Electronic'><Year>2026</Year><Month>11</Month><Day>03</Day></ArticleDate>",
    issue="<Year>2027</Year><Month>Jan</Month>",
    types="<PublicationType>Journal Article</PublicationType>",
    links="",
    language="eng",
    data="",
):
    return f"""<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID>
    <DateRevised><Year>2026</Year><Month>11</Month><Day>10</Day></DateRevised>
    <Article><Journal><JournalIssue><PubDate>{issue}</PubDate></JournalIssue></Journal>
    <ArticleTitle>{title}</ArticleTitle>{before}<Abstract>{abstract}</Abstract><Language>{language}</Language>
    <PublicationTypeList>{types}</PublicationTypeList>{after}{dates}</Article>
    <CommentsCorrectionsList>{links}</CommentsCorrectionsList></MedlineCitation>
    <PubmedData>{data}</PubmedData></PubmedArticle>"""


def page(*papers, step="fetch"):
    body = f'<?xml version="1.0" ?><PubmedArticleSet>{"".join(papers)}</PubmedArticleSet>'
    return read(SOURCE, Request("x", step=step), body.encode(), {}, WINDOW)


def entry(**changes):
    return page(paper(**changes)).entries[0]


def link(kind, source="", pmid="1"):
    return f"<CommentsCorrections RefType='{kind}'><RefSource>{source}</RefSource><PMID>{pmid}</PMID></CommentsCorrections>"


def test_the_search_goes_by_the_day_of_entry_and_overlaps_the_time_before():
    (request,) = first(SOURCE, WINDOW)
    query = asked(request)
    assert request.url.startswith(f"{SOURCE.url}/esearch.fcgi?")
    assert (query["datetype"], query["mindate"], query["maxdate"]) == ("edat", "2026/10/05", "2026/11/22")
    assert (query["db"], query["retmode"], query["retmax"], query["tool"]) == ("pubmed", "json", "200", "hopeline")
    assert '"chimeric antigen receptor"[tiab]' in query["term"]
    assert '"Autoimmune Diseases"[mh]' in query["term"]
    assert "email" not in query


def test_the_usual_search_fits_into_an_address():
    assert len(first(SOURCE, WINDOW)[0].url) < 6_000


def test_a_source_may_search_for_something_else_and_read_fewer():
    own = Source(key="p", kind="pubmed", name="", url="", options={"query": "(CAR-T) AND Erlangen[ad]", "limit": 2})
    query = asked(first(own, WINDOW)[0])
    assert (query["term"], query["retmax"]) == ("(CAR-T) AND Erlangen[ad]", "2")
    more = found("3", "2", "1", count=40, source=own)
    assert asked(more.next)["id"] == "3,2"
    assert "the newest 2 of 40 papers" in more.note


def test_all_citations_found_are_asked_for_a_hundred_at_a_time():
    numbers = [str(n) for n in range(1, 251)]
    many = Source(key="p", kind="pubmed", name="", url="", options={"limit": 300})
    request, seen = found(*numbers, source=many).next, []
    while request is not None:
        seen.append(asked(request)["id"].split(","))
        assert asked(request)["retmode"] == "xml"
        request = read(SOURCE, request, b"<PubmedArticleSet/>", {}, WINDOW).next
    assert [len(chunk) for chunk in seen] == [CHUNK, CHUNK, 50]
    assert [n for chunk in seen for n in chunk] == numbers


def test_a_search_that_finds_nothing_ends_there():
    nothing = found()
    assert (nothing.next, nothing.entries, nothing.parsed) == (None, (), 0)


@pytest.mark.parametrize("body", [b'{"error":"API rate limit exceeded"}', b'{"esearchresult":{"ERROR":"Bad term"}}'])
def test_what_pubmed_complains_of_is_told_in_its_words(body):
    with pytest.raises(SourceError, match=r"API rate limit exceeded|Bad term"):
        read(SOURCE, Request("x", step="search"), body, {}, WINDOW)


def test_a_number_is_looked_up_at_once_and_a_doi_by_a_search():
    number, doi = lookup(SOURCE, "38381673"), lookup(SOURCE, "10.1056/NEJMoa2308917")
    assert asked(number)["id"] == "38381673"
    assert doi is not None
    assert asked(doi)["term"] == '"10.1056/nejmoa2308917"[doi]'
    following = read(SOURCE, doi, b'{"esearchresult":{"count":"1","idlist":["38381673"]}}', {}, WINDOW).next
    assert asked(following)["id"] == "38381673"


def test_a_paper_that_merely_resembles_the_one_asked_for_is_not_taken():
    doi = lookup(SOURCE, "10.5555/asked.1")
    assert doi is not None
    following = read(SOURCE, doi, b'{"esearchresult":{"count":"1","idlist":["7"]}}', {}, WINDOW).next
    other = '<ELocationID EIdType="doi" ValidYN="Y">10.5555/{}</ELocationID>'
    right = page(paper(pmid="7", before=other.format("asked.1")), step=following.step)
    assert [e.ids.doi for e in right.entries] == ["10.5555/asked.1"]
    with pytest.raises(SourceError, match="knows no such DOI"):
        page(paper(pmid="7", before=other.format("other.2")), step=following.step)


def test_what_pubmed_does_not_know_is_told():
    with pytest.raises(SourceError, match="knows no such DOI"):
        found(step=lookup(SOURCE, "10.5555/none").step)
    with pytest.raises(SourceError, match="knows no such number"):
        page(step=lookup(SOURCE, "123").step)


def test_a_paper_is_read_with_its_names():
    one = entry(
        before="<ELocationID EIdType='pii'>S1</ELocationID><ELocationID EIdType='doi' ValidYN='Y'>10.5555/One.1</ELocationID>",
        data="<ArticleIdList><ArticleId IdType='doi'>10.5555/one.1</ArticleId></ArticleIdList><ReferenceList><Reference>"
        "<ArticleIdList><ArticleId IdType='doi'>10.5555/cited</ArticleId></ArticleIdList></Reference></ReferenceList>",
    )
    assert one.ids.keys() == ("doi:10.5555/one.1", "pmid:40000001", "link:" + one.ids.link)
    assert one.link == "https://pubmed.ncbi.nlm.nih.gov/40000001/"
    assert (one.title, one.source, one.language) == ("CAR T cells in lupus", "pubmed", "en")


def test_a_doi_of_the_list_of_references_is_never_the_papers_own():
    data = "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.5555/cited</ArticleId></ArticleIdList>"
    assert entry(data=f"{data}</Reference></ReferenceList>").ids.doi is None


def test_markup_of_a_title_becomes_plain_text():
    one = entry(title="CD19<sup>+</sup> B cells, 10<sup>6</sup>/kg <i>in vivo</i>, p &lt; 0.05 &amp; IL-6 in the U.S.")
    assert one.title == "CD19+ B cells, 10⁶/kg in vivo, p < 0.05 & IL-6 in the U.S."


def test_script_in_a_title_stays_text():
    assert "<script" not in entry(title="&lt;script&gt;alert(1)&lt;/script&gt; CAR T {{ 7*7 }}").title


def test_an_abstract_keeps_its_labels_and_leaves_out_the_copyright():
    one = entry(
        abstract="<AbstractText Label='METHODS'>We treated <b>nine</b>.</AbstractText>"
        "<AbstractText Label='RESULTS'>7 of 9 (p&lt;0.05).</AbstractText>"
        "<AbstractText Label='UNLABELLED'>NCT99990003.</AbstractText>"
        "<CopyrightInformation>© 2026 Somebody</CopyrightInformation>"
    )
    assert one.summary == "METHODS: We treated nine. RESULTS: 7 of 9 (p<0.05). NCT99990003."
    assert "<strong>METHODS:</strong>" in one.excerpt_html
    assert "Somebody" not in one.excerpt_html
    assert one.nct_numbers == ("NCT99990003",)


def test_trials_of_the_databank_list_come_first_and_no_trial_is_the_papers_identity():
    bank = (
        "<DataBankList><DataBank><AccessionNumberList><AccessionNumber>NCT99990001</AccessionNumber>"
        "<AccessionNumber>ISRCTN12345678</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    )
    one = entry(after=bank, abstract="<AbstractText>See NCT99990002 and NCT99990001.</AbstractText>")
    assert one.nct_numbers == ("NCT99990001", "NCT99990002")
    assert one.ids.number is None


def test_the_electronic_date_leads_because_print_lies_ahead():
    one = entry()
    assert (one.published.day, one.published.precision, one.published.doubt) == ("2026-11-03", Precision.DAY, "")
    assert one.updated.day == "2026-11-10"


@pytest.mark.parametrize(
    ("issue", "day", "precision"),
    [
        ("<Year>2026</Year><Month>Sep</Month><Day>7</Day>", "2026-09-07", Precision.DAY),
        ("<Year>2026</Year><Month>09</Month>", "2026-09", Precision.MONTH),
        ("<Year>2026</Year><Season>Spring</Season>", "2026", Precision.YEAR),
        ("<Year>2026</Year><Month>Feb</Month><Day>30</Day>", "2026", Precision.YEAR),
        ("<MedlineDate>2026 Jul-Sep</MedlineDate>", "2026", Precision.YEAR),
        ("<MedlineDate>2026 Nov 5-12</MedlineDate>", "2026-11", Precision.MONTH),
        ("<MedlineDate>2026 Spring</MedlineDate>", "2026", Precision.YEAR),
    ],
)
def test_a_print_date_is_only_as_exact_as_it_stands(issue, day, precision):
    when = entry(dates="", issue=issue).published
    assert (when.day, when.precision) == (day, precision)
    assert when.raw.split()[0] == "2026"


@pytest.mark.parametrize("issue", ["<MedlineDate>2025 Dec-2026 Jan</MedlineDate>", "<MedlineDate>soon</MedlineDate>"])
def test_a_date_that_names_no_one_year_is_not_invented(issue):
    one = entry(dates="", issue=issue)
    assert one.published is None
    assert one.doubts[0].startswith("date not understood: ")


def test_a_print_date_that_lies_ahead_is_doubted():
    assert entry(dates="").published.doubt == "in the future"


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("RetractionIn", "retracted-publication"),
        ("RetractedandRepublishedIn", "retracted-publication"),
        ("ExpressionOfConcernIn", "expression-of-concern"),
        ("ErratumIn", "corrected-publication"),
        ("RetractionOf", "retraction-notice"),
        ("ExpressionOfConcernFor", "expression-of-concern"),
        ("ErratumFor", "correction"),
    ],
)
def test_what_happened_to_a_paper_is_read_from_its_links(kind, mark):
    assert entry(links=link(kind)).types[0] == mark


@pytest.mark.parametrize("name", ["Retraction Notice", "Retraction of Publication"])
def test_both_names_of_a_retraction_notice_are_known(name):
    assert "retraction-notice" in entry(types=f"<PublicationType>{name}</PublicationType>").types


def test_a_partial_retraction_is_a_concern_and_no_withdrawal():
    types = entry(links=link("PartialRetractionIn")).types
    assert "expression-of-concern" in types
    assert "retracted-publication" not in types


def test_other_links_befall_nobody():
    assert entry(links=link("CommentIn") + link("UpdateOf") + link("ErratumTo")).types == ("journal article",)


def test_the_gravest_stands_first():
    types = entry(links=link("ErratumIn") + link("ExpressionOfConcernIn") + link("RetractionIn")).types
    assert types[:3] == ("retracted-publication", "expression-of-concern", "corrected-publication")


def test_a_notice_titled_retracted_is_a_notice():
    one = entry(title="Retracted: “CAR T cells in lupus”", types="<PublicationType>Retraction Notice</PublicationType>")
    assert "retraction-notice" in one.types
    assert "retracted-publication" not in one.types


def test_a_title_tells_where_pubmed_does_not_yet():
    assert entry(title="RETRACTED: CAR T cells in lupus").types[0] == "retracted-publication"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("J Ex. 2025;1(2):3. doi: 10.5555/withdrawn.1.", "No word of it."),
        ("J Ex. 2025;1(2):3", "[This retracts the article DOI: 10.5555/withdrawn.1.]"),
    ],
)
def test_a_retraction_notice_names_the_paper_it_takes_back_where_it_can(source, text):
    one = entry(links=link("RetractionOf", source), abstract=f"<AbstractText>{text}</AbstractText>")
    assert one.retracts == "10.5555/withdrawn.1"


def test_a_retracted_paper_takes_nothing_back():
    one = entry(links=link("RetractionIn", "doi: 10.5555/notice"))
    assert one.retracts is None


def test_a_notice_that_gives_no_doi_leaves_it_open():
    assert entry(links=link("RetractionOf", "J Ex. 2025;1(2):3")).retracts is None


def test_a_title_that_pubmed_translated_says_so():
    one = entry(title="[Myositis: from [18F]FDG to diagnosis].", language="fre")
    assert (one.title, one.language) == ("Myositis: from [18F]FDG to diagnosis", "fr")
    assert one.doubts == ("title translated by PubMed",)


def test_a_title_that_is_not_available_gives_way_to_the_papers_own():
    one = entry(title="[Not Available].", after="<VernacularTitle>El modelo.</VernacularTitle>", language="spa")
    assert (one.title, one.language) == ("El modelo", "es")


def test_people_and_groups_are_authors():
    listed = (
        "<AuthorList><Author><LastName>Example</LastName><ForeName>Anna</ForeName></Author>"
        "<Author><CollectiveName>The Study Group</CollectiveName></Author></AuthorList>"
    )
    assert entry(after=listed).authors == ("Anna Example", "The Study Group")


def test_a_book_chapter_is_read_like_a_paper():
    chapter = """<PubmedBookArticle><BookDocument><PMID>30000001</PMID><ArticleIdList><ArticleId IdType="bookaccession">
    NBK1</ArticleId><ArticleId IdType="doi">10.5555/book.1</ArticleId></ArticleIdList><Book><BookTitle>StatBook</BookTitle>
    <PubDate><Year>2026</Year><Month>01</Month></PubDate></Book><ArticleTitle>Lupus</ArticleTitle>
    <Language>eng</Language><PublicationType>Study Guide</PublicationType><Abstract><AbstractText>An overview.
    </AbstractText></Abstract><ContributionDate><Year>2026</Year><Month>10</Month><Day>31</Day></ContributionDate>
    </BookDocument></PubmedBookArticle>"""
    both = page(chapter, paper())
    one = both.entries[0]
    assert (one.title, one.ids.pmid, one.ids.doi, one.summary) == (
        "Lupus",
        "30000001",
        "10.5555/book.1",
        "An overview.",
    )
    assert (one.published.day, one.types) == ("2026-10-31", ("study guide",))
    assert both.parsed == 2


def test_a_citation_that_can_not_be_told_of_costs_only_itself():
    told = page(paper(title=""), paper(pmid=""), "<PubmedArticle/>", paper())
    assert [e.ids.pmid for e in told.entries] == ["40000001"]
    assert (told.parsed, told.note) == (4, "3 citations could not be read")


def test_declared_entities_are_refused_in_any_encoding():
    bomb = '<!DOCTYPE p [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><PubmedArticleSet>&b;</PubmedArticleSet>'
    for body in (bomb.encode(), bomb.encode("utf-16"), f"\n\n{bomb}".encode()):
        with pytest.raises(SourceError, match="declares XML entities"):
            read(SOURCE, Request("x", step="fetch"), body, {}, WINDOW)


def test_a_doctype_without_entities_is_no_harm():
    body = '<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://d.example/p.dtd">'
    body += f"<PubmedArticleSet>{paper()}</PubmedArticleSet>"
    assert len(read(SOURCE, Request("x", step="fetch"), body.encode(), {}, WINDOW).entries) == 1


def test_pubmeds_own_error_in_xml_is_told():
    with pytest.raises(SourceError, match="Cannot process ID list"):
        read(SOURCE, Request("x"), b"<eFetchResult><ERROR>Cannot process ID list</ERROR></eFetchResult>", {}, WINDOW)


def real(name):
    return read(SOURCE, Request("x", step="fetch"), (CAPTURES / name).read_bytes(), {}, WINDOW).entries


@captured
@pytest.mark.captures
def test_every_real_citation_is_read_with_title_number_and_date():
    counts = {}
    for path in sorted(CAPTURES.glob("*.xml")):
        told = read(SOURCE, Request("x", step="fetch"), path.read_bytes(), {}, WINDOW)
        assert len(told.entries) == told.parsed == path.read_text("utf-8").count("<PubmedArticle>")
        assert all(e.title and e.ids.pmid and e.published for e in told.entries)
        assert not any("<" in e.title or e.title.endswith(("].", "..")) for e in told.entries)
        counts[path.name] = told.parsed
    assert sum(counts.values()) == 158


@captured
@pytest.mark.captures
def test_every_real_retracted_paper_is_marked_and_no_notice_is():
    assert all(e.types[0] == "retracted-publication" for e in real("retraction_in.xml"))
    for notice in real("retraction_of.xml"):
        assert notice.types[0] == "retraction-notice"
        assert "retracted-publication" not in notice.types


@captured
@pytest.mark.captures
def test_a_real_notice_with_the_very_title_of_its_paper_is_a_notice():
    papers = {e.ids.pmid: e for e in (*real("retraction_in.xml"), *real("retraction_of.xml"))}
    withdrawn, notice = papers["27602157"], papers["34093767"]
    assert withdrawn.title == notice.title
    assert withdrawn.types[0] == "retracted-publication"
    assert notice.types[0] == "retraction-notice"
    assert notice.retracts == withdrawn.ids.doi == "10.3892/ol.2016.4904"


@captured
@pytest.mark.captures
def test_a_real_concern_is_seen_though_no_publication_type_tells():
    doubted, notice = real("expression_of_concern.xml")
    assert doubted.types == ("expression-of-concern", "journal article")
    assert "expression of concern" in notice.types


@captured
@pytest.mark.captures
def test_a_real_correction_leaves_the_paper_a_paper():
    for one in real("erratum_in.xml"):
        assert one.types[0] == "corrected-publication"
        assert "correction" not in one.types
