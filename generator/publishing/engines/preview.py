"""Serves the site on this machine while its sources are edited, and builds again after each change."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import secrets
import socket
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, Protocol
from wsgiref.util import FileWrapper

import click
from mkdocs import livereload
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.documents import VOCABULARY, kinds
from generator.publishing import BuildError
from generator.publishing.written.policy import HEADERS, Inline, read_headers, write_headers
from generator.reports import fault

TARGET = "playbook.target"
MOST_SIGNS = 2000
MOST_LOGGED = 200
LAST_PORT = 65535
NO_PAGE = b"<!doctype html><html lang=en><title>Nothing built yet</title><body></body></html>"
MALFORMED = re.compile(r"[\x00-\x1f\x7f\\]|^(?!/)|^//|(?:^|/)\.\.?(?:/|$)")
LOOK_EVERY = 1.0  # seconds
CODE = re.compile("`([^`]+)`")
SETTLED = 0.05  # seconds without another change, until a rebuild begins: editors write a file in several steps
ALLOWED = re.compile(r"(?:script|style)-src 'self'")
NOTICE = (
    ".pb-notice{position:fixed;inset-block-end:0;inset-inline:0;z-index:9;padding:.5rem 1rem;"
    "background:#7f1d1d;color:#fff;font:14px/1.5 system-ui,sans-serif}"
    ".pb-notice a{color:#fff;text-decoration:underline}@media print{.pb-notice{display:none}}"
)
CHANGES = ("created", "modified", "moved", "deleted")
POLL = re.compile(r"/livereload/[0-9]{1,18}/[0-9]{1,18}")

Start = Callable[..., Any]


def listen(host: str, port: int) -> None:
    """Raises BuildError where the port is taken, before anything was built."""
    try:
        socket.create_server((host, port), family=_choose_family(host)).close()
    except (OSError, UnicodeError, TypeError) as error:  # such as 64 letters without a dot, or a byte that is not text
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            other = f"--port {port + 1}" if port < LAST_PORT else "another --port"
            what = f"port {port} is taken, perhaps by another `playbook serve`"
            raise BuildError(f"{what}: stop that one, or try {other}") from None
        reason = (getattr(error, "strerror", None) or "not possible").lower()
        raise BuildError(f"cannot listen on {host}:{port}: {reason}; name another with --port or --host") from None


def address(host: str, port: int) -> str:
    """Where a browser finds it."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def stamp(root: Path) -> int:
    """A number that is another one when a file of a knowledge base was written, came or went."""
    return _take_stamp(_list_watched(root))


def _list_watched(root: Path) -> list[Path]:
    return sorted({root / kind.folder for kind in kinds().values()} | {root / VOCABULARY, root / "mkdocs.yml"})


class Notice(NamedTuple):
    """What every page of a preview says below: words, and the address of the page that they are about."""

    words: str
    address: str = ""


Say = Callable[[], Sequence[Notice]]


def serve(
    root: Path, place: Path, host: str, port: int, rebuild: Callable[[Onlooker], None], built: int, say: Say
) -> None:
    """Serves `place` until it is interrupted, and calls `rebuild` after each change; pages show what there is to `say`.

    `built` is the stamp from before the build of what is in there: whoever saved meanwhile is not forgotten.
    """
    server = Server(place, host, port, rebuild, say)
    server.follow(_list_watched(root), built)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


class Onlooker(Protocol):
    """What a rebuild can ask and tell while it works."""

    def show(self) -> None:
        """Has browsers load what is there by now."""

    def is_newest(self) -> bool:
        """Whether nobody has saved again since this rebuild began."""


class Server(livereload.LiveReloadServer):
    """Answers only requests that name this machine as their host, and only with files from the site's folder.

    A page of somebody else's site can have its name lead here (DNS rebinding), and would then read the internal
    preview: its requests carry that name as their host.
    """

    def __init__(
        self, place: Path, host: str, port: int, rebuild: Callable[[Onlooker], None], say: Say = tuple
    ) -> None:
        super().__init__(builder=_catch_errors(self._build_again), host=host, port=port, root=str(place))
        self._bring_up_to_date, self._say = rebuild, say
        self._followed: Collection[Path] = ()
        self._built = 0  # the stamp of what was built last
        self.observer = Observer()  # type: ignore[assignment]  # MkDocs looks at every file twice a second
        self.build_delay = SETTLED
        self.place = place.resolve()
        self.hosts = hosts(host, port)
        self.is_open = _is_everywhere(host)
        self.nonce = secrets.token_urlsafe(16)
        self.RequestHandlerClass = _Handler

    def follow(self, paths: Collection[Path], built: int | None = None) -> None:
        """Watches the paths, those too that are made or removed while the preview runs.

        git keeps no empty folders: whoever writes the first macro makes the folder of macros.
        """
        there = {path for path in paths if path.exists()}
        self._followed, self._built = paths, _take_stamp(paths) if built is None else built
        for path in there:
            self.watch(str(path))
        Thread(target=self._follow, args=(paths, there), daemon=True).start()

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watches a path. That a file was opened or read, as a build does, is no change of it."""
        self._watched_paths[path] = 1
        self._watch_refs[path] = self.observer.schedule(_Changes(self._ask_for_build_again), path, recursive=recursive)

    def _ask_for_build_again(self) -> None:
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _build_again(self) -> None:
        self._built = _take_stamp(self._followed)
        self._bring_up_to_date(self)

    def show(self) -> None:
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = max(time.time_ns() // 1_000_000, self._wanted_epoch + 1)
            self._epoch_cond.notify_all()

    def is_newest(self) -> bool:
        return not (self._want_rebuild or self._shutdown)

    def _follow(self, paths: Collection[Path], there: set[Path]) -> None:
        """Looks at what no system tells of: files on a disk of another machine, folders that come and go."""
        while not self._shutdown:
            time.sleep(LOOK_EVERY)
            now = {path for path in paths if path.exists()}
            for path in now - there:
                self.watch(str(path))
            for path in there - now:
                self.unwatch(str(path))
            if now != there or _take_stamp(now) != self._built:
                there = now
                self._ask_for_build_again()

    def serve_request(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """One answer; a refusal comes before anything was looked at, and repeats nothing that was asked."""

        def start(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [*headers, *self._list_headers(environ["PATH_INFO"])])

        status = self._refuse(environ)
        try:
            found = None if status else self._serve_request(environ, start)
        except OSError:  # the site was swapped for a newer one meanwhile
            found = None
        except Exception as error:
            click.echo(fault.fault_line(error), err=True)
            found, status = None, "500 Internal Server Error"
        if found is None and not status and not (self.place / "index.html").exists() and self._say():
            start("404 Not Found", [("Content-Type", "text/html; charset=utf-8")])
            found = [self._inject_js_into_html(NO_PAGE, self._visible_epoch)]
        if found is None:
            status = status or "404 Not Found"
            allow = [("Allow", "GET, HEAD")] if status.startswith("405") else []
            start(status, [("Content-Type", "text/plain; charset=utf-8"), *allow])
            found = [f"{status}\n".encode()]
        if environ["REQUEST_METHOD"] != "HEAD":
            return found
        if isinstance(found, FileWrapper):
            found.close()
        return []

    def _list_headers(self, path: str) -> list[tuple[str, str]]:
        """What a host would send, by the file that is in the site; MkDocs' script that reloads a page may run too.

        Nothing is kept by the browser: the next build may change it.
        """
        try:
            written = (self.place / HEADERS).read_text(encoding="utf-8")
        except OSError:
            written = write_headers(Inline(), ())
        return [
            (name, ALLOWED.sub(rf"\g<0> 'nonce-{self.nonce}'", value))
            for name, value in read_headers(written, path if path.startswith("/") else "/")
            if name != "Cache-Control"
        ]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        whole: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        before, _, after = whole.rpartition(b"<script>")
        return before + f'{self._write_notices()}<script nonce="{self.nonce}">'.encode() + after

    def _write_notices(self) -> str:
        """What there is to say, as an element at the bottom of the window."""
        told = [
            f'<a href="/{escape(one.address)}">{_mark_words(one.words)}</a>' if one.address else _mark_words(one.words)
            for one in self._say()
        ]
        style = f'<style nonce="{self.nonce}">{NOTICE}</style>'
        return f'{style}<aside class="pb-notice" role="status">{"<br>".join(told)}</aside>' if told else ""

    def _refuse(self, environ: dict[str, Any]) -> str:
        """The status that ends a request; empty where it may be answered."""
        if not self._is_ours(environ.get("HTTP_HOST", "")):
            return "421 Misdirected Request"
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return "405 Method Not Allowed"
        try:
            path = environ["PATH_INFO"].encode("latin-1").decode()
        except UnicodeError:
            return "400 Bad Request"
        if MALFORMED.search(path) or MALFORMED.search(environ[TARGET]) or len(path) > MOST_SIGNS:
            return "400 Bad Request"
        if path.startswith("/livereload/"):
            return "" if POLL.fullmatch(path) else "400 Bad Request"
        return "" if self._is_inside(path) else "404 Not Found"

    def _is_ours(self, named: str) -> bool:
        if named.lower() in self.hosts:
            return True
        name = named.lower().removesuffix(f":{self.server_port}")
        return self.is_open and (_is_number(name) or name == socket.gethostname().lower())

    def _is_inside(self, path: str) -> bool:
        """Whether the file of a path is below the site's folder, links followed."""
        try:
            return (self.place / path.lstrip("/")).resolve().is_relative_to(self.place)
        except (OSError, RuntimeError):  # a circle of links, or a name that no file can have
            return False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints one line when an answer fails. A browser that closes the connection is not an error."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            click.echo(fault.fault_line(error), err=True)


class _Changes(FileSystemEventHandler):
    """Tells of files that were written, came or went."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory and event.event_type in CHANGES:
            self._tell()


class _Handler(livereload._Handler):
    """Answers requests that are none as plainly as all others."""

    error_message_format = "%(code)d\n"
    error_content_type = "text/plain; charset=utf-8"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Python would repeat in the status what was asked."""
        super().send_error(code)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.requestline = self.requestline[:MOST_LOGGED]
        super().log_request(code, size)  # type: ignore[no-untyped-call]

    def get_environ(self) -> dict[str, Any]:
        """With what was asked for as it was written: of two slashes in front Python makes one."""
        words = self.requestline.split(" ")
        return super().get_environ() | {TARGET: words[1] if words[1:] else ""}


def _mark_words(words: str) -> str:
    """Words in which what stands between backticks is code."""
    return escape(words) if words.count("`") % 2 else CODE.sub(r"<code>\1</code>", escape(words))


def hosts(host: str, port: int) -> frozenset[str]:
    """The values of a Host header that mean this machine."""
    names = {"localhost", "127.0.0.1", "[::1]", f"[{host.lower()}]" if ":" in host else host.lower()}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def _choose_family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _is_number(name: str) -> bool:
    """Whether a name is an address: no name server has a say in where it leads."""
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _is_everywhere(host: str) -> bool:
    """Whether the machine listens to others too, who know it by any of its addresses."""
    return host in ("", "0.0.0.0", "::") or (_is_number(host) and ipaddress.ip_address(host).is_unspecified)


def _take_stamp(paths: Iterable[Path]) -> int:
    """A number that is another one when a file was written, came or went."""
    found: list[tuple[str, int, int]] = []
    for path in paths:
        folders = [str(path)]
        while folders:
            try:
                below = folders.pop()
                if not os.path.isdir(below):  # noqa: PTH112 - as text: there are thousands
                    status = os.stat(below)  # noqa: PTH116
                    found.append((below, status.st_mtime_ns, status.st_size))
                    continue
                for entry in os.scandir(below):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        status = entry.stat()
                        found.append((entry.path, status.st_mtime_ns, status.st_size))
            except OSError:  # it went meanwhile
                continue
    return hash(frozenset(found))


def _catch_errors(rebuild: Callable[[], None]) -> Callable[[], None]:
    """MkDocs would print the traceback of whatever goes wrong."""

    def build() -> None:
        try:
            rebuild()
        except Exception as error:
            click.echo(fault.fault_line(error), err=True)

    return build
