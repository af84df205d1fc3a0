"""The union's profile: defaults of the organisation, changes by officers, and what every page shows of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from gateway.identity.new_password import MADE_BYTES, set_for_owner
from gateway.identity.passwords import new_secret
from gateway.read_models.tables import UnitView
from gateway.rpc import caching
from gateway.union_profile import colours
from services.chassis.database.engine import Database
from services.chassis.database.history import ChangeHistory
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from tests.unit.gateway.conftest import Person
from tests.unit.gateway.signing_in import bearer, open_session

PATH = "/api/v1/union-profile"
BLUE = "#24598f"
SignIn = Callable[..., Person]


@pytest.fixture
def http(app_with_portal: Flask) -> FlaskClient:
    return app_with_portal.test_client()


@pytest.fixture
def officer(sign_in: SignIn) -> Person:
    return sign_in("officer")


def change(http: FlaskClient, person: Person, status: int = 200, **parts: Any) -> dict[str, Any]:
    answer = http.put(PATH, json={"version": 0, **parts}, headers=person.headers)
    assert answer.status_code == status, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


def front(http: FlaskClient, language: str = "zh") -> str:
    return http.get("/", headers={"Accept-Language": language}).get_data(as_text=True)


def test_without_a_profile_pages_have_the_name_of_the_organisation(http: FlaskClient, database: Database) -> None:
    assert "<h1>工会</h1>" in front(http)
    with transaction(database) as tx:
        names = {"name": "临江大学工会", "name_en": "Linjiang University Union"}
        tx.session.add(
            UnitView(unit_id=uuid7(), code="01", kind="union", parent_id=None, active=True, sequence=1, **names)
        )
    caching.clear_all()
    assert "<h1>临江大学工会</h1>" in front(http)
    found = http.get(PATH).get_json()
    assert (found["name"], found["colour"], found["version"]) == (None, None, 0)


def test_what_an_officer_sets_is_on_every_page(http: FlaskClient, officer: Person, database: Database) -> None:
    found = change(http, officer, name="临江大学工会委员会", short_name="临江工会", colour=BLUE, phone="0571-8800 1234")
    assert (found["version"], found["short_name"]) == (1, "临江工会")
    page = front(http)
    assert "<h1>临江大学工会委员会</h1>" in page
    assert "· 临江工会</title>" in page
    assert 'href="tel:0571-88001234"' in page
    assert "/union/colours/24598f.css" in page
    sheet = http.get("/union/colours/24598f.css")
    assert (sheet.status_code, sheet.mimetype) == (200, "text/css")
    assert f"--brand:{BLUE};" in sheet.get_data(as_text=True)
    assert "immutable" in sheet.headers["Cache-Control"]
    with database.session() as session:
        (noted,) = session.query(ChangeHistory).filter_by(subject="union_profile/1")
    assert noted.changes["colour"] == {"old": None, "new": BLUE}


def test_what_is_left_out_has_its_default_again_and_nothing_new_is_no_change(
    http: FlaskClient, officer: Person
) -> None:
    change(http, officer, short_name="临江工会", colour=BLUE)
    again = change(http, officer, version=1, short_name="临江工会", colour=BLUE)
    assert again["version"] == 1
    cleared = change(http, officer, version=1, colour=colours.DEFAULT)
    assert (cleared["short_name"], cleared["colour"], cleared["version"]) == (None, None, 2)
    assert "/union/colours/" not in front(http)


def test_of_two_officers_the_second_reads_again(http: FlaskClient, officer: Person, sign_in: SignIn) -> None:
    change(http, officer, short_name="一")
    refused = change(http, sign_in("officer"), 409, short_name="二")
    assert refused["rule"] == "union_profile.version_is_current"
    assert http.get(PATH).get_json()["short_name"] == "一"


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(http: FlaskClient, officer: Person) -> None:
    refused = change(http, officer, 409, colour="#ffdd00")
    assert (refused["rule"], refused["field"]) == ("union_profile.colour_is_readable", "colour")
    assert colours.is_readable(refused["params"]["nearest"])
    assert change(http, officer, 422, colour="red")["errors"]["colour"]
    assert http.get("/union/colours/ffdd00.css").status_code == 404
    assert http.get("/union/colours/zzzzzz.css").status_code == 404


@pytest.mark.parametrize("role", ["chair", "member", "auditor", "ops"])
def test_others_read_it_only(http: FlaskClient, sign_in: SignIn, role: str) -> None:
    person = sign_in(role)
    assert change(http, person, 403, short_name="x")["rule"] == "role_allows"
    assert http.get(PATH, headers=person.headers).status_code == 200
    assert http.put(PATH, json={"version": 0}).status_code == 401


def test_names_are_written_as_text(http: FlaskClient, officer: Person) -> None:
    change(http, officer, name="<script>alert(1)</script>", email="union@example.edu.cn")
    page = front(http)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="mailto:union@example.edu.cn"' in page
    assert change(http, officer, 422, version=1, email="x")["errors"]["email"]
    assert change(http, officer, 422, version=1, name="x" * 61)["errors"]["name"]


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 300), mode: str = "RGBA") -> bytes:
    drawn = BytesIO()
    Image.new(mode, size, (10, 60, 120, 0) if mode == "RGBA" else (10, 60, 120)).save(drawn, kind)
    return drawn.getvalue()


def send_emblem(http: FlaskClient, person: Person, content: bytes, status: int = 200, name: str = "x.png") -> Any:
    media_type = "image/png" if name.endswith("png") else "image/jpeg"
    answer = http.put(
        f"{PATH}/emblem", data={"file": (BytesIO(content), name, media_type)}, headers=person.headers,
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_json()


def test_an_emblem_is_drawn_anew_and_keeps_its_transparency(http: FlaskClient, officer: Person) -> None:
    found = send_emblem(http, officer, picture())
    served = http.get(found["emblem"])
    assert (served.status_code, served.mimetype) == (200, "image/png")
    kept = Image.open(BytesIO(served.get_data()))
    assert (kept.mode, kept.size) == ("RGBA", (256, 128))
    assert found["emblem"] in front(http)
    assert http.delete(f"{PATH}/emblem", headers=officer.headers).get_json()["emblem"] is None
    assert found["emblem"] not in front(http)


def test_a_photo_as_emblem_loses_what_the_camera_wrote(http: FlaskClient, officer: Person) -> None:
    plain, exif = Image.new("RGB", (200, 400), (10, 60, 120)), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    drawn = BytesIO()
    plain.save(drawn, "JPEG", exif=exif)
    found = send_emblem(http, officer, drawn.getvalue(), name="x.jpg")
    served = http.get(found["emblem"]).get_data()
    assert b"taken at home" not in served
    assert Image.open(BytesIO(served)).size == (256, 128)


@pytest.mark.parametrize(
    "content", [picture(size=(2500, 2000)), b"<svg onload='alert(1)'/>", picture()[:200], picture(size=(20, 20))]
)
def test_what_is_no_picture_of_use_is_refused(http: FlaskClient, officer: Person, content: bytes) -> None:
    assert send_emblem(http, officer, content, 409)["rule"].startswith("files.")
    assert http.get(PATH).get_json()["version"] == 0


def test_only_officers_set_an_emblem(http: FlaskClient, sign_in: SignIn) -> None:
    assert send_emblem(http, sign_in("chair"), picture(), 403)["rule"] == "role_allows"
    assert http.get("/union/emblems/0123456789abcdef.png").status_code == 404


def test_its_colours_are_served_to_somebody_who_must_choose_a_password(
    http: FlaskClient, account: str, database: Database
) -> None:
    made = new_secret(MADE_BYTES)
    with transaction(database) as tx:
        set_for_owner(tx, account, made)
    headers = bearer(open_session(http, password=made.text).get_json()["token"])
    assert http.get("/api/v1/me/sessions", headers=headers).status_code == 403
    assert http.get("/union/colours/24598f.css", headers=headers).status_code == 200
