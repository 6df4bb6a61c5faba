"""Serves the site on this machine while its sources are edited, and builds again after each change."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from generator.documents import VOCABULARY, kinds
from generator.outputs import BuildError


def listen(host: str, port: int) -> None:
    """Raises BuildError where the port is taken, before anything was built."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise BuildError(f"cannot listen on {host}:{port}: {reason}; name another with --port") from None


def serve(root: Path, place: Path, host: str, port: int, rebuild: Callable[[], None]) -> None:
    """Serves `place` until it is interrupted."""
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(place))
    watched = {root / kind.folder for kind in kinds().values()} | {root / VOCABULARY, root / "mkdocs.yml"}
    for path in sorted(watched):
        if path.exists():
            server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
