"""A picture says nothing to readers who do not see it.

Screen readers read out the words in the brackets of a picture, and so does everybody's page where a picture does not
load. Say what the picture shows, as you would on the phone. The name of the file is no such words.

Bad:
    ![](sign-in.png)

Good:
    ![The sign-in form, with the link "I lost my phone" below the password](sign-in.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Fault
from generator.library.library import Library

SEVERITY = "warning"


def check(library: Library) -> Iterator[Fault]:
    for at, kind in library.odd:
        if kind == "picture":
            hint = "write in the brackets what it shows, as you would tell somebody on the phone"
            yield Fault(at.spot, "the picture has no words for readers who do not see it", hint)
