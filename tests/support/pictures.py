"""Pictures and papers for the tests, made on the spot."""

from __future__ import annotations

from io import BytesIO

from fpdf import FPDF
from PIL import Image


def paper(photo: bytes | None = None) -> bytes:
    """Return a PDF of a page that tells who made it, with a photo in it."""
    document = FPDF()
    document.add_page()
    document.set_author("SECRET-AUTHOR")
    document.set_creator("SECRET-PROGRAM")
    if photo is not None:
        document.image(BytesIO(photo), w=50)
    return bytes(document.output())


PDF = paper()


def picture(width: int = 300, height: int = 400, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """Return a picture of one colour, with a position in its EXIF where the kind has one."""
    drawn = BytesIO()
    image = Image.new(mode, (width, height), "#b33")
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif[0x0112] = 6
    image.save(drawn, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return drawn.getvalue()
