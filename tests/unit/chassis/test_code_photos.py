"""QR codes are found in photos of every sort, and no photo takes more memory or time than one may."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from services.chassis.errors import Refused
from services.chassis.files.code_photos import codes_in
from tests.support.code_pictures import code_picture, several_codes


def test_each_different_code_is_found_once():
    assert codes_in(code_picture("一张 card")) == ["一张 card"]
    assert set(codes_in(several_codes("one", "two", "two"))) == {"one", "two"}
    assert codes_in(several_codes()) == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_photos_of_every_format_and_turned_ones_are_read(kind):
    image = Image.open(BytesIO(code_picture("turned"))).convert("RGB").rotate(90)
    content = BytesIO()
    image.save(content, kind)
    assert codes_in(content.getvalue()) == ["turned"]


def test_a_code_in_light_on_dark_and_on_nothing_is_read():
    code = Image.open(BytesIO(code_picture("seen"))).convert("L")
    clear = Image.new("RGBA", code.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=code.point(lambda value: 255 - value))
    for image in (code.point(lambda value: 255 - value), clear):
        content = BytesIO()
        image.save(content, "PNG")
        assert codes_in(content.getvalue()) == ["seen"]


def test_a_jpeg_of_60_megapixels_is_read_at_a_fraction_of_its_size():
    code = Image.open(BytesIO(code_picture("far", scale=60))).convert("L")
    ground = Image.new("L", (9_000, 6_700), 230)
    ground.paste(code, (500, 500))
    content = BytesIO()
    ground.save(content, "JPEG", quality=60)
    assert codes_in(content.getvalue()) == ["far"]


def _png_of(width: int, height: int) -> bytes:
    """A small file that unfolds into a large picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(9_000, 6_700), (60_000, 60_000)])
def test_a_small_file_that_unfolds_into_a_large_picture_is_refused(size):
    with pytest.raises(Refused) as caught:
        codes_in(_png_of(*size))
    assert caught.value.rule == "codes.photo_is_not_too_large"


@pytest.mark.parametrize(
    "content",
    [b"nothing", b"\xff\xd8\xff" + os.urandom(500), code_picture("cut off")[:150], b"<svg/>", b"GIF89a" + b"\0" * 50],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(Refused) as caught:
        codes_in(content)
    assert caught.value.rule == "codes.photo_is_readable"
