"""The pictures in the README: four pages of the demo union, in both languages, small enough to load at once.

`python -m tests.support.screenshots`, run by `make screenshots`, writes `docs/pictures/<page>.<language>.png`. Pictures
have few colours each: pages are mostly plain ground and text.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.api import Api
from tests.support.chromium import ARGUMENTS, chromium_program
from tests.support.stack import PASSWORD, Stack, embedded_stack

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LANGUAGES = {"en": "en", "zh": "zh-CN"}
MEMBERS = 400
COLOURS = 96
LARGEST = 150_000
"""Bytes of a picture: all four load in a second on a phone."""


@dataclass(frozen=True)
class Shot:
    """A page as it is shown: who sees it, where, on a window of which width and height."""

    name: str
    reader: str | None
    path: str
    width: int
    height: int


def shots(union: Stack) -> list[Shot]:
    """Return the pages to show; the activity is the next one that still has room."""
    listed = Api(union.url).sign_in("member").get("/activities", registration_open=True)["items"]
    activity = next(one for one in listed if one["capacity"] and one["seats_taken"] and one["seats_left"])
    return [
        Shot("front", None, "/", 1280, 880),
        Shot("workbench", "officer", "/console", 1280, 880),
        Shot("activity", "member", f"/activities/{activity['id']}", 390, 844),
        Shot("plan", "officer", "/console/plan", 1280, 880),
    ]


def small(picture: bytes) -> bytes:
    """Return the picture as a PNG of few colours."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Start the demo union and write the pictures.

    Raises:
        AssertionError: a page does not open, or its picture is too large.
    """
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        embedded_stack(Path(folder), MEMBERS) as union,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(ARGUMENTS))
        Api(union.url).sign_in("officer").post("/me/hints/dismiss", {"page": "workbench"}, status=204)
        wanted = shots(union)
        for language, locale in LANGUAGES.items():
            for name, picture in _taken(browser, union.url, wanted, locale):
                path = PICTURES / f"{name}.{language}.png"
                path.write_bytes(made := small(picture))
                assert len(made) <= LARGEST, f"{path.name} has {len(made):,} bytes"
                print(f"{path.relative_to(PICTURES.parents[1])}: {len(made):,} bytes")
        browser.close()


def _taken(browser: Browser, url: str, wanted: list[Shot], locale: str) -> Iterator[tuple[str, bytes]]:
    for shot in wanted:
        context = browser.new_context(
            viewport={"width": shot.width, "height": shot.height},
            locale=locale,
            color_scheme="light",
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "language", "value": locale[:2], "url": url}])
        page = context.new_page()
        if shot.reader:
            _sign_in(page, url, shot.reader)
        answer = page.goto(url + shot.path)
        assert answer is not None
        assert answer.ok, f"{shot.path}: {answer.status}"
        page.wait_for_load_state("networkidle")
        yield shot.name, page.screenshot()
        context.close()


def _sign_in(page: Page, url: str, reader: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("[name=username]", reader)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)


if __name__ == "__main__":
    main()
