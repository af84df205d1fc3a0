"""The portal as an app: its manifest, icons and worker, none of which knows who asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from gateway.portal import assets
from gateway.portal.app_icons import drawn_icon
from gateway.union_profile import profile
from tests.unit.gateway.conftest import Person


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


def test_the_manifest_names_the_union_and_its_icons_are_what_it_says(
    http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = http.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == ("standalone", "/start", "/")
    found = set()
    for icon in manifest["icons"]:
        image = Image.open(BytesIO(http.get(icon["src"]).data))
        assert (f"{image.width}x{image.height}", image.format) == (icon["sizes"], "PNG")
        found.add((icon["sizes"], icon["purpose"]))
    assert found == {(f"{side}x{side}", purpose) for side in (192, 512) for purpose in ("any", "maskable")}
    texts = {**profile.NOTHING_SET.texts, "name": "东湖大学工会", "short_name": "东湖", "colour": "#24598f"}
    monkeypatch.setattr(profile, "current", lambda: profile.Profile(texts))
    blue = json.loads(http.get("/manifest.webmanifest").text)
    assert (blue["name"], blue["short_name"]) == ("东湖大学工会", "东湖")
    assert Image.open(BytesIO(http.get(blue["icons"][1]["src"]).data)).getpixel((256, 8)) == (36, 89, 143, 255)


def test_the_icons_of_a_union_with_an_emblem_show_it(http: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    green = BytesIO()
    Image.new("RGB", (300, 200), "#0a7a3c").save(green, "PNG")
    union = profile.Profile(profile.NOTHING_SET.texts, emblem_digest="0" * 64)
    monkeypatch.setattr(profile, "current", lambda: union)
    monkeypatch.setattr(profile, "emblem", lambda digest: green.getvalue() if digest == "0" * 64 else None)
    for icon in json.loads(http.get("/manifest.webmanifest").text)["icons"]:
        image = Image.open(BytesIO(http.get(icon["src"]).data)).convert("RGBA")
        side = image.width
        assert image.getpixel((side // 2, side // 2)) == (10, 122, 60, 255)
        assert image.getpixel((0, 0))[3] == (255 if icon["purpose"] == "maskable" else 0)
        assert image.getpixel((side // 2, side // 8)) == (255, 255, 255, 255)
    assert http.get(f"/app-icons/{'1' * 64}/icon-192.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["000000/icon-192", "b3271e/icon-193", "b3271e/photo-192", "B3271E/icon-192", "x/icon-1"]
)
def test_no_other_icon_is_drawn(http: FlaskClient, path: str) -> None:
    assert http.get(f"/app-icons/{path}.png").status_code == 404


def test_a_maskable_icon_is_filled_to_its_edges_and_keeps_its_mark_inside() -> None:
    masked, plain = (Image.open(BytesIO(drawn_icon("#b3271e", 192, maskable=masked))) for masked in (True, False))
    assert masked.getpixel((0, 0)) == (179, 39, 30, 255)
    assert plain.getpixel((0, 0))[3] == 0
    white = [(x, y) for x in range(192) for y in range(192) if masked.getpixel((x, y))[:3] == (255, 255, 255)]
    assert white
    assert max((x - 96) ** 2 + (y - 96) ** 2 for x, y in white) < (192 * 0.4) ** 2


def _told(http: FlaskClient) -> dict[str, object]:
    source = http.get("/service-worker.js").text
    told: dict[str, object] = json.loads(re.match(r"const PORTAL = (\{.*\});\n", source)[1])  # type: ignore[index]
    return told


def test_the_worker_keeps_assets_and_the_offline_page_alone(http: FlaskClient) -> None:
    told = _told(http)
    assert told["offline"] == "/offline"
    assert all(str(address).startswith("/assets/") for address in told["assets"])  # type: ignore[attr-defined]
    for address in told["assets"]:  # type: ignore[attr-defined]
        assert http.get(address).headers["Cache-Control"].endswith("immutable")
    answer = http.get("/service-worker.js")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")


def test_the_worker_is_another_when_an_asset_changes(http: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _told(http)
    monkeypatch.setattr(assets, "asset_url", lambda name: f"/assets/changed/{name}")
    after = _told(http)
    assert before["version"] != after["version"]
    monkeypatch.undo()
    assert _told(http) == before


def test_worker_manifest_and_offline_page_are_the_same_for_everybody(
    http: FlaskClient, sign_in: Callable[..., Person]
) -> None:
    pages = ("/service-worker.js", "/manifest.webmanifest", "/offline")
    strangers = [http.get(page) for page in pages]
    http.set_cookie("gonghui_session", sign_in("officer").token)
    http.set_cookie("language", "en")
    known = [http.get(page) for page in pages]
    assert [page.text for page in strangers] == [page.text for page in known]
    assert all("Set-Cookie" not in page.headers for page in known)


def test_pages_name_manifest_worker_and_colours_and_the_policy_lets_them_in(http: FlaskClient) -> None:
    page = http.get("/sign-in")
    for part in ('rel="manifest" href="/manifest.webmanifest"', 'rel="apple-touch-icon"', 'name="theme-color"'):
        assert part in page.text
    assert 'data-worker="/service-worker.js"' in page.text
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert {"manifest-src 'self'", "worker-src 'self'"} <= set(policy)
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_signing_out_wipes_what_the_browser_keeps(http: FlaskClient, sign_in: Callable[..., Person]) -> None:
    http.set_cookie("gonghui_session", sign_in().token)
    token = http.get("/me/settings").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = http.post("/sign-out", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"storage"')
