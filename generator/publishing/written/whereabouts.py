"""Says which file of a site an address on a page leads to, as a browser would resolve it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

ANYWHERE = "http://site.invalid"  # where a site without an address of its own is thought to be
LOST = "404.html"  # shown at any depth, so that its addresses begin at the top of the host
DIRECTIVE = ":~:"  # what follows is for the browser, such as words to highlight
SIMPLE = re.compile(r"((?:\.\./)*+)((?!\.)[^:?#%./\\ ][^:?#%\\ ]*+)(?:#([^%]*+))?")
ROUNDABOUT = re.compile(r"//|/\.")


class Whither(NamedTuple):
    """Where an address leads: a file of the site and a fragment in it, or why it leads to none."""

    file: str = ""
    fragment: str = ""
    fault: str = ""


OUTSIDE = Whither()


@dataclass(frozen=True)
class Grounds:
    """The files of a site, and the address that its settings give it, if any.

    In a flat site, which people open from a folder, nothing shows the index page of a folder.
    """

    files: Collection[str]
    url: str = ""
    is_flat: bool = False

    def find(self, page: str, address: str, base: str = "") -> Whither:
        """Where an address on a page leads; OUTSIDE for other sites, and what is no address of a file."""
        if not base and (simple := SIMPLE.fullmatch(address)) and not ROUNDABOUT.search(simple[2]) and page != LOST:
            above = page.split("/")[:-1]
            up = len(simple[1]) // 3
            if up <= len(above):
                folder = "".join(f"{name}/" for name in above[: len(above) - up])
                return self._look_up(folder + simple[2], (simple[3] or "").partition(DIRECTIVE)[0])
        return self._resolve(page, address.strip(), base)

    def _resolve(self, page: str, address: str, base: str) -> Whither:
        home = self.url if urlsplit(self.url).hostname else ANYWHERE
        home = home if home.endswith("/") else f"{home}/"
        try:
            to = urlsplit(urljoin(urljoin(home + page, base), address))
        except ValueError:
            return Whither(fault="it is not a valid address")
        top = urlsplit(home)
        if (to.scheme, to.netloc) != (top.scheme, top.netloc):
            return OUTSIDE
        fragment = to.fragment.partition(DIRECTIVE)[0]
        if address.startswith("#") and not base:
            return Whither(page, fragment)
        if is_from_top := address.startswith("/"):
            if home.startswith(ANYWHERE) and page != LOST:
                return Whither(fault="it begins at the top of the host, and the site may be below it")
        elif page == LOST and not urlsplit(address).scheme and not base:
            return Whither(fault="it is relative, and this page is shown at any depth")
        path = unquote(to.path)
        if not path.startswith(top.path) or self._climbs_out(page, "" if is_from_top or base else address):
            return Whither(fault="it leads out of the site")
        return self._look_up(path.removeprefix(top.path), fragment)

    @staticmethod
    def _climbs_out(page: str, address: str) -> bool:
        """Whether a relative address goes above the top of the site: browsers stay at the top of a host."""
        depth = page.count("/")
        for step in urlsplit(address).path.split("/")[:-1] if not urlsplit(address).scheme else ():
            depth += -1 if unquote(step) == ".." else 0 if step in ("", ".") else 1
            if depth < 0:
                return True
        return False

    def _look_up(self, path: str, fragment: str) -> Whither:
        if path in self.files:
            return Whither(path, fragment)
        index = f"{path}index.html" if not path or path.endswith("/") else f"{path}/index.html"
        if index not in self.files:
            return Whither(fault="there is no such page or file")
        if self.is_flat or not index.startswith(f"{path}index"):
            return Whither(fault="it is a folder: write the address of the page in it")
        return Whither(index, fragment)
