"""The demo's server speaks as real publishers and a real registry do, and each month stands in its own state."""

from __future__ import annotations

import gzip
import http.client
import io
import json
import re
import socket
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest

from pipeline.demo import feeds, registry
from pipeline.demo.content import MONTHS, TODAY, world
from pipeline.demo.server import DemoServer
from pipeline.demo.words import decisions
from pipeline.errors import UsageError
from pipeline.model.names import Status

MAY, JUNE = MONTHS


def get(server: DemoServer, path: str, **headers: str):
    """Ask as a plain client would: no redirect followed, no coding undone."""
    link = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    try:
        link.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = link.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        link.close()


# --- feeds over HTTP -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", MONTHS)
def test_each_xml_feed_parses_cleanly_and_yields_what_it_lists(month):
    dialects = {"rdf": "rss10", "rss": "rss20", "wordpress": "rss20", "latin1": "rss20", "atom": "atom10"}
    seen = set()
    for source, plan in world().plans.items():
        if plan.dialect == "json":
            continue
        parsed = feedparser.parse(io.BytesIO(feeds.document(source, month).body), resolve_relative_uris=False)
        listed = world().listed(source, month)
        assert not parsed.bozo, (source, parsed.get("bozo_exception"))
        assert parsed.version == dialects[plan.dialect]
        assert [(e.title, e.link) for e in parsed.entries] == [(t.feed.title, t.feed.link) for t in listed]
        assert [e.summary for e in parsed.entries] == [t.feed.summary for t in listed]
        seen.add(parsed.version)
    assert seen == {"rss10", "rss20", "atom10"}


def test_one_feed_is_a_json_feed():
    feed = json.loads(feeds.document("company_orbital", MAY).body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [i["id"] for i in feed["items"]] == ["orb-2026-05-22", "orb-2026-05-18"]


def test_feeds_list_the_newest_entry_first():
    for source in world().plans:
        days = [t.feed.published[:10] for t in world().listed(source, JUNE)]
        assert all(a >= b for a, b in pairwise(days))


def test_each_validator_alone_is_answered_with_304_and_no_body():
    with DemoServer() as server:
        for plan in world().plans.values():
            status, headers, body = get(server, plan.path)
            assert (status, bool(body)) == (200, True)
            for ask in ({"If_None_Match": headers["ETag"]}, {"If_Modified_Since": headers["Last-Modified"]}):
                status, again, body = get(server, plan.path, **ask)
                assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
            assert get(server, plan.path, If_None_Match='"other"')[0] == 200
            assert get(server, plan.path, If_Modified_Since="nonsense")[0] == 200


def test_one_feed_comes_gzipped_to_those_who_can_read_it():
    path = world().plans["biotrade"].path
    with DemoServer() as server:
        _, plain_headers, plain = get(server, path)
        _, headers, packed = get(server, path, Accept_Encoding="gzip, deflate")
    assert "Content-Encoding" not in plain_headers
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain


def test_june_brings_one_moved_one_gone_one_apology_and_one_that_says_nothing_new():
    plans = world().plans
    with DemoServer(JUNE) as server:
        status, headers, _ = get(server, plans["biotrade"].path)
        assert status == 301
        assert headers["Location"] == server.url + plans["biotrade"].moved_to
        assert get(server, plans["biotrade"].moved_to)[0] == 200
        assert get(server, plans["localnews"].path)[0] == 410
        status, headers, body = get(server, plans["sciencepress"].path)
        assert (status, headers["Content-Type"].partition(";")[0]) == (200, "text/html")
        assert b"apologise" in body
        quiet = get(server, plans["prexiv"].path)[2]
        server.month = MAY
        assert get(server, plans["prexiv"].path)[2] == quiet
        assert get(server, plans["localnews"].path)[0] == 200
    newest = datetime.fromisoformat(world().listed("prexiv", JUNE)[0].feed.published).date()
    assert plans["prexiv"].every == "1 week"
    assert (TODAY[MAY] - newest).days <= 21 < (TODAY[JUNE] - newest).days


def test_junes_journal_still_lists_mays_papers_beside_the_retraction():
    may = {t.demo_id for t in world().listed("jei", MAY)}
    june = {t.demo_id for t in world().listed("jei", JUNE)}
    assert may < june
    assert "demo-010" in june - may
    told = next(t for t in world().entries if t.demo_id == "demo-010")
    printed = {k for d in decisions(MAY) if d.status is Status.APPROVED for k in d.keys}
    assert f"doi:{told.retracts['doi']}" in printed


def test_the_server_is_silent_and_gone_when_the_demo_ends(capfd):
    with DemoServer() as server:
        port = urlsplit(server.url).port
        assert get(server, "/nowhere")[0] == 404
        assert get(server, "/api/v2/nowhere")[0] == 400
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
    assert capfd.readouterr() == ("", "")


def test_only_the_two_months_can_be_played():
    with DemoServer() as server, pytest.raises(UsageError, match="2026-07"):
        server.month = "2026-07"


# --- the registry ----------------------------------------------------------------------------------------------------


def test_pages_hold_every_study_once_and_only_the_last_has_no_token():
    with DemoServer(JUNE) as server:
        seen, token = [], ""
        while True:
            _, _, body = get(server, f"/api/v2/studies?pageSize=4&countTotal=true{token}")
            page = json.loads(body)
            seen += [registry.number(s) for s in page["studies"]]
            if "nextPageToken" not in page:
                break
            token = f"&pageToken={page['nextPageToken']}"
        assert seen == [s.nct for s in world().studies]
        ids = json.loads(get(server, "/api/v2/studies?filter.ids=NCT99990003|nct99990010")[2])["studies"]
        assert [registry.number(s) for s in ids] == ["NCT99990003", "NCT99990010"]
        assert get(server, "/api/v2/studies?pageSize=x")[0] == 400
        one = json.loads(get(server, "/api/v2/studies/NCT99990004")[2])
        assert one["protocolSection"]["statusModule"]["whyStopped"].startswith("Slow enrolment")
        status, headers, _ = get(server, "/api/v2/studies/NCT99990099")
        assert (status, headers["Content-Type"].partition(";")[0]) == (404, "text/plain")


def test_version_tells_a_day_within_the_month():
    with DemoServer() as server:
        for month in MONTHS:
            server.month = month
            stamp = json.loads(get(server, "/api/v2/version")[2])["dataTimestamp"]
            assert stamp.startswith(month)


def moved_fields(nct: str) -> dict[str, tuple[Any, Any]]:
    """Flatten one study in both months and keep what differs."""

    def flat(value, path=""):
        if isinstance(value, dict):
            return {k: v for name, inner in value.items() for k, v in flat(inner, f"{path}.{name}").items()}
        return {path.lstrip("."): value}

    may, june = (flat(registry.study(nct, m)) for m in MONTHS)
    changed = {k: (may.get(k), june.get(k)) for k in may.keys() | june.keys() if may.get(k) != june.get(k)}
    return {
        k.rpartition("Module.")[2]: v for k, v in changed.items() if not re.search(r"Update|versionHolder|Verified", k)
    }


def test_june_sees_each_study_move_as_its_event_says():
    assert moved_fields("NCT99990003")["overallStatus"] == ("RECRUITING", "ACTIVE_NOT_RECRUITING")
    assert moved_fields("NCT99990003")["enrollmentInfo.count"] == (12, 9)
    assert moved_fields("NCT99990004")["overallStatus"] == ("RECRUITING", "TERMINATED")
    assert moved_fields("NCT99990004")["whyStopped"] == (
        None,
        "Slow enrolment; interim review showed low response rate",
    )
    design = moved_fields("NCT99990005")
    assert design["designInfo.allocation"] == ("RANDOMIZED", "NA")
    assert design["designInfo.maskingInfo.masking"] == ("SINGLE", "NONE")
    assert design["maximumAge"] == ("65 Years", "75 Years")
    assert [len(a) for a in design["armGroups"]] == [3, 1]
    assert "Versus Standard of Care" in design["briefTitle"][0]
    assert "Open-label Study of Vel" in design["briefTitle"][1]
    assert "overallStatus" not in design
    assert moved_fields("NCT99990006")["hasResults"] == (False, True)
    assert [len(x) for x in moved_fields("NCT99990001")["locations"]] == [2, 3]
    assert moved_fields("NCT99990008")["overallStatus"] == ("NOT_YET_RECRUITING", "WITHDRAWN")
    assert moved_fields("NCT99990008")["enrollmentInfo.count"] == (20, 0)
    assert moved_fields("NCT99990009")["overallStatus"] == ("NOT_YET_RECRUITING", "RECRUITING")
    assert registry.study("NCT99990010", MAY) is None


def test_one_study_moves_in_nothing_but_its_dates():
    assert moved_fields("NCT99990002") == {}
    may, june = (registry.study("NCT99990002", m) for m in MONTHS)
    assert may != june


def test_posted_results_carry_the_counts_of_harm():
    study: Any = registry.study("NCT99990006", JUNE)
    group = study["resultsSection"]["adverseEventsModule"]["eventGroups"][0]
    assert (group["seriousNumAffected"], group["seriousNumAtRisk"]) == (7, 40)
