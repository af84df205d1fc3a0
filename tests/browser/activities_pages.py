"""The pages of activities' subjects that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from tests.support.api import Api

MEMBER = [
    "/places", "/places?q=nothing-of-this-name", "/places/{place_id}", "/me/place-bookings",
    "/me/place-bookings?show=all", "/places/verify/{place_code}",
]  # fmt: skip
OFFICER = [
    "/console/places", "/console/places?offered=true", "/console/places/new", "/console/places/{place_id}",
    "/console/places/{place_id}/edit", "/console/places/{place_id}/block", "/console/places/use",
    "/console/place-bookings", "/console/place-bookings?show=all&place_id={place_id}",
]  # fmt: skip


def activity_things(officer: Api) -> dict[str, str]:
    """One of everything these pages can be about."""
    place = next(one for one in officer.get("/places")["items"] if one["capacity"] > 1)
    return {"place_id": place["id"], "place_code": officer.get(f"/places/{place['id']}/code")["code"]}
