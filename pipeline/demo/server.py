"""A real HTTP server on the own machine that plays the fictional publishers and their registry, month by month.

    /jei/current.rdf, ...                  feeds in their publishers' dialects, with ETag and Last-Modified; answer 304
    /api/v2/version                        {"apiVersion", "dataTimestamp"}
    /api/v2/studies                        paged by pageSize and pageToken; filter.ids; queries are accepted, one topic
    /api/v2/studies/<NCT>                  one study; 404 as text

In June one feed has moved, one is gone and one answers an apology in HTML.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.demo import registry
from pipeline.demo.content import MONTHS, FeedPlan, world
from pipeline.demo.feeds import APOLOGY, FeedBytes, document
from pipeline.errors import UsageError


class DemoServer:
    """Serve the fictional world on 127.0.0.1 while the `with` block runs.

    `url` is its address, without a slash at the end; setting `month` moves the whole world to that month.
    """

    def __init__(self, month: str = MONTHS[0]) -> None:
        self._server = _Server(("127.0.0.1", 0), _Answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.month = month

    @property
    def url(self) -> str:
        """The address everything is served below."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def month(self) -> str:
        """The month the world is in."""
        return self._server.month

    @month.setter
    def month(self, month: str) -> None:
        if month not in MONTHS:
            raise UsageError(f"The demo knows the months {' and '.join(MONTHS)}, not {month}.")
        self._server.month = month

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    month = MONTHS[0]


class _Answer(BaseHTTPRequestHandler):
    """Answers one connection. A fault of ours must show as a broken test, so nothing is caught here."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        month = self.server.month
        for source, plan in world().plans.items():
            if url.path in (plan.path, plan.moved_to):
                self._feed(source, plan, month, moved=url.path == plan.moved_to)
                return
        parts = [unquote(p) for p in url.path.strip("/").split("/")]
        if parts[:2] == ["api", "v2"]:
            self._registry(parts[2:], {k: v[-1] for k, v in parse_qs(url.query).items()}, month)
        else:
            self._text(HTTPStatus.NOT_FOUND, "Not found")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Say nothing: the narration at the terminal is the demo's own."""

    def _feed(self, source: str, plan: FeedPlan, month: str, *, moved: bool) -> None:
        befalls = plan.june if month == MONTHS[1] and not moved else ""
        if befalls == "moved":
            location = f"http://127.0.0.1:{self.server.server_port}{plan.moved_to}"
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": location})
        elif befalls == "gone":
            self._text(HTTPStatus.GONE, "This feed has been discontinued.")
        elif befalls == "apology":
            self._send(HTTPStatus.OK, APOLOGY, {"Content-Type": "text/html; charset=utf-8"})
        else:
            self._document(document(source, month), squeeze=plan.gzip)

    def _document(self, found: FeedBytes, *, squeeze: bool) -> None:
        etag = f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'
        validators = {"ETag": etag, "Last-Modified": format_datetime(found.modified, usegmt=True)}
        if self._unchanged(etag, found):
            self._send(HTTPStatus.NOT_MODIFIED, b"", validators)
            return
        headers = {**validators, "Content-Type": found.media_type, "Cache-Control": "max-age=3600"}
        body = found.body
        if squeeze:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"] = "gzip"
                body = gzip.compress(body, mtime=0)
        self._send(HTTPStatus.OK, body, headers)

    def _unchanged(self, etag: str, found: FeedBytes) -> bool:
        """Compare validators as RFC 9110 section 13 asks: If-None-Match first, else If-Modified-Since."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known.strip() == "*" or etag in (k.strip().removeprefix("W/") for k in known.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return found.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False

    def _registry(self, parts: list[str], ask: dict[str, str], month: str) -> None:
        if parts == ["version"]:
            self._json(registry.version(month))
        elif parts == ["studies"]:
            self._page(ask, month)
        elif len(parts) == 2 and parts[0] == "studies":
            study = registry.study(parts[1], month)
            if study is None:
                self._text(HTTPStatus.NOT_FOUND, f"NCT number {parts[1]} not found")
            else:
                self._json(study)
        else:
            self._text(HTTPStatus.BAD_REQUEST, "unknown path")

    def _page(self, ask: dict[str, str], month: str) -> None:
        """Answer one page; every page of one search holds other studies, the last one no token."""
        size, start = ask.get("pageSize", "10"), ask.get("pageToken", "p0").removeprefix("p")
        if not (size.isdecimal() and start.isdecimal()):
            self._text(HTTPStatus.BAD_REQUEST, "`pageSize` or `pageToken` is not valid")
            return
        found = registry.studies(month)
        if "filter.ids" in ask:
            wanted = {i.strip().upper() for i in ask["filter.ids"].replace("|", ",").split(",")}
            found = tuple(s for s in found if registry.number(s) in wanted)
        first, count = int(start), min(int(size) or 10, 1000)
        page: registry.Json = {"studies": list(found[first : first + count])}
        if ask.get("countTotal") == "true" and first == 0:
            page["totalCount"] = len(found)
        if first + count < len(found):
            page["nextPageToken"] = f"p{first + count}"
        self._json(page)

    def _json(self, value: registry.Json) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self._send(HTTPStatus.OK, body, {"Content-Type": "application/json"})

    def _text(self, status: HTTPStatus, message: str) -> None:
        self._send(status, message.encode(), {"Content-Type": "text/plain; charset=utf-8"})

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
