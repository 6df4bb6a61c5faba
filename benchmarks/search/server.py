"""Serves a folder on this machine, and counts what is fetched, as it is and compressed."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".xml", ".txt"}


@dataclass
class Counter:
    """The files that were fetched since the last look."""

    paths: list[Path] = field(default_factory=list)

    def take(self) -> tuple[int, int, int]:
        """Bytes as they are, bytes as gzip, and requests, since it was asked last."""
        some, self.paths = self.paths, []
        return sum(path.stat().st_size for path in some), sum(map(_compressed, some)), len(some)


@dataclass(frozen=True)
class Served:
    """A folder that is being served: its address, and what was fetched."""

    address: str
    counter: Counter


@functools.cache
def _compressed(path: Path) -> int:
    """What is compressed already, such as Pagefind's pieces, is sent as it is."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in COMPRESSED else len(content)


@contextmanager
def served(folder: Path, headers: Mapping[str, str]) -> Iterator[Served]:
    """Serves a folder until the end of the block, with these headers on everything."""
    counter = Counter()

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # a connection for each piece would measure this server

        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def send_response(self, code: int, message: str | None = None) -> None:
            super().send_response(code, message)
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() else path
            if code == 200 and path.is_file():
                counter.paths.append(path)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    Handler.extensions_map = Handler.extensions_map | {".wasm": "application/wasm"}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}/", counter)
    finally:
        server.shutdown()
        server.server_close()
