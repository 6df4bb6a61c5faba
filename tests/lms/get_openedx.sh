#!/bin/sh
# Gets Open edX's block for SCORM into .cache/openedx, with the Python that is named first or else python3.
here="$(dirname "$0")"
place="$here/../../.cache/openedx"
cmp -s "$here/openedx.txt" "$place/got.txt" && exit 0
echo "installing Open edX's block for SCORM to test courses ..."
if rm -rf "$place" && "${1:-python3}" -m venv "$place" &&
  "$place/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/openedx.txt" >/dev/null 2>&1; then
  cp "$here/openedx.txt" "$place/got.txt" && exit 0
fi
echo "The tests of courses in Open edX are skipped: run tests/lms/get_openedx.sh again, which needs Python's venv and pip."
