"""A picture for tests that need the bytes of one."""

from __future__ import annotations

import io

from PIL import Image


def picture(red: int = 200, green: int = 0, blue: int = 0, form: str = "PNG") -> bytes:
    """A square of four by four pixels in one colour, each part of it 0 to 255, as a file of that form."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (red, green, blue)).save(out, form)
    return out.getvalue()
