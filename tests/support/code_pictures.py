"""Pictures of QR codes, as somebody photographs them."""

from __future__ import annotations

from io import BytesIO

import segno
from PIL import Image


def code_picture(text: str, scale: int = 6) -> bytes:
    """Return a PNG of one code."""
    content = BytesIO()
    segno.make(text, error="m").save(content, kind="png", scale=scale, border=4)
    return content.getvalue()


def several_codes(*texts: str, size: tuple[int, int] = (1600, 1200), kind: str = "PNG", **options: object) -> bytes:
    """Return a picture with codes side by side, of a size in pixels; without texts an empty one."""
    ground = Image.new("RGB", size, "#e8e4da")
    for place, text in enumerate(texts):
        code = Image.open(BytesIO(code_picture(text, scale=7)))
        ground.paste(code, (20 + place * 520, 40 + place * 130))
    content = BytesIO()
    ground.save(content, kind, **options)
    return content.getvalue()
