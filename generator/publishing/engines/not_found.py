"""The page for addresses that do not exist: what the theme writes there, with a way on."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

NAME = "404.html"
THEIRS = "<h1>404 - Not found</h1>"
# A host shows this page at any depth, so that its addresses count from the top of the host. Scripts add the nearest id
# and the search, with the words of the address.
OURS = """\
<h1>There is no such page</h1>
<div class="pb-ask" data-pb-ask hidden></div>
<div data-pb-lost>
<p>It was renamed or removed, or its address has a slip (404). Look through <a href="{home}ids/">all ids</a>, which have
the former ones too, or begin at <a href="{home}">the first page</a>.</p>
</div>"""


class NotFound(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Puts a search and links where the theme says `404 - Not found`."""

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        return (
            output_content.replace(THEIRS, write_lost(config.site_url or ""))
            if template_name == NAME
            else output_content
        )


def write_lost(site_url: str) -> str:
    """What the page says, for a site whose address may be unknown."""
    home = quote(unquote(urlsplit(site_url).path), safe="/-._~!$()*+,;=:@") or "/"
    return OURS.format(home=home if home.endswith("/") else f"{home}/")
