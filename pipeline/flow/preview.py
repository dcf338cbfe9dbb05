"""Serve built pages and the mail on this machine, so that they are seen as readers see them."""

from __future__ import annotations

import contextlib
import functools
import http.server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.errors import PipelineError, UsageError
from pipeline.flow.mail_page import MailPage, read_view
from pipeline.store import Newsroom

_MAIL = "/mail/"
_OUTSIDE = "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_PAGE = f"default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'{_OUTSIDE}"
_FRAME = (
    f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'{_OUTSIDE}; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@dataclass(frozen=True, slots=True)
class Preview:
    """Where the pages of an issue and the page of its mail can be seen for as long as `serve` runs.

    `stop`, called from another thread, ends it.
    """

    pages: str
    mail: str
    serve: Callable[[], None]
    stop: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Previewed:
    """What is shown: a built issue, or its draft, which is built anew, as of `today`, whenever somebody looks."""

    issue: str
    today: date
    draft: bool = False


@contextmanager
def preview(newsroom: Newsroom, what: Previewed, port: int = 0) -> Iterator[Preview]:
    """Serve the outbox on 127.0.0.1, at any free port unless one is named, and one page for the mail.

    Raises UsageError when the issue is not built, or has no queue to build a draft of, or the port can't be used.
    """
    if what.draft and not newsroom.has_queue(what.issue):
        newsroom.queue(what.issue)  # says what to do
    inside = f"/{what.issue}/draft/web/index.html" if what.draft else f"/site/{what.issue}/index.html"
    if not what.draft and not newsroom.folder.has(f"outbox{inside}"):
        raise UsageError(f"{what.issue} has no built pages yet: run `hope build` first, or add --draft to see a draft.")
    page = MailPage(newsroom, what.issue, what.today if what.draft else None)
    answer = functools.partial(_Opener, directory=str(newsroom.folder.outbox), start=inside, page=page)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), answer)
    except OSError as error:
        raise UsageError(f"Port {port} can't be used ({error.strerror}). Leave out --port to use a free one.") from None
    top = f"http://127.0.0.1:{server.server_port}"
    with server:
        yield Preview(f"{top}{inside}", f"{top}{_MAIL}", server.serve_forever, server.shutdown)


class _Opener(http.server.SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself, lets nobody keep old pages, opens at the issue and shows its mail."""

    def __init__(self, *args: Any, start: str, page: MailPage, **named: Any) -> None:
        self._start = start
        self._page = page
        super().__init__(*args, **named)

    def do_GET(self) -> None:
        """Send what is asked for, unless whoever asked has left: who reloads doesn't wait for the page before."""
        with contextlib.suppress(ConnectionError):
            self._get()

    def _get(self) -> None:
        """Send who asks for no page to the issue, and what is no file of the outbox as it is made."""
        at = urlsplit(self.path)
        page, view = self._page, read_view(dict(parse_qsl(at.query)))
        made: dict[str, tuple[Callable[[], str], str, str]] = {
            _MAIL: (lambda: page.printed(view), "text/html", _PAGE),
            f"{_MAIL}view": (lambda: page.mail(view), "text/html", _FRAME),
            f"{_MAIL}style.css": (page.style, "text/css", _PAGE),
        }
        if at.path in {"", "/", _MAIL.rstrip("/")}:
            self._lead_to(_MAIL if at.path.startswith("/m") else self._start)
        elif at.path in made:
            self._send(*made[at.path])
        elif at.path != self._start or self._renewed():
            super().do_GET()

    def _renewed(self) -> bool:
        """Make a draft's pages anew; where they can't be, a page that says why is sent in their place."""
        try:
            self._page.renew()
        except PipelineError as error:
            self._answer(422, self._page.trouble(error), "text/html", _PAGE)
            return False
        return True

    def _send(self, make: Callable[[], str], kind: str, policy: str) -> None:
        """Send what can be made, or else why it can't be: the server goes on."""
        try:
            self._answer(200, make(), kind, policy)
        except PipelineError as error:
            self._answer(422, self._page.trouble(error), "text/html", _PAGE)

    def _answer(self, status: int, text: str, kind: str, policy: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(content)

    def _lead_to(self, path: str) -> None:
        self.send_response(302)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()
