"""DOIs: found in fields, addresses and running text, and brought to one form; none is ever cut.

A suffix may hold any printable sign (doi.org/the-identifier/resources/handbook, 2.2), and older ones do:
`10.1002/(SICI)1096-9861(19960129)365:1<113::AID-CNE9>3.0.CO;2-6`. A DOI that has lost its end names another paper,
or none, so where it ends depends on where it stands: a field that is there to identify holds nothing else, an address
ends at its query, and in running text a white space ends it, with the marks of the sentence around it.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urlsplit

PREFIX = r"10\.[0-9]{4,9}(?:\.[0-9]+)*"
"""A registrant's prefix, as part of a pattern."""

LONGEST = 1_000
"""What is longer is no DOI; it isn't cut to one."""


def registered(value: str) -> str | None:
    """Read a DOI as its own register or PubMed gives it: sign for sign, only in lower case; None for none."""
    value = _SCHEME.sub("", value.strip())
    return _lower(value) if len(value) <= LONGEST and _WHOLE.fullmatch(value) else None


def in_field(field: str) -> str | None:
    """Find the DOI in an identifying field or an address: lower case, no resolver, no publisher's view of it.

    bioRxiv's and medRxiv's v1, v2 name one preprint and are cut, as no DOI of theirs ends so; views such as /full,
    and queries such as ?af=R, are cut from publishers' addresses alone.
    """
    if "10." not in field:
        return None
    field = field.strip()
    if field.lower().startswith(("http:", "https:")):
        return _in_address(field)
    bare = unquote(unescape(_SCHEME.sub("", field)))
    if _WHOLE.fullmatch(bare):
        return _checked(re.sub(r"(?<=[^.,])[.,]+$", "", bare))
    return next(iter(in_text(unquote(field))), None)


def in_text(text: str) -> tuple[str, ...]:
    """Find the DOIs that running text names, in order, in addresses too."""
    found = []
    for token in (part for word in _TOKENS.findall(text[:20_000]) for part in _ADDRESS.split(word)):
        if token.lower().startswith(("http:", "https:")):
            found.append(_in_address(_sentence(token)))
        else:
            found += [_checked(_sentence(each)) for each in _START.split(token)[1:]]
    return tuple(dict.fromkeys(doi for doi in found if doi))


def is_preprint(doi: str | None) -> bool:
    """Tell whether a DOI is one of a server for preprints."""
    return doi is not None and _SERVERS.match(doi) is not None


_SCHEME = re.compile(r"^\s*(?:info:doi/|urn:doi:|(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*)", re.IGNORECASE)
_WHOLE = re.compile(rf"{PREFIX}/[^\s\x00-\x1f\x7f]+")
_TOKENS = re.compile(rf"\S*{PREFIX}(?:/|%2[Ff])\S+")
# An address holds no quotation mark, and what stands behind one is read for itself.
_ADDRESS = re.compile(r"(?=https?://)|(?<=\w)\"", re.IGNORECASE)
# Split before every DOI of a token: "10.1000/a;10.1000/b" are two. A DOI may hold another's beginning behind a letter,
# a digit or a slash.
_START = re.compile(rf"(?:^|(?<=[\s(\[{{<>\"'“”‘’«»:=;,|])|(?<=doi))(?={PREFIX}/)", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:dx\.|www\.)?doi\.org|hdl\.handle\.net", re.IGNORECASE)
_VIEW = re.compile(
    r"(?:(?<=[^/])/(?:full|fulltext|full-text|abstract|abs|pdf|epdf|meta|html|summary|references)(?:/[^/]*)?"
    r"|\.(?:full|abstract|short|long|full-text|full\.pdf|pdf|full\.html|html?))/?$",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"^(10\.(?:1101|64898)/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{5,9})v[0-9]{1,2}(?:[./].*)?$", re.IGNORECASE
)
# medRxiv and bioRxiv, Research Square, Preprints.org, SSRN. 10.1101 also has journals, which use letters.
_SERVERS = re.compile(
    r"10\.1101/(?:\d{4}\.|\d{5,9}(?:v\d|$))|10\.64898/|10\.21203/rs\.|10\.20944/preprints|10\.2139/ssrn", re.IGNORECASE
)
_TAG = re.compile(r"</?(?:a|p|b|i|em|br|li|ul|ol|td|tr|div|sub|sup|span|strong|jats:\w+)\b[^<>]*/?>?.*", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def _in_address(address: str) -> str | None:
    """Find the DOI in the path of an address; on a resolver all behind the host is the DOI."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    resolver = _RESOLVER.fullmatch(parts.netloc) is not None
    path = unquote(parts.path)
    found = re.search(rf"(?:^|[/:=(])({PREFIX}/.+)", path)
    if found is None:
        return None
    name = found[1]
    if resolver:
        # A question mark belongs to the DOI unless parameters follow, as resolvers and trackers have them.
        return _checked(name + (f"?{unquote(parts.query)}" if parts.query and "=" not in parts.query else ""))
    name = name.rstrip("/")
    shorter = _VIEW.sub("", name)
    return _checked(shorter if _WHOLE.fullmatch(shorter) else name)


def _sentence(name: str) -> str:
    """Strip what a sentence put around a DOI; a closing bracket stays where its opening one is inside."""
    name = _TAG.sub("", name)
    while name and (
        name[-1] in ".,;:!?*…\"'“”‘’«»|" or (name[-1] in _PAIRS and name.count(name[-1]) > name.count(_PAIRS[name[-1]]))
    ):
        name = name[:-1]
    return name


def _checked(name: str) -> str | None:
    """Bring to one form what may be a DOI; None for what is none."""
    name = _VERSION.sub(r"\1", name)
    return _lower(name) if len(name) <= LONGEST and _WHOLE.fullmatch(name) else None


def _lower(name: str) -> str:
    """Fold the case of ASCII letters, as the handbook has it; other letters tell DOIs apart."""
    return "".join(c.lower() if c.isascii() else c for c in name)
