"""M and B, what needs logic: the parts of the message, their words and sizes, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pipeline.errors import Fault
from pipeline.language.shipped import word_list
from pipeline.proof.finished import TAG, TOKEN, Finished
from pipeline.text import folded, word_count

REFUSED = 100_000
"""Bytes of HTML that must not go out."""

_FIRST = 10_240
_ORDERS = [["text/plain", kind] for kind in ("text/html", "multipart/related")]
_REDIRECTORS = tuple(word_list("pipeline.proof", "lists.yml", "redirectors"))
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?:/\S*)?")
_ADDRESS = re.compile(r"https?://\S+|mailto:\S+")
_ALONE = re.compile(r"\W*(?:https?://|mailto:|[^\s@]+@)\S*|\W*")
_LINE = 72


def m1(mail: Finished) -> Iterator[Fault]:
    """Look at the parts of the message, their order and encoding, and hold them to the two files."""
    parts = list(mail.message.iter_parts()) if mail.message.is_multipart() else []
    kinds = [each.get_content_type() for each in parts]
    if mail.message.get_content_type() != "multipart/alternative" or kinds not in _ORDERS:
        yield mail.where(f"has to be multipart/alternative of text and HTML, not {', '.join(kinds) or 'one part'}")
    for part in mail.message.walk():
        if part.get_content_maintype() == "text":
            coding = str(part.get("Content-Transfer-Encoding", "7bit")).lower()
            if part.get_content_charset() != "utf-8" or coding not in {"quoted-printable", "base64"}:
                yield mail.where(f"{part.get_content_type()} has to be UTF-8 as quoted-printable or base64")
    if max(map(len, mail.raw.split(b"\r\n"))) > 998:
        yield mail.where("a line is longer than 998 octets")
    if mail.words.split() != mail.text.split():
        yield mail.where("its text is not that of email.txt")
    if mail.pages[0].seen.split() != mail.sent.seen.split():
        yield mail.where("its HTML says other words than email.html")
    ours, theirs = ([link.get("href") for link in page.all("a")] for page in mail.pages)
    if ours != theirs:
        yield mail.where("the links of its HTML lead elsewhere than those of email.html")


def m2(mail: Finished) -> Iterator[Fault]:
    """Hold the text part to the headings, addresses and number of words of the HTML."""
    # An address that holds the tag of a mailing tool may hold blanks: it has a line of its own.
    addresses = set(map(_bare, (*mail.words.split(), *map(str.strip, mail.words.splitlines()))))
    words = _same(mail.words)
    for heading in mail.sent.all("h1", "h2", "h3"):
        if _same(heading.text_content()) not in words:
            yield mail.sent.fault(heading, "is not in the text part")
    for page, link in mail.links():
        if page is mail.sent and link.get("href").startswith("http") and _bare(link.get("href")) not in addresses:
            yield page.fault(link, f"leads to {link.get('href')}, which is not in the text part")
    # A word that is wider than a line of the text stands there as several.
    html = sum(len(folded(word, _LINE)) for word in mail.sent.seen.split())
    text = len(_ADDRESS.sub("", mail.words).split())
    if not 0.8 * html <= text <= 1.2 * html:
        yield mail.where(f"the text part has {text} words, the HTML {html}: between 0.8 and 1.2 times as many are fine")


def m3(mail: Finished) -> Iterator[Fault]:
    """Measure the lines of the text."""
    for n, line in enumerate(mail.text.splitlines(), 1):
        if len(line) > 78 and not _ALONE.fullmatch(TAG.sub("", line)):
            yield mail.where(f"the line has {len(line)} characters", "email.txt", n)


def m4(mail: Finished) -> Iterator[Fault]:
    """Weigh the message and look for attachments."""
    if len(mail.raw) >= 10_000_000:
        yield mail.where(f"has {len(mail.raw):,} bytes")
    for part in mail.message.walk():
        if part.get_content_disposition() == "attachment":
            yield mail.where(f"attaches {part.get_filename() or part.get_content_type()}")


def m5(mail: Finished) -> Iterator[Fault]:
    """Weigh the HTML, and look at what stands in its first 10 KB."""
    for page in mail.pages:
        if (size := len(page.text.encode())) > REFUSED:
            yield page.fault(page.root, f"has {size:,} bytes, more than {REFUSED:,}")
    first = mail.sent.text.encode()[:_FIRST].decode("utf-8", "ignore")
    early = [_bare(each) for each in re.findall(r"href\s*=\s*[\"']([^\"']*)", first)]
    if mail.ways() and not any(_bare(way) in early for way in mail.ways()):  # that there is one is H3's matter
        yield mail.where("no link of the first 10 KB of the HTML is the way to leave of List-Unsubscribe")
    if mail.own() and not any(each.startswith(tuple(map(_bare, mail.own()))) for each in early):
        yield mail.where("no link of the first 10 KB of the HTML leads to the issue online")


def m6(mail: Finished) -> Iterator[Fault]:
    """Look at where every link leads, and at what its words say of that."""
    ways = mail.ways() if mail.named("List-Unsubscribe-Post") else []
    tokens = [found[0] for way in ways if (found := TOKEN.search(way))]
    for page, link in mail.links():
        target, words = link.get("href").strip(), link.text_content().strip().lower()
        found = re.match(r"https://(?:www\.)?([^/?#:]+)", target)
        host, shown = found[1] if found else "", _HOST.fullmatch(words)
        if not target.startswith(("https://", "mailto:", "tel:")) and not TAG.fullmatch(unquote(target)):
            yield page.fault(link, f"“{target}” is not a whole https address")
        elif re.search(r"[?&]utm_", target) or f".{host}".endswith(_REDIRECTORS):
            yield page.fault(link, f"“{target}” follows the reader")
        elif target not in ways and any(token in target for token in tokens):
            yield page.fault(link, f"“{target}” has the reader's own token and is no way to leave")
        elif shown and host and shown[1] != host.lower():
            yield page.fault(link, f"says {shown[1]} and leads to {host}")


def m7(mail: Finished) -> Iterator[Fault]:
    """Look at where pictures come from, and weigh those that come along."""
    cids = {str(part.get("Content-ID", "")).strip("<>"): part for part in mail.message.walk() if part.get("Content-ID")}
    for page, image in ((each, image) for each in mail.pages for image in each.all("img")):
        source = image.get("src", "")
        if not (source.removeprefix("cid:") in cids if source.startswith("cid:") else source.startswith(mail.own())):
            yield page.fault(image, f"“{source}” is neither in the message nor of the newsletter's own archive")
    shown = {image.get("src", "").removeprefix("cid:") for image in mail.sent.all("img")}
    for cid, part in cids.items():
        if cid not in shown:
            yield mail.where(f"the picture {cid} comes along and is shown nowhere")
        if len(part.get_payload(decode=True) or b"") > 200_000:
            yield mail.where(f"the picture {cid} has more than 200,000 bytes")


def b1(mail: Finished) -> Iterator[Fault]:
    """Weigh the HTML."""
    for page in mail.pages:
        if (size := len(page.text.encode())) > mail.bounds.bytes:
            yield page.fault(page.root, f"has {size:,} bytes, more than {mail.bounds.bytes:,}")


def b2(mail: Finished) -> Iterator[Fault]:
    """Count the words that a reader sees, those hidden for the list of messages apart."""
    if (words := word_count(mail.sent.seen)) > mail.bounds.words:
        yield mail.sent.fault(mail.sent.root, f"has {words:,} words, more than {mail.bounds.words:,}")


def _same(text: str) -> str:
    """Bring words to one form to compare them: no folding of lines, no underlining, no addresses, no blanks.

    A sign of no width is left out, as the text breaks by one what a mailing tool would take for a tag of its own.
    """
    words = _ADDRESS.sub("", text).replace("\u200c", "")
    return "".join(re.sub(r"(?m)^[\s=~_*#-]+$|^#+ ", "", words).split())


def _bare(address: str) -> str:
    return unquote(address.replace("&amp;", "&")).strip("<>().,;").rstrip("/")
