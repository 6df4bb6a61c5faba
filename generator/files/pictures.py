"""Makes a picture safe to publish: its pixels and shapes stay, and all that nobody sees in it goes.

A photo holds where it was taken, a screenshot the name of its author, a drawing its hidden layers, comments, the path
of its file on somebody's machine, and perhaps a script. Pillow writes the pixels anew; svg-hush keeps what only draws.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.parsers import expat

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {".png": ("PNG",), ".jpg": ("JPEG", "MPO"), ".jpeg": ("JPEG", "MPO"), ".gif": ("GIF",), ".webp": ("WEBP",)}
MAX_PIXELS = 64_000_000
MAX_DEPTH = 100
QUALITY = 92
SHOWN = ("transparency", "duration", "loop", "background", "disposal", "blend")  # what a viewer needs of the rest
SVG = "http://www.w3.org/2000/svg"
WORDS_ONLY = {f"{{{SVG}}}{name}" for name in ("title", "desc", "metadata")}
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
FETCH = re.compile(r"@import|@font-face|url\(\s*[\"']?\s*[^#\s\"')]", re.IGNORECASE)
ELSEWHERE = re.compile(r"url\(\s*[\"']?\s*[^#\s\"')]|^\s*(?:\w*script|data|https?|file|ftp)\s*:", re.IGNORECASE)
HIDDEN = re.compile(r"(?:^|[;{])\s*display\s*:\s*none", re.IGNORECASE)
NAMES = ("id", "class")
NAME = re.compile(r"[\w-]+")


class Unfit(Exception):
    """A picture that cannot be published; the message says why, `hint` what fixes it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def clean(path: str, raw: bytes) -> bytes:
    """The picture without anything that is not seen. Raises Unfit."""
    return _clean_drawing(raw) if path.lower().endswith(".svg") else _clean_pixels(path, raw)


def judge(path: str, raw: bytes) -> None:
    """Raises Unfit where the picture cannot be cleaned; cheaper than cleaning it."""
    if path.lower().endswith(".svg"):
        _clean_drawing(raw)
    else:
        _opened(path, raw)


def _opened(path: str, raw: bytes) -> Image:
    """The picture with all its pixels. Raises Unfit."""
    from PIL import Image

    suffix = path[path.rfind(".") :].lower()
    try:
        picture = Image.open(BytesIO(raw), formats=FORMATS[suffix])
        if picture.width * picture.height > MAX_PIXELS:
            size = f"{picture.width:,} x {picture.height:,} pixels"
            raise Unfit(f"has {size}, too many to be shown", "save it smaller")
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, Image.DecompressionBombError):
        hint = "open it in a picture editor and export it again, in the format that its name says"
        raise Unfit(f"is no whole {suffix[1:].upper()} picture", hint) from None
    return picture


def _clean_pixels(path: str, raw: bytes) -> bytes:
    from PIL import ImageSequence

    picture = _opened(path, raw)
    form = "JPEG" if picture.format == "MPO" else str(picture.format)
    if form == "JPEG":
        return _clean_photo(picture)
    frames = [_plain(frame.copy()) for frame in ImageSequence.Iterator(picture)]
    options: dict[str, Any] = {"lossless": True} if form == "WEBP" else {}
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "loop": picture.info.get("loop", 0)}
        options["duration"] = [frame.info.get("duration", 0) for frame in frames]
    return _saved(frames[0], form, **options)


def _clean_photo(picture: Image) -> bytes:
    """A JPEG, turned as its camera was held; its pixels are not compressed again where nothing has to change."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(picture)
    is_same = picture.format == "JPEG" and picture.getexif().get(0x0112, 1) == 1 and "icc_profile" not in picture.info
    plain = _plain(picture if is_same else turned)
    return _saved(plain, "JPEG", quality="keep" if is_same else QUALITY, progressive="progression" in picture.info)


def _plain(picture: Image) -> Image:
    """The picture with its colours as the web shows them, and nothing but them."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):  # one that cannot be read changes no colour
            old, new = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            ImageCms.profileToProfile(picture, old, new, inPlace=True)
    picture.info = {key: value for key, value in picture.info.items() if key in SHOWN}
    return picture


def _saved(picture: Image, form: str, **options: Any) -> bytes:
    done = BytesIO()
    try:
        picture.save(done, form, **options)
    except (OSError, ValueError, TypeError, KeyError):
        raise Unfit("cannot be written without what is hidden in it", "export it as PNG") from None
    return done.getvalue()


def _clean_drawing(raw: bytes) -> bytes:
    from py_svg_hush import filter_svg

    _refuse_drawing(raw)
    try:
        root = ElementTree.fromstring(filter_svg(raw, {}))
    except (ValueError, ElementTree.ParseError):
        raise _no_drawing() from None
    if root.tag != f"{{{SVG}}}svg":
        raise _no_drawing()
    _drop_unseen(root)
    _drop_names(root)
    _drop_unused(root)
    ElementTree.register_namespace("", SVG)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _no_drawing() -> Unfit:
    return Unfit("is no SVG drawing that can be read", "export it again as plain SVG, or as PNG")


def _refuse_drawing(raw: bytes) -> None:
    """Raises Unfit where cleaning would change what is seen, or would take too long."""
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Unfit(f"is nested more than {MAX_DEPTH} levels deep", "export it as PNG")
        local = name.rpartition(" ")[2]
        if local == "foreignObject":
            raise Unfit(
                "holds HTML in place of text (foreignObject)", "export its text as SVG text, or export it as PNG"
            )
        address = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "href"), "").strip()
        if local in ("image", "use", "feImage") and not address.startswith("#"):
            raise Unfit(f"shows another picture by its address (`{address[:40]}`)", "export it as PNG")

    def text(data: str) -> None:
        if FETCH.search(data):
            raise Unfit("fetches styles or fonts", "export its text as paths, or export it as PNG")
        if HIDDEN.search(data):
            raise Unfit("hides parts by a style (display: none)", "delete what is hidden, or export it as PNG")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = begin, text
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError):
        raise _no_drawing() from None


def _drop_unseen(element: ElementTree.Element) -> None:
    """Takes out what is never drawn: words for machines, hidden layers, comments in styles."""
    for inner in list(element):
        is_hidden = inner.get("display") == "none" or HIDDEN.search(inner.get("style", ""))
        if inner.tag in WORDS_ONLY or is_hidden:
            tail, index = inner.tail, list(element).index(inner)
            element.remove(inner)
            if tail and tail.strip():
                before = element[index - 1] if index else None
                if before is not None:
                    before.tail = (before.tail or "") + tail
                else:
                    element.text = (element.text or "") + tail
        else:
            _drop_unseen(inner)
    if element.tag == f"{{{SVG}}}style":
        element.text = COMMENT.sub("", element.text or "")


def _drop_names(root: ElementTree.Element) -> None:
    """Takes out attributes that draw nothing: for editors and readers aloud, addresses elsewhere, unused names."""
    everything = list(root.iter())
    for element in everything:
        for key, value in list(element.attrib.items()):
            if key.startswith(("data-", "aria-", "{")) or key == "role" or ELSEWHERE.search(value):
                del element.attrib[key]
    said = [element.text or "" for element in everything if element.tag == f"{{{SVG}}}style"]
    said += [value for element in everything for key, value in element.attrib.items() if key not in NAMES]
    used = {name for text in said for name in NAME.findall(text)}
    for element in everything:
        for key in NAMES:
            if used.isdisjoint(NAME.findall(element.get(key, ""))):
                element.attrib.pop(key, None)


def _drop_unused(root: ElementTree.Element) -> None:
    """Takes definitions out that nothing refers to; their names are gone already."""
    for holder in root.iter(f"{{{SVG}}}defs"):
        for inner in list(holder):
            if inner.tag != f"{{{SVG}}}style" and all("id" not in element.attrib for element in inner.iter()):
                holder.remove(inner)
