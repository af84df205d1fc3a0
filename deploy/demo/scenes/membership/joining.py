"""Applications to join with their documents, and newcomers that a unit proposed."""

from __future__ import annotations

import base64
import io
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image

from deploy.demo.people import GIVEN, SURNAMES, identity_number
from deploy.demo.union import WORDING, DemoUnion
from services.chassis.clock import today
from services.contracts.membership.consents import NEEDED_TO_JOIN
from services.contracts.membership.joining import operations as joining

NAMES = ("林晓晨", "赵一宁", "周子安", "沈佳慧", "何嘉树", "唐若溪")
NEWCOMERS = 12
_DOCUMENTS = {
    "agency": ("agency_contract",),
    "contract": ("labour_contract",),
    "dispatched": ("labour_contract", "dispatch_letter"),
}
"""Documents that the demo rules ask for, by kind of employment."""


def play(union: DemoUnion) -> str:
    _apply(union)
    _propose(union)
    return f"{len(NAMES)} applications to join, {NEWCOMERS} newcomers proposed"


def _apply(union: DemoUnion) -> None:
    """Let people apply, some with a contract that their unit attached; their unit has accepted every second."""
    unit = union.units[union.holder("chair")]
    for index, name in enumerate(NAMES):
        stated = _application(unit, index, name)
        application = {"application_id": union.ask(f"application-{index}", joining.submit_application, stated)["id"]}
        for number, kind in enumerate(_DOCUMENTS.get(stated["employment"], ())):
            attached = {**application, **_blank_page(kind)}
            union.ask(f"paper-{index}-{number}", joining.attach_to_application, attached, union.as_chair())
        if index % 2:
            reviewed = {**application, "decision": "accept"}
            union.ask(f"reviewed-{index}", joining.review_application, reviewed, union.as_chair())


def _propose(union: DemoUnion) -> None:
    """Let the unit propose its newcomers of the term together; the union has still to decide."""
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


def _blank_page(kind: str) -> dict[str, Any]:
    written = io.BytesIO()
    Image.new("L", (105, 148), 255).save(written, "PNG")
    content = base64.b64encode(written.getvalue()).decode("ascii")
    return {"kind": kind, "name": f"{kind}.png", "media_type": "image/png", "content": content}
