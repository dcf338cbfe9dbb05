"""PubMed's XML (efetch) as entries: papers and book chapters, with what happened to them.

Elements follow NLM's own description of its XML (nlm.nih.gov/bsd/licensee/elements_descriptions.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import escape
from xml.etree import ElementTree as ET

from pipeline.errors import SourceError
from pipeline.language import dois
from pipeline.model.entry import Entry, Ids
from pipeline.model.integrity import Integrity
from pipeline.model.source import Source
from pipeline.sources.parts import clean, ids, notices
from pipeline.sources.parts.answer import said
from pipeline.sources.parts.integrity import gravest_first
from pipeline.sources.parts.issued import dated
from pipeline.sources.parts.sniff import decode
from pipeline.text import canonical_link, clip, plain

PAGE = "https://pubmed.ncbi.nlm.nih.gov/"
SUMMARY = 4_000
TITLE = 500


def read_citations(body: bytes, source: Source, today: date) -> tuple[tuple[Entry, ...], int]:
    """Read an answer of efetch into entries, in its order; second counts the citations the document held.

    Raises SourceError for what is not PubMed's XML, with `page` set for web pages. A citation without number or
    title costs only itself.
    """
    root = _root(body)
    found = [c for c in root if c.tag in ("PubmedArticle", "PubmedBookArticle")]
    try:
        made = [_entry(c, source, today) for c in found]
    except RecursionError as broken:
        raise SourceError("PubMed’s answer is nested too deeply") from broken
    return tuple(entry for entry in made if entry is not None), len(found)


_SETS = ("PubmedArticleSet", "PubmedBookArticleSet")
_MARKUP = {"i": "em", "b": "strong", "sup": "sup", "sub": "sub"}
_OF_TYPE = {
    "retracted publication": Integrity.RETRACTED,
    "retraction notice": Integrity.RETRACTION_NOTICE,
    "retraction of publication": Integrity.RETRACTION_NOTICE,
    "expression of concern": Integrity.CONCERN,
    "published erratum": Integrity.CORRECTION_NOTICE,
}
# "In" stands on the paper that bears the notice, "Of" and "For" on the notice itself.
_OF_LINK = {
    "RetractionIn": (Integrity.RETRACTED,),
    "RetractedandRepublishedIn": (Integrity.RETRACTED,),
    "PartialRetractionIn": (Integrity.CONCERN, Integrity.PARTIAL),
    "ExpressionOfConcernIn": (Integrity.CONCERN,),
    "ErratumIn": (Integrity.CORRECTED,),
    "CorrectedandRepublishedIn": (Integrity.CORRECTED,),
    "RetractionOf": (Integrity.RETRACTION_NOTICE,),
    "PartialRetractionOf": (Integrity.CORRECTION_NOTICE, Integrity.PARTIAL),
    "ExpressionOfConcernFor": (Integrity.CONCERN,),
    "ErratumFor": (Integrity.CORRECTION_NOTICE,),
}
# ISO 639-2/B, as PubMed writes languages, to the two letters of ISO 639-1.
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "eng:en ger:de fre:fr spa:es ita:it por:pt dut:nl chi:zh jpn:ja kor:ko rus:ru pol:pl tur:tr cze:cs hun:hu "
        "swe:sv "
        "dan:da nor:no fin:fi gre:el heb:he ara:ar per:fa ukr:uk rum:ro hrv:hr srp:sr slv:sl slo:sk bul:bg"
    ).split()
)
_OF_ANOTHER = ("RetractionOf", "ExpressionOfConcernFor", "ErratumFor")
_UNTITLED = re.compile(r"\W*(?:not available|title not available|no title available)\W*", re.IGNORECASE)
# PubMed's sign for a title it translated.
_BRACKETED = re.compile(r"\[(.+)\]\s*\.?")


def _root(body: bytes) -> ET.Element:
    """Parse the document; entities are refused before the parser sees one."""
    text, _ = decode(body, {})
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        raise SourceError("the answer was empty")
    if "<!ENTITY" in text:
        raise SourceError("not read: the document declares XML entities")
    if re.match(r"(?:<!doctype\s+html|<html)\b", text, re.IGNORECASE):
        raise SourceError("a web page came instead of PubMed’s answer", page=True)
    if not text.startswith("<"):
        raise SourceError(said("PubMed", text))
    try:
        root = ET.fromstring(text)  # noqa: S314  entities are refused above, and expat never loads a DTD
    except (ET.ParseError, ValueError) as broken:
        raise SourceError("PubMed’s answer is cut off or is not XML") from broken
    if root.tag in _SETS:
        return root
    if error := plain(" ".join(e.text or "" for e in root.iter("ERROR")), 200):
        raise SourceError(said("PubMed", error))
    raise SourceError(f"not PubMed’s XML: <{plain(str(root.tag), 40)}>")


def _entry(citation: ET.Element, source: Source, today: date) -> Entry | None:
    """Make one entry; None where there is no number or nothing to call it by."""
    core = citation.find("MedlineCitation")
    core = core if core is not None else citation.find("BookDocument")
    if core is None:
        return None
    paper = core.find("Article")
    paper = paper if paper is not None else core
    pmid = _text(core.find("PMID"))
    title, doubts = _title(core, paper)
    abstract, shown = _abstract(paper)
    if not re.fullmatch(r"[0-9]{1,9}", pmid) or not title:
        return None
    doi = _doi(citation, paper)
    (published, revised), remarks = dated(core, paper, today)
    types = _types(core, paper, title)
    targets = _targets(core, types, f"{title} {abstract}", doi)
    link = f"{PAGE}{pmid}/"
    return Entry(
        source=source.key,
        title=title,
        ids=Ids(doi=doi, pmid=pmid, link=canonical_link(link)),
        link=link,
        published=published,
        updated=revised,
        summary=clip(abstract, SUMMARY),
        excerpt_html=clean.excerpt(shown, "") if shown else "",
        authors=_authors(paper),
        categories=_categories(core),
        types=types,
        language=_language(paper, source),
        nct_numbers=_nct_numbers(paper, f"{title} {abstract}"),
        retracts=notices.retracted_in(types, targets),
        targets=targets,
        doubts=(*doubts, *remarks),
    )


def _title(core: ET.Element, paper: ET.Element) -> tuple[str, tuple[str, ...]]:
    """Take the title without PubMed's full stop, in the paper's language where there is no other; second are doubts."""
    own = clean.title(_markup(paper.find("ArticleTitle")), TITLE)
    if own and not _UNTITLED.fullmatch(own):
        foreign = _text(paper.find("Language")).lower() not in ("eng", "")
        if foreign and (bracketed := _BRACKETED.fullmatch(own)):
            return _unstopped(bracketed[1]), ("title translated by PubMed",)
        return _unstopped(own), ()
    for place in (paper.find("VernacularTitle"), core.find("Book/BookTitle")):
        if other := clean.title(_markup(place), TITLE):
            return _unstopped(other), ()
    return "", ()


def _unstopped(title: str) -> str:
    """Drop the one full stop that PubMed puts behind every title; "et al." and "..." keep theirs."""
    title = title.strip()
    cut = title.removesuffix(".")
    return title if cut.endswith(".") or re.search(r"\b(?:et al|vs|Inc|[A-Z]\.[A-Z])$", cut) else cut


def _abstract(paper: ET.Element) -> tuple[str, str]:
    """Take the abstract with its labels: as plain text, and as markup for showing."""
    texts: list[str] = []
    shown: list[str] = []
    for part in paper.findall("Abstract/AbstractText"):
        markup = _markup(part)
        text = clean.text(markup)
        if not text:
            continue
        label = plain(part.get("Label") or "", 80).rstrip(":")
        label = "" if label.upper() == "UNLABELLED" else label
        texts.append(f"{label}: {text}" if label else text)
        shown.append(f"<p><strong>{escape(label)}:</strong> {markup}</p>" if label else f"<p>{markup}</p>")
    return clean.neutral(" ".join(texts)), "".join(shown)


def _types(core: ET.Element, paper: ET.Element, title: str) -> tuple[str, ...]:
    """Name what happened to it, gravest first, then PubMed's own publication types in lower case.

    The title's head counts only where PubMed says nothing: notices titled "Retracted: ..." are no papers.
    """
    listed = paper.findall("PublicationTypeList/PublicationType") + paper.findall("PublicationType")
    own = tuple(plain(_text(t), 80).lower() for t in listed[:20])
    said: list[str] = [_OF_TYPE[t] for t in own if t in _OF_TYPE]
    said += [m for name in _link_types(core) for m in _OF_LINK.get(name, ())]
    said = said or list(notices.types(title, (), ()))
    return tuple(dict.fromkeys(t for t in (*gravest_first(said), *own) if t))


def _link_types(core: ET.Element) -> list[str]:
    """List what other papers are to this one."""
    return [link.get("RefType") or "" for link in core.findall("CommentsCorrectionsList/CommentsCorrections")]


def _targets(core: ET.Element, types: tuple[str, ...], text: str, own: str | None) -> tuple[str, ...]:
    """Name the papers a notice is about: by PubMed's links, which give number and DOI, else by the notice's words."""
    linked: list[str] = []
    for link in core.findall("CommentsCorrectionsList/CommentsCorrections"):
        if (link.get("RefType") or "").endswith(_OF_ANOTHER):
            linked += [f"doi:{d}" for d in dois.in_text(_text(link.find("RefSource"))) if d != own]
            pmid = _text(link.find("PMID"))
            linked += [f"pmid:{pmid}"] if re.fullmatch(r"[0-9]{1,9}", pmid) else []
    # The DOIs in the words of a paper that bears a notice are those it cites.
    named = any(key.startswith("doi:") for key in linked) or any(name.endswith("In") for name in _link_types(core))
    return tuple(dict.fromkeys((*linked, *(() if named else notices.targets(types, text, own)))))


def _doi(citation: ET.Element, paper: ET.Element) -> str | None:
    """Find the paper's own DOI; the list of references holds other papers' and is not looked at."""
    own = [e for e in paper.findall("ELocationID") if e.get("EIdType") == "doi" and e.get("ValidYN") != "N"]
    for path in ("PubmedData/ArticleIdList/ArticleId", "BookDocument/ArticleIdList/ArticleId"):
        own += [e for e in citation.findall(path) if e.get("IdType") == "doi"]
    return next((found for e in own if (found := dois.registered(_text(e)))), None)


def _nct_numbers(paper: ET.Element, text: str) -> tuple[str, ...]:
    """List NCT numbers of the databank list, then of the text."""
    listed = " ".join(_text(e) for e in paper.iterfind("DataBankList/DataBank/AccessionNumberList/AccessionNumber"))
    return ids.nct_numbers(f"{listed} {text}")[:50]


def _authors(paper: ET.Element) -> tuple[str, ...]:
    """List names, groups included."""
    names = []
    for author in paper.findall("AuthorList/Author")[:100]:
        parts = [_text(author.find(tag)) for tag in ("ForeName", "LastName", "Suffix")]
        names.append(" ".join(p for p in parts if p) or _text(author.find("CollectiveName")))
    return _lines(names, 20, 100)


def _categories(core: ET.Element) -> tuple[str, ...]:
    """List the authors' keywords, then the paper's chief headings; "Humans" and "Mice" are none of these."""
    words = [clean.text(_markup(k), 80) for k in core.findall("KeywordList/Keyword")[:40]]
    headings = core.findall("MeshHeadingList/MeshHeading")
    words += [_text(h.find("DescriptorName")) for h in headings if any(p.get("MajorTopicYN") == "Y" for p in h)]
    return _lines(words, 20, 80)


def _language(paper: ET.Element, source: Source) -> str:
    """Name the language of the paper in two letters where it has them."""
    given = _text(paper.find("Language")).lower()
    if not re.fullmatch(r"[a-z]{2,3}", given) or given in ("und", "mul"):
        return source.language
    return _LANGUAGES.get(given, given)


def _lines(texts: Iterable[str], most: int, limit: int) -> tuple[str, ...]:
    """Make short plain lines, each once."""
    lines = (clean.neutral(plain(text, limit)) for text in texts)
    return tuple(dict.fromkeys(line for line in lines if line))[:most]


def _text(element: ET.Element | None) -> str:
    """Take an element's text without its markup."""
    return "" if element is None else plain("".join(element.itertext()))


def _markup(element: ET.Element | None) -> str:
    """Write an element's content as HTML: emphasis and raised and lowered figures stay, other tags go."""
    if element is None:
        return ""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        inner, tag = _markup(child), _MARKUP.get(str(child.tag))
        parts += [f"<{tag}>{inner}</{tag}>" if tag else inner, escape(child.tail or "", quote=False)]
    return "".join(parts)
