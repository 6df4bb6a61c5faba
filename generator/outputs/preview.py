"""Serves the site on this machine while its sources are edited, and builds again after each change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from generator.documents import VOCABULARY, kinds


def serve(root: Path, place: Path, host: str, port: int, rebuild: Callable[[], None]) -> None:
    """Serves `place` until it is interrupted. Raises OSError where the port is taken."""
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
