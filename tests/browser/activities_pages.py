"""The pages of activities' subjects that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from tests.support.api import Api

MEMBER = [
    "/places", "/places?q=nothing-of-this-name", "/places/{place_id}", "/me/place-bookings",
    "/me/place-bookings?show=all", "/places/verify/{place_code}",
    "/children-classes", "/children-classes?phase=open", "/children-classes/{children_class_id}", "/me/children",
    "/clubs", "/clubs?kind=sports", "/clubs/new", "/clubs/{club_id}", "/me/clubs", "/clubs/{club_id}/run",
    "/clubs/{club_id}/members", "/clubs/{club_id}/edit", "/clubs/{club_id}/activities/new", "/clubs/{club_id}/report",
]  # fmt: skip
OFFICER = [
    "/console/places", "/console/places?offered=true", "/console/places/new", "/console/places/{place_id}",
    "/console/places/{place_id}/edit", "/console/places/{place_id}/block", "/console/places/use",
    "/console/children-classes", "/console/children-classes/{children_class_id}", "/console/children-classes/new",
    "/console/children-classes/{children_class_id}/edit", "/console/children-classes/consent",
    "/console/children-terms", "/console/children-terms/new", "/console/children-terms/{children_term_id}/edit",
    "/console/clubs", "/console/clubs?state=applied", "/console/clubs/{club_id}", "/console/clubs/{club_id}/members",
    "/console/clubs/{club_id}/grant", "/console/clubs/{club_id}/activities/link", "/console/club-grants",
    "/console/club-reviews", "/console/clubs/{new_club_id}",
    "/console/place-bookings", "/console/place-bookings?show=all&place_id={place_id}",
]  # fmt: skip


def activity_things(officer: Api) -> dict[str, str]:
    """One of everything these pages can be about."""
    place = next(one for one in officer.get("/places")["items"] if one["capacity"] > 1)
    clubs = officer.get("/clubs", limit=100)["items"]
    children = next(one for one in officer.get("/children-classes")["items"] if one["waiting"])
    return {
        "place_id": place["id"], "place_code": officer.get(f"/places/{place['id']}/code")["code"],
        "children_class_id": children["id"], "children_term_id": children["term_id"],
        "club_id": next(one["id"] for one in clubs if one["name"] == "教工羽毛球协会"),
        "new_club_id": next(one["id"] for one in clubs if one["state"] == "applied"),
    }  # fmt: skip
