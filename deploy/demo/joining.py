"""People on their way into the demo union: applications with their papers, a unit's newcomers, photos of members."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from deploy.demo.papers import papers_of
from deploy.demo.people import GIVEN, SURNAMES, identity_number
from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.membership.consents import NEEDED_TO_JOIN
from services.contracts.membership.joining import operations as joining
from services.contracts.membership.record import files as record_files

WORDING = "2026-01"
NAMES = ("林晓晨", "赵一宁", "周子安", "沈佳慧", "何嘉树", "唐若溪")
NEWCOMERS = 12
GROUNDS = ("#7fa6c9", "#c98f7f", "#8fb38a", "#b59ac4")


def apply(union: DemoUnion) -> int:
    """Let six people apply, each third with a contract the unit has attached; every second has passed his unit."""
    unit = union.units[union.holder("chair")]
    for index, name in enumerate(NAMES):
        stated = _application(unit, index, name)
        application = {"application_id": union.ask(f"application-{index}", joining.submit_application, stated)["id"]}
        for number, paper in enumerate(papers_of(stated["employment"])):
            attached = {**application, **paper}
            union.ask(f"paper-{index}-{number}", joining.attach_to_application, attached, union.as_chair())
        if index % 2:
            reviewed = {**application, "decision": "accept"}
            union.ask(f"reviewed-{index}", joining.review_application, reviewed, union.as_chair())
    return len(NAMES)


def propose(union: DemoUnion) -> int:
    """Let the unit propose its newcomers of the term together; they wait for the union."""
    random = Random(union.seed)  # noqa: S311 - synthetic data, no secret
    rows = []
    for index in range(NEWCOMERS):
        born = date(1992 + index % 7, 1 + index, 5 + index)
        rows.append(
            {
                "name": random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=2)),
                "gender": "female" if index % 2 else "male",
                "employment": "dispatched" if index == 5 else "established",
                "birth_date": born,
                "id_number": identity_number(born, 970 + index),
                "phone": f"1990001{index:04d}",
                "hired_on": today() - timedelta(days=20),
                "consent_version": WORDING,
            }
        )
    payload = {"unit_id": union.units[union.holder("chair")], "rows": rows, "documents_seen": True}
    union.ask("newcomers", joining.propose_newcomers, payload, union.as_chair())
    return NEWCOMERS


def give_photos(union: DemoUnion) -> int:
    """Let two members give a photo for their cards."""
    for index, account in enumerate(("member", "chair")):
        photo = {**_photo(index), "member_id": union.member_id(union.holder(account)), "consent_version": WORDING}
        union.ask(f"photo-{account}", record_files.replace_member_photo, photo, union.as_member(account))
    return 2


def _application(unit: UUID, index: int, name: str) -> dict[str, Any]:
    born, employment = date(1994 + index % 5, 1 + index, 10 + index), ("established", "contract", "agency")[index % 3]
    purposes = (*NEEDED_TO_JOIN, "photo")
    return {
        "unit_id": unit,
        "employment": employment,
        "name": name,
        "gender": "female" if index % 2 else "male",
        "birth_date": born,
        "id_number": identity_number(born, 990 + index),
        "phone": f"1980000{index:04d}",
        "hired_on": today() - timedelta(days=40 + index),
        "consents": [{"purpose": purpose, "version": WORDING} for purpose in purposes],
    }


@cache
def _photo(index: int) -> dict[str, Any]:
    """Return the picture of nobody: a head and shoulders before a ground."""
    image = Image.new("RGB", (300, 400), GROUNDS[index % len(GROUNDS)])
    pencil = ImageDraw.Draw(image)
    pencil.ellipse((45, 265, 255, 520), fill="#3a3f4a")
    pencil.ellipse((95, 95, 205, 250), fill="#e8c9a9")
    pencil.chord((88, 70, 212, 230), 180, 360, fill="#2b2421")
    drawn = BytesIO()
    image.save(drawn, "JPEG", quality=85)
    content = base64.b64encode(drawn.getvalue()).decode("ascii")
    return {"name": "photo.jpg", "media_type": "image/jpeg", "content": content}
