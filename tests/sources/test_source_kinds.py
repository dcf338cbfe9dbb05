"""Every kind of source is found by its file's name and keeps to one shape."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from pipeline.errors import SourceError, UsageError
from pipeline.model.source import Request, Source, Window
from pipeline.sources import Kind, kind, kinds, names

WINDOW = Window(date(2026, 11, 1), date(2026, 11, 22))


def test_every_kind_is_found_and_loads():
    assert {"clinicaltrials", "crossref", "feed", "pubmed"} <= set(names())
    assert set(kinds()) == set(names())


@pytest.mark.parametrize("name", names())
def test_a_kind_keeps_to_the_shape(name):
    found = kind(name)
    source = Source(key="s", kind=name, name="S", url="https://api.example.org/v1")
    assert isinstance(found, Kind)
    assert found.what.endswith(".")
    assert found.options is None or all(
        f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING
        for f in dataclasses.fields(found.options)
    )
    for request in found.first(source, WINDOW):
        assert request.url.startswith("https://api.example.org/v1")


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe\x00",
        b"Resource not found.",
        b"{",
        b"[]",
        b"null",
        b'{"message": [], "esearchresult": 7}',
        b"<html><body>Sorry</body></html>",
        b"<unclosed",
        b"[" * 100_000,
        b"<a>" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>',
    ],
    ids=lambda body: body[:12].decode("latin-1"),
)
def test_bad_bytes_are_an_error_of_the_source_and_nothing_else(name, body):
    source = Source(key="s", kind=name, name="S", url="https://api.example.org/v1")
    for step in ("", "search", "fetch", "fetch wanted=pmid:1 then=2,3"):
        with pytest.raises(SourceError):
            kind(name).read(source, Request("https://api.example.org/v1", step=step), body, {}, WINDOW)


def test_an_unknown_kind_is_told_with_the_nearest_name():
    with pytest.raises(UsageError, match="pubmed"):
        kind("pubmd")


@pytest.mark.parametrize(
    ("name", "known", "unknown"),
    [
        ("pubmed", ("38381673", "10.1056/nejmoa2308917"), ("NCT06189157", "lupus", "", "0", "1234567890")),
        ("europepmc", ("38381673", "10.1056/nejmoa2308917"), ("NCT06189157", "lupus", "", "0", "1234567890")),
        ("crossref", ("10.1056/nejmoa2308917",), ("38381673", "NCT06189157", "lupus", "", "10.1056/../works")),
    ],
)
def test_an_index_is_asked_only_for_names_it_can_know(name, known, unknown):
    lookup = kind(name).lookup
    source = Source(key="s", kind=name, name="S", url="https://api.example.org/v1")
    assert lookup is not None
    assert all(lookup(source, each) is not None for each in known)
    assert all(lookup(source, each) is None for each in unknown)
