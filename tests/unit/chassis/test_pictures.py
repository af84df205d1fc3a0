"""Files are what their content says, and a photo leaves its camera behind."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from services.chassis.errors import Refused
from services.chassis.files import attachment_rules as rules
from services.chassis.files.pictures import redrawn
from tests.support.pictures import PDF, picture


def test_a_photo_is_drawn_anew_upright_and_without_its_camera() -> None:
    original = picture(2000, 1000)
    assert b"SECRET-CAMERA" in original
    drawn = redrawn(original)
    image = Image.open(BytesIO(drawn))
    assert (image.format, image.size) == ("JPEG", (400, 800))  # turned as the camera held it
    assert b"SECRET-CAMERA" not in drawn
    assert not image.getexif()


def test_a_small_photo_stays_as_large_as_it_is() -> None:
    assert Image.open(BytesIO(redrawn(picture(200, 300, "PNG")))).size == (200, 300)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "LA"])
def test_pictures_of_every_mode_become_photos(mode: str) -> None:
    drawn = BytesIO()
    Image.new(mode, (200, 200)).save(drawn, "PNG")
    assert Image.open(BytesIO(redrawn(drawn.getvalue()))).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (PDF, "files.picture_is_readable"),
        (b"GIF89a....", "files.picture_is_readable"),
        (b"\xff\xd8\xff and no more", "files.picture_is_readable"),
        (picture()[:400], "files.picture_is_readable"),
        (picture(100, 400), "files.picture_is_large_enough"),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        redrawn(content)
    assert caught.value.rule == rule


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    drawn = BytesIO()
    Image.new("1", (20_000, 20_000)).save(drawn, "PNG")
    assert len(drawn.getvalue()) < 200_000
    with pytest.raises(Refused) as caught:
        redrawn(drawn.getvalue())
    assert caught.value.rule == "files.picture_is_not_too_large"


@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [("RGBA", "PNG", {}), ("RGB", "JPEG", {"progressive": True, "subsampling": 0})],
)
def test_what_has_to_be_decoded_whole_is_bounded_more_tightly(mode: str, kind: str, options: dict[str, Any]) -> None:
    drawn = BytesIO()
    Image.new(mode, (4_000, 3_100)).save(drawn, kind, **options)
    assert len(drawn.getvalue()) < 300_000
    with pytest.raises(Refused) as caught:
        redrawn(drawn.getvalue())
    assert caught.value.rule == "files.picture_is_not_too_large"


def test_a_large_plain_jpeg_is_taken() -> None:
    assert Image.open(BytesIO(redrawn(picture(4_000, 3_100)))).size == (620, 800)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_damaged_picture_is_refused_or_drawn_and_breaks_nothing(kind: str) -> None:
    whole = picture(kind=kind)

    def outcome(place: int) -> str | None:
        try:
            redrawn(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        except Refused as refused:
            return refused.rule
        return "drawn"

    rules_named = {f"files.picture_is_{one}" for one in ("readable", "large_enough", "not_too_large")}
    assert {outcome(place) for place in range(2, min(len(whole), 400))} <= {"drawn", *rules_named}


@pytest.mark.parametrize("side", [800, 2000])
def test_a_photo_is_kept_as_large_as_it_is_wanted(side: int) -> None:
    assert Image.open(BytesIO(redrawn(picture(2400, 3000), side))).size == (side, round(side * 0.8))


def test_a_photo_of_60_megapixels_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture(10_000, 6_000)

    def decoded(*_: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr(Image.Image, "thumbnail", decoded)
    with pytest.raises(Refused) as caught:
        redrawn(content, 2000)
    assert caught.value.rule == "files.picture_is_not_too_large"


def test_a_photo_for_a_press_is_drawn_in_the_colours_of_a_screen() -> None:
    drawn = BytesIO()
    Image.new("CMYK", (200, 200), (0, 255, 255, 0)).save(drawn, "JPEG")
    kept = Image.open(BytesIO(redrawn(drawn.getvalue())))
    red, green, blue = kept.getpixel((100, 100))
    assert (kept.mode, red > 200, green < 60, blue < 60) == ("RGB", True, True, True)


def test_a_png_of_16_bits_of_grey_keeps_its_shades() -> None:
    drawn = BytesIO()
    grey = Image.new("I;16", (256, 200))
    grey.putdata([column * 256 for _ in range(200) for column in range(256)])
    grey.save(drawn, "PNG")
    kept = Image.open(BytesIO(redrawn(drawn.getvalue()))).convert("L")
    shades = [kept.getpixel((column, 100)) for column in (10, 128, 245)]
    assert all(abs(shade - wanted) < 6 for shade, wanted in zip(shades, (10, 128, 245), strict=True))


def test_of_an_animation_the_first_picture_is_kept() -> None:
    drawn = BytesIO()
    red, blue = (Image.new("RGB", (200, 200), colour) for colour in ("red", "blue"))
    red.save(drawn, "PNG", save_all=True, append_images=[blue], duration=100)
    kept = Image.open(BytesIO(redrawn(drawn.getvalue())))
    assert (kept.format, getattr(kept, "n_frames", 1)) == ("JPEG", 1)
    assert kept.getpixel((100, 100))[0] > 200


def test_a_telephones_photo_with_another_picture_behind_it_is_a_photo() -> None:
    """Its first picture may be as large as that of any other JPEG."""
    drawn = BytesIO()
    first, second = Image.new("RGB", (4032, 3024), "red"), Image.new("RGB", (300, 200), "blue")
    first.save(drawn, "MPO", save_all=True, append_images=[second])
    assert Image.open(BytesIO(drawn.getvalue())).format == "MPO"
    kept = Image.open(BytesIO(redrawn(drawn.getvalue())))
    assert (kept.format, kept.size, kept.getpixel((10, 10))[0] > 200) == ("JPEG", (800, 600), True)


def test_what_is_two_things_at_once_is_kept_as_the_picture_only() -> None:
    kept = redrawn(picture() + b"PK\x03\x04 <script>SECRET-PROGRAM</script>")
    assert b"SECRET-PROGRAM" not in kept
    assert b"PK\x03\x04" not in kept


def test_a_document_is_told_by_its_first_bytes() -> None:
    assert rules.file_is_what_it_says("application/pdf", PDF) is None
    for media_type, content in (("application/pdf", picture()), ("image/png", picture()), ("image/jpeg", b"MZ..")):
        refusal = rules.file_is_what_it_says(media_type, content)
        assert refusal is not None
        assert refusal.rule == "files.file_is_what_it_says"
