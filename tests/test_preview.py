"""What the preview answers, and to whom."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.publishing.engines import preview
from generator.publishing.engines.preview import Server
from generator.publishing.written.policy import Inline, policy


@contextmanager
def running(place: Path, host: str = "127.0.0.1") -> Iterator[int]:
    """The port of a server for a while."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    server = Server(place, host, port, lambda: None)
    server.server_bind()
    server.server_activate()
    server.serve_thread.start()
    try:
        yield port
    finally:
        server.shutdown()
        server.serve_thread.join()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, and a secret beside it that links in it lead to."""
    tmp_path = tmp_path_factory.mktemp("preview")
    site = tmp_path / "site"
    (site / "sops").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("hunter2", encoding="utf-8")
    (site / "index.html").write_text("<body>Hello.</body>", encoding="utf-8")
    (site / "sops/index.html").write_text("<body>Procedures.</body>", encoding="utf-8")
    (site / "secret.txt").symlink_to(tmp_path / "secret.txt")
    (site / "beside").symlink_to(tmp_path)
    (site / "round").symlink_to("round")
    return site


@pytest.fixture(scope="module")
def port(place: Path) -> Iterator[int]:
    with running(place) as number:
        yield number


def ask(port: int, request: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of the answer to a request as it is written; PORT stands for the port."""
    written = request.replace("PORT", str(port)).replace("\n", "\r\n").encode("latin-1")
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(written)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    lines = head.split("\r\n")
    return int(lines[0].split()[1]), dict(line.split(": ", 1) for line in lines[1:]), body


HOSTS = {
    "Host: 127.0.0.1:PORT": 200,
    "Host: localhost:PORT": 200,
    "Host: LocalHost:PORT": 200,
    "host:  [::1]:PORT ": 200,
    "Host: evil.example:PORT": 421,
    "Host: evil.example": 421,
    "Host: 127.0.0.1.evil.example:PORT": 421,
    "Host: evil@127.0.0.1:PORT": 421,
    "Host: 127.0.0.1:PORT@evil.example": 421,
    "Host: 127.0.0.1:1": 421,
    "Host: 127.0.0.1": 421,
    "Host: 192.168.0.1:PORT": 421,
    "Host: localhost.:PORT": 421,
    "Host:": 421,
    "X-Forwarded-Host: 127.0.0.1:PORT": 421,
    "Host: evil.example:PORT\nHost: 127.0.0.1:PORT": 421,
    "Host: 127.0.0.1:PORT\nHost: 127.0.0.1:PORT": 421,
}


@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
@pytest.mark.parametrize("hosts", HOSTS)
def test_the_preview_answers_for_its_own_hosts_only(hosts: str, version: str, port: int) -> None:
    for path in ("/", "/livereload/0/1", "/nothing"):
        code, _, body = ask(port, f"GET {path} {version}\n{hosts}\n\n")
        assert code == (HOSTS[hosts] if HOSTS[hosts] == 421 or path != "/nothing" else 404)
        assert code == 200 or body == {421: "421 Misdirected Request\n", 404: "404 Not Found\n"}[code]


def test_one_that_is_open_to_others_is_known_by_any_address(place: Path) -> None:
    with running(place, "0.0.0.0") as port:
        for host, code in (("192.168.0.1", 200), ("[fe80::1]", 200), ("evil.example", 421), ("1.evil.example", 421)):
            assert ask(port, f"GET / HTTP/1.1\nHost: {host}:PORT\n\n")[0] == code, host


PATHS = {
    "/": 200, "/sops/": 200, "/sops": 302, "/sops/?x=%00": 200, "/nothing": 404, "/secret.txt": 404,
    "/beside/secret.txt": 404, "/round": 404, "/" + "a" * 300: 404, "/%3Cscript%3E": 404,
    "/%00": 400, "/a%00b": 400, "/%2e%2e/": 400, "/../": 400, "/a/../../b": 400, "/./": 400, "//etc/passwd": 400,
    "/%2fetc": 400, "/%ff": 400, "/..%5c": 400, "/%5c..%5c": 400, "/%1b[31m": 400, "/%7f": 400, "/" + "a/" * 1500: 400,
    "http://127.0.0.1:PORT/": 400, "http://evil.example/": 400, "*": 400, "sops/": 400,
    "/livereload/0/1": 200, "/livereload/x": 400, "/livereload/" + "9" * 5000 + "/1": 400, "/livereload/1/1/..": 400,
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_paths(path: str, port: int, capfd: pytest.CaptureFixture[str]) -> None:
    code, headers, body = ask(port, f"GET {path} HTTP/1.1\nHost: 127.0.0.1:PORT\n\n")
    assert code == PATHS[path]
    sent = re.sub(r" 'nonce-[\w-]{22}'", "", headers["Content-Security-Policy"])
    assert (sent, headers["X-Content-Type-Options"]) == (policy(Inline()), "nosniff")
    assert code in (200, 302) or (headers["Content-Type"], body.count("\n")) == ("text/plain; charset=utf-8", 1)
    assert "hunter2" not in body
    assert "script>" not in body or code == 200
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "<b>"])
def test_only_reading_is_answered(method: str, port: int) -> None:
    code, headers, body = ask(port, f"{method} / HTTP/1.1\nHost: 127.0.0.1:PORT\nContent-Length: 0\n\n")
    assert (code, headers["Allow"], body) == (405, "GET, HEAD", "405 Method Not Allowed\n")


def test_a_head_has_no_body(port: int) -> None:
    for path, code in (("/", 200), ("/nothing", 404)):
        found = ask(port, f"HEAD {path} HTTP/1.1\nHost: 127.0.0.1:PORT\n\n")
        assert (found[0], found[2]) == (code, "")


NO_REQUESTS = [
    "GET /\n",
    "GET\n\n",
    "\x00\xff\n\n",
    "GET /<b> x y\n\n",
    "GET / HTTP/9.9\n\n",
    "GET / HTTP/1.1\n" + "X: y\n" * 200,
]


@pytest.mark.parametrize("request_", NO_REQUESTS, ids=ascii)
def test_what_is_no_request_is_answered_plainly(request_: str, port: int, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request_.replace("\n", "\r\n").encode("latin-1") + b"\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert ask(port, "GET / HTTP/1.1\nHost: 127.0.0.1:PORT\n\n")[0] == 200
    assert b"Hello" not in answer
    assert b"<b>" not in answer
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_browser_that_leaves_is_no_error(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert ask(port, "GET / HTTP/1.1\nHost: 127.0.0.1:PORT\n\n")[0] == 200
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_folder_that_is_made_or_removed_later_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git keeps no empty folders: the first macro of a fresh clone was never seen."""
    monkeypatch.setattr(preview, "LOOK_EVERY", 0.05)
    server = Server(tmp_path, "127.0.0.1", 0, lambda: None)
    folder = tmp_path / "macros"
    server.follow([folder, tmp_path])
    try:
        for change, watched in ((folder.mkdir, 2), (folder.rmdir, 1), (folder.mkdir, 2)):
            change()
            deadline = time.monotonic() + 20
            while not server._want_rebuild and time.monotonic() < deadline:
                time.sleep(0.02)
            assert server._want_rebuild
            assert len(server._watched_paths) == watched
            server._want_rebuild = False
    finally:
        server._shutdown = True
