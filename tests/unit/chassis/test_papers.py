"""Papers keep what they show and give up places, cameras and programs; photos and papers are read in the child."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from fpdf import FPDF
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject as Array
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from services.chassis.errors import Refused
from services.chassis.files import papers, pictures
from services.chassis.files.attachments import PAPER, PICTURE
from services.chassis.files.metadata import bare_jpeg, bare_png
from services.chassis.files.parser_process import parsed
from tests.support.pictures import PDF, paper, picture

SECRETS = (b"SECRET-CAMERA", b"SECRET-AUTHOR", b"SECRET-PROGRAM", b"SECRET-PLACE", b"SECRET-FILE")


def cleaned(content: bytes, media_type: str) -> bytes:
    (kept,) = parsed(PAPER, papers.clean, content, media_type=media_type)
    assert not any(secret in kept for secret in SECRETS)
    return bytes(kept)


def rule_of(content: bytes, media_type: str) -> str | None:
    with pytest.raises(Refused) as refused:
        cleaned(content, media_type)
    return refused.value.rule


def photographed(progressive: bool = False) -> bytes:
    """Return a picture with everything a telephone adds: place, camera, preview, comment, a second picture behind."""
    drawn = BytesIO()
    image = Image.radial_gradient("L").convert("RGB").resize((320, 200))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRET-CAMERA", 6
    exif.get_ifd(0x8825)[29] = "SECRET-PLACE"
    image.save(drawn, "JPEG", exif=exif, comment=b"SECRET-PLACE", progressive=progressive, xmp=b"SECRET-PLACE")
    return drawn.getvalue() + picture()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photographed_paper_keeps_every_pixel_and_how_it_is_turned(progressive: bool):
    original = photographed(progressive)
    assert b"SECRET-PLACE" in original

    kept = cleaned(original, "image/jpeg")

    before, after = (Image.open(BytesIO(content)) for content in (original, kept))
    assert before.tobytes() == after.tobytes()
    assert dict(after.getexif()) == {0x0112: 6}
    assert kept.count(b"\xff\xd8\xff") == 1


def test_a_png_keeps_every_pixel():
    drawn, texts = BytesIO(), PngInfo()
    texts.add_itxt("Location", "SECRET-PLACE")
    image = Image.linear_gradient("L").convert("RGBA")
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    image.save(drawn, "PNG", pnginfo=texts, exif=exif, dpi=(300, 300))

    kept = cleaned(drawn.getvalue() + b"SECRET-PLACE", "image/png")

    after = Image.open(BytesIO(kept))
    assert (after.tobytes(), "exif" in after.info, round(after.info["dpi"][0])) == (image.tobytes(), False, 300)


def test_a_pdf_loses_what_it_tells_of_its_maker_and_the_pictures_in_it_theirs():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper(photographed()))))
    writer.add_attachment("notes.txt", b"SECRET-FILE")
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert('SECRET-PROGRAM')"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    stream = BytesIO()
    writer.write(stream)

    kept = PdfReader(BytesIO(cleaned(stream.getvalue(), "application/pdf")))

    assert len(kept.pages) == 1
    assert kept.metadata is None or "/Author" not in kept.metadata
    assert kept.pages[0].images[0].image.size == (320, 200)
    assert not kept.attachments


def test_a_picture_behind_two_filters_of_a_pdf_is_reached():
    reader = PdfReader(BytesIO(paper(photographed())))
    writer = PdfWriter(clone_from=reader)
    (image,) = (one for one in writer._objects if isinstance(one, dict) and one.get("/Filter") == "/DCTDecode")
    image._data = zlib.compress(image._data)
    image[NameObject("/Filter")] = Array([NameObject("/FlateDecode"), NameObject("/DCTDecode")])
    stream = BytesIO()
    writer.write(stream)

    kept = PdfReader(BytesIO(cleaned(stream.getvalue(), "application/pdf")))

    data = kept.pages[0].images[0].data
    assert not any(secret in data for secret in SECRETS)
    assert kept.pages[0].images[0].image.size == (320, 200)


def test_a_signed_pdf_stays_as_it_is_since_its_signature_would_be_void():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
    signature = DictionaryObject(
        {NameObject("/Type"): NameObject("/Sig"), NameObject("/Contents"): ByteStringObject(b"\x30\x82"),
         NameObject("/ByteRange"): Array([NumberObject(place) for place in (0, 10, 20, 30)])}
    )  # fmt: skip
    writer.root_object[NameObject("/Perms")] = DictionaryObject({NameObject("/DocMDP"): writer._add_object(signature)})
    stream = BytesIO()
    writer.write(stream)

    assert parsed(PAPER, papers.clean, stream.getvalue(), media_type="application/pdf") == [stream.getvalue()]


def locked() -> bytes:
    writer, stream = PdfWriter(clone_from=PdfReader(BytesIO(PDF))), BytesIO()
    writer.encrypt("password", algorithm="AES-256")
    writer.write(stream)
    return stream.getvalue()


def huge(side: int) -> bytes:
    """Return the head of a picture that says it is as large as that."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


@pytest.mark.parametrize(
    ("content", "media_type", "rule"),
    [
        (b"%PDF-1.7 a certificate", "application/pdf", "files.paper_is_readable"),
        (b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "application/pdf", "files.paper_is_readable"),
        (locked(), "application/pdf", "files.paper_is_readable"),
        (picture()[:300], "image/jpeg", "files.paper_is_readable"),
        (picture(kind="PNG")[:-20], "image/png", "files.paper_is_readable"),
        (huge(60_000), "image/png", "files.picture_is_not_too_large"),
    ],
)
def test_what_is_no_whole_paper_is_refused(content: bytes, media_type: str, rule: str):
    assert rule_of(content, media_type) == rule


def test_an_open_image_of_60000_squared_is_refused_as_a_photo_too():
    with pytest.raises(Refused) as refused:
        parsed(PICTURE, pictures.redraw, huge(60_000))

    assert refused.value.rule == "files.picture_is_not_too_large"


def test_a_pdf_that_unpacks_without_end_ends_its_reader_only():
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica")
    document.text(10, 10, "x")
    content = bytes(document.output())
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    page = writer.pages[0]["/Contents"].get_object()
    bomb = zlib.compress(zlib.compress(zlib.compress(b"\0" * 200_000_000, 9), 9), 9)
    page._data = bomb
    page[NameObject("/Filter")] = Array([NameObject("/FlateDecode")] * 3 + [NameObject("/DCTDecode")])
    stream = BytesIO()
    writer.write(stream)

    assert rule_of(stream.getvalue(), "application/pdf") == "files.paper_is_readable"


@pytest.mark.parametrize("strip", [bare_jpeg, bare_png])
def test_nothing_that_is_cut_off_or_damaged_runs_on(strip):
    whole = photographed() if strip is bare_jpeg else picture(kind="PNG")
    for place in range(0, len(whole), 7):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            try:
                strip(damaged)
            except ValueError:
                continue
