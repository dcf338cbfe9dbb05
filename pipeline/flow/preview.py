"""Serve built pages on this machine, so that they are seen as a reader's browser sees them."""

from __future__ import annotations

import functools
import http.server
import webbrowser
from typing import Any

import click

from pipeline.errors import UsageError
from pipeline.files import Folder


def serve(folder: Folder, issue: str, *, draft: bool, port: int, browser: bool) -> None:
    """Serve the outbox on 127.0.0.1 until Ctrl-C; the e-mail stands beside the pages."""
    inside = f"{issue}/draft/web/index.html" if draft else f"site/{issue}/index.html"
    mail = f"{issue}/draft/email.html" if draft else f"{issue}/email.html"
    if not (folder.outbox / inside).is_file():
        raise UsageError(f"{issue} has no built pages yet: run `hope build{' --draft' if draft else ''}` first.")
    handler = functools.partial(_Quiet, directory=str(folder.outbox), start=f"/{inside}")
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise UsageError(
            f"Port {port} can't be used ({error.strerror}). Leave --port out to take a free one."
        ) from None
    start = f"http://127.0.0.1:{server.server_port}"
    click.echo(f"Pages:  {start}/{inside}\nE-mail: {start}/{mail}\nCtrl-C ends the preview.")
    if browser:
        webbrowser.open(f"{start}/{inside}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nPreview ended.")
    finally:
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
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
