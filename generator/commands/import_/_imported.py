"""What an import finds of earlier imports: the documents that it made, and where each of them came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.commands._exchange import bytes_of
from generator.exchange import Unmapped
from generator.exchange.yaml_file import origin_in
from generator.exchange.zendesk.identity import ORIGIN
from generator.files.source import read
from generator.files.tree import Folder


class Imported:
    """The documents that a command made before, by their origin: the path and the id of each.

    `renamed` has the origins that are known under another name than the file of the document says.
    """

    def __init__(self, places: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self.places = dict(places)
        self.ids = {origin: Path(place).stem for origin, place in places.items()}
        self.renamed: set[str] = set()
        self._texts = texts

    def follow(self, files: Mapping[str, str], template: Callable[[str, str], str]) -> Iterator[Unmapped]:
        """Finds files that have another name than before, but the same text, and notes them."""
        old = self._texts.items()
        gone = {text: origin for origin, text in old if origin not in files and not origin.startswith(ORIGIN)}
        for path, text in files.items():
            if path in self.places or not gone:
                continue
            if (origin := gone.pop(template(path, text), None)) is not None:
                self.places[path], self.ids[path] = self.places[origin], self.ids[origin]
                self.renamed.add(path)
                yield Unmapped(f"a file with another name than before, followed in {self.places[path]}", path, origin)


def imported(root: Path, folder: str, command: str) -> Imported:
    """What the command made before in a folder of the knowledge base. Raises UnfitInput."""
    places: dict[str, str] = {}
    texts: dict[str, str] = {}
    for file in sorted((root / folder).rglob("*.yaml")):
        place = file.relative_to(root).as_posix()
        if not file.is_file():
            continue
        source, _ = read(place, bytes_of(Folder(root), place))
        if (origin := origin_in(source.text, command)) and origin not in places:
            places[origin] = place
            texts[origin] = str((source.data or {}).get("text", ""))
    return Imported(places, texts)
