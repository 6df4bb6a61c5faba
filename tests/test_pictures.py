"""Pictures are published without what nobody sees in them: words, places, names, hidden layers, scripts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Lay, Play, output_of
from knowledge import edit
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from generator.files.pictures import UnfitPicture, clean_picture, judge_picture
from generator.publishing.pages.naming import place_of_attachment

ROOT = Path(__file__).parents[1]
MARK = "zqxsecretqz"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{MARK}</a></x:xmpmeta>'.encode()


def _shades(mode: str = "RGB", size: tuple[int, int] = (24, 16)) -> Image.Image:
    """Colours that run from side to side, as a photo has them."""
    across = Image.linear_gradient("L").resize(size)
    bands = [across, across.transpose(Image.Transpose.FLIP_LEFT_RIGHT), across.rotate(90).resize(size)]
    return Image.merge("RGB", bands).convert(mode)


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = MARK
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = MARK
    return exif


def _profile() -> bytes:
    """A colour profile; its own words are spoilt by the mark, as a maker's name would stand there."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return raw + MARK.encode()


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue() + MARK.encode()  # behind the end, too


def _png(picture: Image.Image, **options: object) -> bytes:
    words = PngInfo()
    words.add_text("Author", MARK)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    words.add_text("Comment", MARK, zip=True)
    return _saved(picture, "PNG", pnginfo=words, exif=_exif(), icc_profile=_profile(), **options)


PHOTO = {"exif": _exif(), "comment": MARK, "xmp": XMP, "quality": 80}
PICTURES = {
    "a.png": lambda: _png(_shades()),
    "grey.png": lambda: _png(_shades("L")),
    "transparent.png": lambda: _png(_shades("RGBA")),
    "palette.png": lambda: _png(_shades().quantize(16), transparency=3),
    "moving.png": lambda: _png(_shades(), save_all=True, append_images=[_shades("RGB").rotate(90)], duration=70),
    "photo.jpg": lambda: _saved(_shades(), "JPEG", **PHOTO),
    "grey.jpeg": lambda: _saved(_shades("L"), "JPEG", **PHOTO),
    "PHOTO.JPG": lambda: _saved(_shades(), "JPEG", **PHOTO, icc_profile=_profile(), progressive=True),
    "print.jpg": lambda: _saved(_shades("CMYK"), "JPEG", **PHOTO),
    "still.gif": lambda: _saved(_shades("L"), "GIF", comment=MARK),
    "moving.gif": lambda: _saved(
        _shades("L"), "GIF", comment=MARK, save_all=True, append_images=[_shades("L").rotate(180)], duration=50, loop=0
    ),
    "a.webp": lambda: _saved(_shades(), "WEBP", exif=_exif(), xmp=XMP, icc_profile=_profile()),
}


@pytest.mark.parametrize("name", PICTURES)
def test_only_what_is_seen_is_left(name: str) -> None:
    raw = PICTURES[name]()
    assert MARK.encode() in raw
    done = clean_picture(f"content/pages/{name}", raw)
    judge_picture(f"content/pages/{name}", raw)
    before, after = Image.open(BytesIO(raw)), Image.open(BytesIO(done))
    words = MARK.encode()
    assert words not in done
    assert not any(words in value for value in after.info.values() if isinstance(value, bytes))
    assert MARK not in str(after.info)
    assert not after.getexif()
    assert (after.size, getattr(after, "n_frames", 1)) == (before.size, getattr(before, "n_frames", 1))
    for number in range(getattr(before, "n_frames", 1)):
        before.seek(number)
        after.seek(number)
        one, other = (picture.convert("RGBA").tobytes() for picture in (before, after))
        apart = sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)
        assert apart < 2, "it looks different"
    assert clean_picture(f"content/pages/{name}", raw) == done, "two builds differ"


def test_what_was_erased_is_gone() -> None:
    """Some editors erase by making transparent: the colours stay in the file. A palette keeps colours that are gone."""
    erased = _shades("RGBA")
    erased.putalpha(0)
    done = Image.open(BytesIO(clean_picture("a.png", _saved(erased, "PNG"))))
    assert set(done.convert("RGBA").getdata()) == {(0, 0, 0, 0)}
    told = Image.new("P", (9, 9), 1)
    told.putpalette([0, 0, 0, 255, 0, 0, *b"SECRETSECRET"])
    done = clean_picture("a.png", _saved(told, "PNG"))
    assert b"SECRET" not in done
    assert Image.open(BytesIO(done)).convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_a_photo_stands_as_the_camera_was_held() -> None:
    upright = Image.new("RGB", (40, 20), "white")
    upright.paste("black", (0, 0, 40, 10))
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    done = Image.open(BytesIO(clean_picture("a.jpg", _saved(lying, "JPEG", exif=_exif(6)))))
    assert done.size == (40, 20)
    assert done.getpixel((20, 2)) < (60, 60, 60)


def _bomb() -> bytes:
    """A GIF of a thousand bytes that shows 40 pictures on a large canvas."""
    size = (9000).to_bytes(2, "little")
    frame = b"!\xf9\x04\x04\x05\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    return b"GIF89a" + size + size + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * 40 + b";"


def test_a_drawing_may_have_many_parts_and_say_anything() -> None:
    parts = "<rect/>" * 300 + "<text>Choose display: none or url(x), then <tspan>go</tspan> on</text>"
    done = clean_picture("a.svg", SVG.format("", parts).encode()).decode()
    assert done.count("rect") == 300
    assert "Choose display: none or url(x), then " in done
    assert "> on<" in done


def test_spaces_in_a_style_are_read_once() -> None:
    """A pattern that could share them out in many ways took a minute for 60,000."""
    clean_picture("a.svg", SVG.format("", f"<style>rect{{fill:url({' ' * 200_000}#a)}}</style>").encode())


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
DRAWN = '<rect width="5" height="5" fill="url(#shade)"/><text x="1">Answer</text>'
SHADE = '<defs><linearGradient id="shade"><stop offset="0" stop-color="red"/></linearGradient></defs>'
UNSEEN = {
    "a comment": f"<!-- {MARK} -->",
    "a script": f"<script>{MARK}</script>",
    "a title": f"<title>{MARK}</title>",
    "a description": f"<g><desc>{MARK}</desc></g>",
    "metadata": f'<metadata><d:x xmlns:d="urn:d">{MARK}</d:x></metadata>',
    "an instruction": f"<?editor {MARK}?>",
    "a comment in a style": f"<style>/* {MARK} */ rect {{ stroke: red }}</style>",
    "an open comment in a style": f"<style>rect {{ stroke: red }} /* {MARK}</style>",
    "an editor's element": f'<i:view xmlns:i="urn:i" path="{MARK}">{MARK}</i:view>',
    "an editor's attribute": f'<g xmlns:i="urn:i" i:export-filename="/home/{MARK}"/>',
    "data": f'<g data-owner="{MARK}"/>',
    "words for reading aloud": f'<g aria-label="{MARK}" role="{MARK}"/>',
    "a name that nothing uses": f'<g id="{MARK}" class="{MARK}"/>',
    "a hidden layer": f'<g style="fill:red; display : none"><text>{MARK}</text></g>',
    "a hidden text": f'<text display="none">{MARK}</text>',
    "a definition that nothing uses": f'<defs><text id="{MARK}">{MARK}</text></defs>',
    "a hidden text by its visibility": f'<text visibility="hidden">{MARK}</text>',
    "a hidden layer by its style": f'<g style="visibility:collapse"><text>{MARK}</text></g>',
    "a layer without opacity": f'<g opacity="0"><text>{MARK}</text></g>',
    "a text without opacity": f'<text style="fill:red;opacity:0.0">{MARK}</text>',
    "a text that a comment helps to hide": f'<text style="display:/**/none">{MARK}</text>',
    "a comment in an attribute": f'<rect style="fill:red /* {MARK} */"/>',
    "a symbol that nothing uses": f'<symbol id="{MARK}"><text>{MARK}</text></symbol>',
    "a mask that nothing uses": f"<g><mask><text>{MARK}</text></mask></g>",
    "words outside of texts": f"{MARK}<g>{MARK}<rect/>{MARK}</g>",
    "an event": f'<rect onclick="{MARK}"/>',
    "a link": f'<a xlink:href="https://x.example/{MARK}"><rect/></a>',
    "an address in a style": f'<rect style="fill:url(https://x.example/{MARK})"/>',
    "an animated address": f'<set attributeName="href" to="javascript:{MARK}"/>',
    "a frame": f'<iframe src="https://x.example/{MARK}"/>',
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN.keys())
def test_only_what_a_drawing_draws_is_left(unseen: str) -> None:
    done = clean_picture("a.svg", SVG.format('width="9"', SHADE + unseen + DRAWN).encode()).decode()
    assert MARK not in done
    assert "url(#shade)" in done
    assert 'id="shade"' in done
    assert ">Answer</" in done
    assert "<script" not in done


def test_words_outside_of_the_drawing_go_too() -> None:
    entity = f'<!DOCTYPE svg [<!ENTITY note "{MARK}">]><!-- {MARK} -->'
    done = clean_picture("a.svg", f"{entity}{SVG.format('', DRAWN)}<!-- {MARK} -->".encode())
    assert MARK.encode() not in done
    assert b">Answer</" in done


# What cannot be cleaned without another look, or at all: the file, what is said of it, and what would fix it.
UNFIT = {
    "text that is no picture": ("a.png", b"hello", "is not a complete PNG picture", "export it again"),
    "nothing": ("a.gif", b"", "is not a complete GIF picture", "export it again"),
    "half a picture": ("a.png", _png(_shades())[:150], "is not a complete PNG picture", "export it again"),
    "half a photo": (
        "a.jpg",
        _saved(_shades(size=(300, 300)), "JPEG")[:3000],
        "is not a complete JPG picture",
        "export",
    ),
    "one under another's name": (
        "a.png",
        _saved(_shades(), "JPEG"),
        "is not a complete PNG picture",
        "that its file name says",
    ),
    "a script under a picture's name": ("a.webp", b"<script>", "is not a complete WEBP picture", "export"),
    "too many pixels": ("a.png", _saved(Image.new("1", (9000, 9000)), "PNG"), "9,000 x 9,000 pixels", "smaller"),
    "no drawing": ("a.svg", b"<html><body/></html>", "is not an SVG drawing", "plain SVG"),
    "half a drawing": ("a.svg", SVG.format("", DRAWN)[:90].encode(), "is not an SVG drawing", "plain SVG"),
    "a picture within": ("a.svg", '<image href="data:image/png;base64,AAAA"/>', "shows another picture", "PNG"),
    "a picture elsewhere": ("a.svg", '<image xlink:href="https://x.example/a.png"/>', "shows another picture", "PNG"),
    "a drawing elsewhere": ("a.svg", '<use href="other.svg#a"/>', "shows another picture", "PNG"),
    "text as HTML": ("a.svg", "<foreignObject><p>x</p></foreignObject>", "(foreignObject)", "as SVG text"),
    "a font": ("a.svg", "<style>@font-face{src:url(x)}</style>", "loads styles or fonts", "as paths"),
    "a style elsewhere": ("a.svg", "<style>@IMPORT url(x)</style>", "loads styles or fonts", "as paths"),
    "what a style makes invisible": ("a.svg", "<style>.n{fill:red;VISIBILITY:hidden}</style>", "hides parts", "delete"),
    "what a style makes clear": ("a.svg", "<style>.n{opacity:0}</style>", "hides parts with a style", "delete"),
    "what a comment helps to hide": ("a.svg", "<style>.n{display:/* */none}</style>", "hides parts", "delete"),
    "what an escape helps to hide": ("a.svg", "<style>.n{disp\\6c ay:none}</style>", "hides parts", "delete"),
    "a part for some readers": ("a.svg", '<switch><text systemLanguage="x">a</text></switch>', "some readers", "PNG"),
    "a hidden part with a shown one": (
        "a.svg",
        '<g visibility="hidden"><text visibility="visible">a</text></g>',
        "hides a part that contains",
        "delete",
    ),
    "an encoding that nobody knows": (
        "a.svg",
        b'<?xml version="1.0" encoding="x-none"?><svg/>',
        "is not an SVG",
        "plain SVG",
    ),
    "a small file of many large pictures": ("a.gif", _bomb(), "9,000 x 9,000 pixels in 40 pictures", "smaller"),
    "what a style hides": ("a.svg", "<style>.n{ display : none }</style>", "hides parts with a style", "delete"),
    "a deep nest": ("a.svg", "<g>" * 50_000 + "</g>" * 50_000, "nested more than 100 levels", "PNG"),
    "an entity bomb": (
        "a.svg",
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
        + b']><svg xmlns="http://www.w3.org/2000/svg"><text>&i;</text></svg>',
        "is not an SVG drawing",
        "plain SVG",
    ),
}


@pytest.mark.parametrize(("name", "raw", "why", "hint"), UNFIT.values(), ids=UNFIT.keys())
def test_what_cannot_be_cleaned_is_refused(name: str, raw: bytes | str, why: str, hint: str) -> None:
    data = SVG.format("", raw).encode() if isinstance(raw, str) else raw
    for act in (clean_picture, judge_picture):
        with pytest.raises(UnfitPicture) as refused:
            act(f"content/pages/{name}", data)
        assert why in str(refused.value)
        assert hint in refused.value.hint


PAGE = "---\ntitle: Forms\nowner: support\naudience: vendor\nsummary: Forms.\n---\n\n"


def test_a_picture_that_cannot_be_published_is_found_where_it_is_shown(lay: Lay, play: Play) -> None:
    """Also one that is too large, or that leads nowhere: `check` was clean, and `build` ended."""
    names = ("spoilt.png", "large.jpg", "gone.svg", "loop.gif", "fine.svg")
    base = lay({"content/pages/forms.md": PAGE + "".join(f"![{n}]({n}) and again ![{n}]({n})\n\n" for n in names)})
    pages = base / "content/pages"
    (pages / "spoilt.png").write_bytes(b"spoilt")
    (pages / "large.jpg").write_bytes(bytes(3_000_000))
    (pages / "gone.svg").symlink_to("nowhere.svg")
    (pages / "loop.gif").symlink_to("loop.gif")
    (pages / "fine.svg").write_text(SVG.format("", DRAWN + SHADE), encoding="utf-8")
    told = play(base, "check").output
    for line, what in (
        (8, "the picture `spoilt.png` is not a complete PNG picture"),
        (10, "the picture `large.jpg` is 2.9 MiB in size, but the limit is 2 MiB"),
        (12, "the picture `gone.svg` cannot be read"),
        (14, "the picture `loop.gif` cannot be read"),
    ):
        assert what in told
        assert f"forms.md:{line}:" in told
    assert told.count("error[unfit-picture]") == 4, told
    (base / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    assert play(base, "build").exit_code == 1
    assert play(base, "build", "--allow-errors").exit_code == 0
    assert [path.name for path in (base / "site/pages").glob("*.???")] == ["fine.svg"]


def test_half_a_photo_is_refused_after_a_handbook_was_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it for the whole process
    photo = PICTURES["photo.jpg"]()
    with pytest.raises(UnfitPicture):
        clean_picture("photo.jpg", photo[: len(photo) // 2])


def test_no_word_in_a_picture_reaches_a_vendor(lay: Lay, play: Play) -> None:
    pack = "content/packs/acme-accounts.yaml"
    base = lay({"content/pages/forms.md": PAGE + "".join(f"![x]({name})\n\n" for name in [*PICTURES, "a.svg"])})
    edit(base, pack, "modules:\n", "modules:\n  - {title: F, documents: [forms]}\n")
    for name, made in PICTURES.items():
        (base / "content/pages" / name).write_bytes(made())
    (base / "content/pages/a.svg").write_text(SVG.format("", "".join(UNSEEN.values())), encoding="utf-8")
    (base / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    assert play(base, "build", "--audience", "vendor").exit_code == 0
    output_of(base, "pack", "build", "acme-accounts")
    site = {path.name: path.read_bytes() for path in (base / "site").rglob("*") if path.is_file()}
    with zipfile.ZipFile(next((base / "dist").rglob("site.zip"))) as archive:
        packed = {Path(name).name: archive.read(name) for name in archive.namelist()}
    plain = {place_of_attachment(name, is_plain=True) for name in PICTURES}
    for files, wanted in ((site, set(PICTURES)), (packed, plain)):
        assert wanted <= set(files), "the pictures are shown"
        assert [name for name, content in files.items() if MARK.encode() in content] == []
