"""Serves courses as hosts of learning systems do: from a folder, under a strict policy, or from another origin."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

STRICT = "/strict"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
PAGE = b"<!doctype html><html lang=en><title>System</title><body></body></html>"


class _Host(http.server.SimpleHTTPRequestHandler):
    """What lies below /strict/ is what lies below /, with a policy that allows no script within a page."""

    protocol_version = "HTTP/1.1"
    is_strict = False

    def do_GET(self) -> None:
        self.is_strict = self.path.startswith(f"{STRICT}/")
        self.path = self.path.removeprefix(STRICT)
        if self.path not in ("/lms", "/favicon.ico"):
            super().do_GET()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def end_headers(self) -> None:
        if self.is_strict:
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serving(handler: type[http.server.BaseHTTPRequestHandler] | functools.partial[_Host]) -> Iterator[str]:
    """The origin at which a server answers for a while."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    with serving(functools.partial(_Host, directory=str(folder))) as origin:
        yield origin
