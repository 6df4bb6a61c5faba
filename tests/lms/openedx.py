"""Runs Open edX's block for SCORM as a learning system: imports a zip, launches it, and keeps what it is told.

It runs in an environment of its own, with the zip and a folder for what is unpacked as arguments, and says its address.
`/` is the page with the block, `/bare` the same with the session of the course alone, `/told` what the block has of the
learner.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.conf import settings

ZIP, FOLDER = map(Path, sys.argv[1:3])
settings.configure(MEDIA_ROOT=str(FOLDER), MEDIA_URL="/media/", USE_TZ=True)
django.setup()

from django.core.files.storage import default_storage  # noqa: E402
from openedxscorm.scormxblock import ScormXBlock  # noqa: E402
from webob import Request  # noqa: E402
from xblock.field_data import DictFieldData  # noqa: E402

PAGE = """<!doctype html><html lang="en"><title>Course</title><script src="/scorm.js"></script><script>
const ask = (name, told) => {
  const request = new XMLHttpRequest();
  request.open("POST", `/block/${name}`, false);
  request.send(JSON.stringify(told));
  return JSON.parse(request.responseText);
};
const known = %s;
// As the block's own script has it: what it asks the server for never reaches the course.
const asked = /^cmi\\.(core\\.)?(lesson_status|completion_status|success_status|score\\.raw|score\\.scaled)$/;
initScorm("%s", (name) => (asked.test(name) ? "" : (known[name] ?? "")), (name, value) => {
  known[name] = value;
  ask("scorm_set_values", [{ name, value }]);
  return "true";
});
</script><iframe name="unit" src="/files/%s"></iframe></html>"""


BARE = '<!doctype html><html lang="en"><title>Unit</title><script src="assets/session.js"></script></html>'


def make_block() -> tuple[ScormXBlock, list[Any]]:
    runtime = mock.Mock()
    runtime.handler_url = lambda *_: "/files"
    user = mock.Mock(opt_attrs={"edx-platform.user_id": 17, "edx-platform.username": "ines"})
    services = {"user": mock.Mock(get_current_user=lambda: user)}
    runtime.service = lambda _, name: services.get(name)
    grades: list[Any] = []
    runtime.publish = lambda _, what, told: grades.append(told) if what == "grade" else None
    block = ScormXBlock(runtime, DictFieldData({}), mock.Mock(usage_id="unit"))
    block.location = mock.Mock(block_id="b", org="o", course="c", block_type="t")
    with mock.patch.object(ScormXBlock, "storage", default_storage), ZIP.open("rb") as package:
        block.update_package_meta(package)
        block.extract_package(package)
        block.update_package_fields()
    return block, grades


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in ("/", "/bare"):
            block.initialize_student_info()
            told = json.dumps(block.scorm_data).replace("<", "\\u003c")
            unit = "bare.html" if self.path == "/bare" else block.index_page_path
            self._send(PAGE % (told, block.scorm_version, unit), "text/html")
        elif self.path == "/files/bare.html":
            self._send(BARE, "text/html")
        elif self.path == "/scorm.js":
            self._send(block.resource_string("static/js/src/scorm.js"), "text/javascript")
        elif self.path == "/told":
            fields = ("index_page_path", "scorm_version", "lesson_status", "success_status", "lesson_score")
            told = {name: getattr(block, name) for name in (*fields, "package_warnings", "scorm_data")}
            self._send(json.dumps(told | {"grades": grades, "menu": block.navigation_menu}), "application/json")
        else:
            found = block.assets_proxy(Request.blank(self.path), self.path.removeprefix("/files/"))
            self._send(found.body, found.content_type)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = self.path.rpartition("/")[2]
        found = getattr(block, name)(Request.blank("/", method="POST", body=body), "")
        self._send(found.body, "application/json")

    def _send(self, body: str | bytes, kind: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


block, grades = make_block()
ScormXBlock.storage = default_storage
server = HTTPServer(("127.0.0.1", 0), Answer)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
