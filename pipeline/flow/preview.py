"""Serve built pages on this machine, so that they are seen as a reader's browser sees them."""

from __future__ import annotations

import functools
import http.server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UsageError
from pipeline.store import Newsroom


@dataclass(frozen=True, slots=True)
class Preview:
    """Where the pages and the e-mail of an issue can be seen for as long as `serve` runs."""

    pages: str
    mail: str
    serve: Callable[[], None]


@contextmanager
def preview(newsroom: Newsroom, issue: str, *, draft: bool = False, port: int = 0) -> Iterator[Preview]:
    """Serve the outbox on 127.0.0.1, at any free port unless one is named; the e-mail stands beside the pages.

    Raises UsageError when the issue is not built, or the port can't be used.
    """
    inside = f"{issue}/draft/web/index.html" if draft else f"site/{issue}/index.html"
    mail = f"{issue}/draft/email.html" if draft else f"{issue}/email.html"
    if not newsroom.folder.has(f"outbox/{inside}"):
        raise UsageError(f"{issue} has no built pages yet: run `hope build{' --draft' if draft else ''}` first.")
    answer = functools.partial(_Opener, directory=str(newsroom.folder.outbox), start=f"/{inside}")
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), answer)
    except OSError as error:
        raise UsageError(f"Port {port} can't be used ({error.strerror}). Leave out --port to use a free one.") from None
    top = f"http://127.0.0.1:{server.server_port}"
    with server:
        yield Preview(f"{top}/{inside}", f"{top}/{mail}", server.serve_forever)


class _Opener(http.server.SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself, lets nobody keep old pages, and opens at the issue."""

    def __init__(self, *args: Any, start: str, **named: Any) -> None:
        self._start = start
        super().__init__(*args, **named)

    def do_GET(self) -> None:
        """Send who asks for no page to the issue."""
        if self.path in {"", "/"}:
            self.send_response(302)
            self.send_header("Location", self._start)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: object) -> None:
        return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()
