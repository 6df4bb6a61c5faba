"""The policy that a build writes for its host is in force in all tests here, and stops what nobody wrote."""

from __future__ import annotations

import pytest

from browser.conftest import Build, Open, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("another browser")]
SMUGGLED = {
    "a script": "<script>document.title = 'ran'</script>",
    "a script in an attribute": "<img src='x.png' alt='' onerror=\"document.title = 'ran'\">",
    "a style": "<style>h1 { color: red }</style>",
    "a style in an attribute": "<p style='color: red'>Red</p>",
    "a picture from elsewhere": "<img src='https://other.example/x.png' alt=''>",
}


def test_what_is_smuggled_into_a_page_does_not_run(build: Build, open_page: Open) -> None:
    site = build()
    home = site / "index.html"
    sound = home.read_text(encoding="utf-8")
    with served(site) as address:
        for what, smuggled in SMUGGLED.items():
            home.write_text(sound.replace("</article>", f"{smuggled}</article>"), encoding="utf-8")
            page = open_page(address)
            assert page.refused, f"{what} was not stopped"
            assert page.title() != "ran"
            page.refused.clear()
