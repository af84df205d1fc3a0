"""Pictures and papers for the tests, made on the spot."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(width: int = 300, height: int = 400, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """Return a picture of one colour, with a position in its EXIF where the kind has one."""
    drawn = BytesIO()
    image = Image.new(mode, (width, height), "#b33")
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif[0x0112] = 6
    image.save(drawn, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return drawn.getvalue()
