"""Makes a picture safe to publish: keeps its pixels and shapes, and removes everything in it that nobody sees.

A photo can say where it was taken, and a screenshot who took it; a drawing can have hidden layers, comments, the path
of its file on somebody's computer, even a script. Pillow writes the pixels anew; svg-hush keeps only what draws.
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
SHOWN = ("transparency", "duration", "loop", "background", "disposal", "blend")  # the metadata that a viewer needs
SVG = "http://www.w3.org/2000/svg"
WORDS_ONLY = {f"{{{SVG}}}{name}" for name in ("title", "desc", "metadata")}
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
FETCH = re.compile(r"@import|@font-face|url\(\s*+[\"']?+\s*+[^#\s\"')]", re.IGNORECASE)
ELSEWHERE = re.compile(r"url\(\s*+[\"']?+\s*+[^#\s\"')]|^\s*+(?:\w*script|data|https?|file|ftp)\s*+:", re.IGNORECASE)
HIDING = re.compile(
    r"(?:^|[;{])\s*+(?:display\s*+:\s*+none|opacity\s*+:\s*+0*+(?:\.0*+)?%?\s*+(?:[;}!]|\Z))", re.IGNORECASE
)
INVISIBLE = re.compile(r"(?:^|[;{])\s*+visibility\s*+:\s*+(?:hidden|collapse)", re.IGNORECASE)
NOTHING = re.compile(r"\s*+0*+(?:\.0*+)?%?\s*+")
NAMES = ("id", "class")
NAME = re.compile(r"[\w-]+")
SOME_READERS = ("systemLanguage", "requiredExtensions", "requiredFeatures")
WORDY = {f"{{{SVG}}}{name}" for name in ("text", "tspan", "textPath", "style")}
# What is drawn only if something refers to it.
REFERRED = {
    f"{{{SVG}}}{name}"
    for name in ("symbol", "clipPath", "mask", "marker", "pattern", "filter", "linearGradient", "radialGradient")
}


class UnfitPicture(Exception):
    """A picture that cannot be published; the message says why, `hint` how to fix it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def clean_picture(path: str, raw: bytes) -> bytes:
    """The picture without anything that nobody sees. Raises UnfitPicture."""
    return _clean_drawing(raw) if path.lower().endswith(".svg") else _clean_pixels(path, raw)


def judge_picture(path: str, raw: bytes) -> None:
    """Raises UnfitPicture if the picture cannot be cleaned; cheaper than cleaning it."""
    if path.lower().endswith(".svg"):
        _clean_drawing(raw)
    else:
        _open(path, raw)


def _open(path: str, raw: bytes) -> Image:
    """Opens the picture and reads all of its pixels. Raises UnfitPicture."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # what prints handbooks has half a picture count as whole, process-wide
    suffix = path[path.rfind(".") :].lower()
    try:
        picture = Image.open(BytesIO(raw), formats=FORMATS[suffix])
        frames = getattr(picture, "n_frames", 1)
        if picture.width * picture.height * frames > MAX_PIXELS:
            size = f"{picture.width:,} x {picture.height:,} pixels{f' in {frames:,} pictures' if frames > 1 else ''}"
            raise UnfitPicture(f"has {size}, which is too many to show", "save it in a smaller size")
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, Image.DecompressionBombError):
        hint = "open it in a picture editor and export it again, in the format that its file name says"
        raise UnfitPicture(f"is not a complete {suffix[1:].upper()} picture", hint) from None
    return picture


def _clean_pixels(path: str, raw: bytes) -> bytes:
    from PIL import ImageSequence

    picture = _open(path, raw)
    form = "JPEG" if picture.format == "MPO" else str(picture.format)
    if form == "JPEG":
        return _clean_photo(picture)
    frames = [_strip(frame.copy()) for frame in ImageSequence.Iterator(picture)]
    options: dict[str, Any] = {"lossless": True} if form == "WEBP" else {}
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "loop": picture.info.get("loop", 0)}
        options["duration"] = [frame.info.get("duration", 0) for frame in frames]
    return _save(frames[0], form, **options)


def _clean_photo(picture: Image) -> bytes:
    """A JPEG, rotated as the camera was held; its pixels are compressed again only if they have to change."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(picture)
    is_same = picture.format == "JPEG" and picture.getexif().get(0x0112, 1) == 1 and "icc_profile" not in picture.info
    plain = _strip(picture if is_same else turned)
    return _save(plain, "JPEG", quality="keep" if is_same else QUALITY, progressive="progression" in picture.info)


def _strip(picture: Image) -> Image:
    """The picture with its colours as browsers show them (sRGB), and without metadata."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a broken one changes no colour
            old, new = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            ImageCms.profileToProfile(picture, old, new, inPlace=True)
    picture.info = {key: value for key, value in picture.info.items() if key in SHOWN}
    if picture.mode in ("RGBA", "LA"):  # fully transparent pixels keep their colours: erased words are still there
        picture.paste((0,) * len(picture.mode), mask=picture.getchannel("A").point(lambda alpha: 255 * (alpha == 0)))
    if picture.mode == "P":
        picture = picture.remap_palette([number for number, uses in enumerate(picture.histogram()) if uses])
    return picture


def _save(picture: Image, form: str, **options: Any) -> bytes:
    done = BytesIO()
    try:
        picture.save(done, form, **options)
    except (OSError, ValueError, TypeError, KeyError):
        raise UnfitPicture("cannot be saved without what is hidden in it", "export it as PNG") from None
    return done.getvalue()


def _clean_drawing(raw: bytes) -> bytes:
    from py_svg_hush import filter_svg

    _refuse_drawing(raw)
    try:
        root = ElementTree.fromstring(filter_svg(raw, {}))
    except (ValueError, ElementTree.ParseError):
        raise _make_refusal() from None
    if root.tag != f"{{{SVG}}}svg":
        raise _make_refusal()
    _drop_unseen(root)
    _drop_names(root)
    _drop_unused(root)
    ElementTree.register_namespace("", SVG)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _make_refusal() -> UnfitPicture:
    return UnfitPicture("is not an SVG drawing that can be read", "export it again as plain SVG, or as PNG")


def _refuse_drawing(raw: bytes) -> None:
    """Raises UnfitPicture if cleaning would change what is seen, or would take too long."""
    path: list[str] = []
    styles: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(" ")[2])
        if len(path) > MAX_DEPTH:
            raise UnfitPicture(f"is nested more than {MAX_DEPTH} levels deep", "export it as PNG")
        _refuse_element(path[-1], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def text(data: str) -> None:
        if path[-1:] == ["style"]:
            styles.append(data)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, lambda _: path.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise _make_refusal() from None
    _refuse_style("".join(styles))


def _refuse_element(name: str, attributes: dict[str, str]) -> None:
    address = attributes.get("href", "").strip()
    if name == "foreignObject":
        raise UnfitPicture(
            "contains HTML instead of text (foreignObject)", "export its text as SVG text, or export it as PNG"
        )
    if name in ("image", "use", "feImage") and not address.startswith("#"):
        raise UnfitPicture(f"shows another picture by its address (`{address[:40]}`)", "export it as PNG")
    if any(key in attributes for key in SOME_READERS):
        raise UnfitPicture("shows some parts only to some readers", "delete these parts, or export it as PNG")
    if "\\" in attributes.get("style", ""):
        raise UnfitPicture("has backslashes in its styles", "export it again as plain SVG, or as PNG")


def _refuse_style(text: str) -> None:
    """Raises UnfitPicture for a style sheet that loads something, or that hides something in the file."""
    text = COMMENT.sub("", text)
    if FETCH.search(text):
        raise UnfitPicture("loads styles or fonts from elsewhere", "export its text as paths, or export it as PNG")
    if HIDING.search(text) or INVISIBLE.search(text) or "\\" in text:
        raise UnfitPicture("hides parts with a style", "delete what is hidden, or export it as PNG")


def _drop_unseen(element: ElementTree.Element) -> None:
    """Removes what is never drawn: metadata, hidden layers, comments in styles, words outside text elements."""
    for inner in list(element):
        inner.set("style", COMMENT.sub("", inner.get("style", "")).strip())
        if not inner.get("style"):
            del inner.attrib["style"]
        if inner.tag in WORDS_ONLY or _is_hidden(inner):
            _remove(element, inner)
        else:
            _drop_unseen(inner)
            inner.tail = inner.tail if element.tag in WORDY else None
    if element.tag == f"{{{SVG}}}style":
        element.text = COMMENT.sub("", element.text or "")
    elif element.tag not in WORDY:
        element.text = None


def _is_hidden(element: ElementTree.Element) -> bool:
    """Whether neither the element nor anything in it is drawn. Raises UnfitPicture if something in it may be."""
    style = element.get("style", "")
    if element.get("display") == "none" or NOTHING.fullmatch(element.get("opacity", "1")) or HIDING.search(style):
        return True
    if element.get("visibility") not in ("hidden", "collapse") and not INVISIBLE.search(style):
        return False
    if any(
        "visibility" in inner.attrib or "visibility" in inner.get("style", "") for inner in element.iterfind(".//*")
    ):
        raise UnfitPicture("hides a part that contains something visible", "delete what is hidden, or export it as PNG")
    return True


def _remove(element: ElementTree.Element, inner: ElementTree.Element) -> None:
    """Removes an element, and keeps the words that follow it."""
    tail, index = inner.tail or "", list(element).index(inner)
    element.remove(inner)
    if index:
        element[index - 1].tail = (element[index - 1].tail or "") + tail
    else:
        element.text = (element.text or "") + tail


def _drop_names(root: ElementTree.Element) -> None:
    """Removes attributes that draw nothing: those for editors and screen readers, addresses elsewhere, unused names."""
    everything = list(root.iter())
    for element in everything:
        for key, value in list(element.attrib.items()):
            if key.startswith(("data-", "aria-", "{")) or key == "role" or ELSEWHERE.search(value):
                del element.attrib[key]
    texts = [element.text or "" for element in everything if element.tag == f"{{{SVG}}}style"]
    texts += [value for element in everything for key, value in element.attrib.items() if key not in NAMES]
    used = {name for text in texts for name in NAME.findall(text)}
    for element in everything:
        for key in NAMES:
            if used.isdisjoint(NAME.findall(element.get(key, ""))):
                element.attrib.pop(key, None)


def _drop_unused(root: ElementTree.Element) -> None:
    """Removes definitions that nothing refers to, which are those whose names were removed."""
    for holder in list(root.iter()):
        for inner in list(holder):
            is_definition = inner.tag in REFERRED or holder.tag == f"{{{SVG}}}defs"
            is_named = any("id" in part.attrib or part.tag == f"{{{SVG}}}style" for part in inner.iter())
            if is_definition and not is_named:
                _remove(holder, inner)
