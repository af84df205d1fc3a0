"""Working in one of several roles: it narrows a session, never widens it, and ends with it."""

from __future__ import annotations

import sqlalchemy as sa

from gateway.identity.tables import HeldPost
from gateway.rpc import caching
from services.chassis.database.transaction import transaction
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT

ME, SWITCH = "/api/v1/me", "/api/v1/me/role"
AS_CHAIR = {"role": "chair", "unit_id": str(UNIT)}


def roles(answer):
    return {one["role"] for one in answer.get_json()["roles"]}


def test_a_session_works_in_the_chosen_role_and_in_all_again(http, sign_in):
    person = sign_in("officer", "chair")
    as_chair = http.put(SWITCH, json=AS_CHAIR, headers=person.headers)
    assert roles(as_chair) == {"member", "chair"}
    assert as_chair.get_json()["acting_as"] == {**AS_CHAIR, "delegation_id": None}
    assert {one["role"] for one in as_chair.get_json()["held_roles"]} == {"member", "chair", "officer"}
    assert roles(http.get(ME, headers=person.headers)) == {"member", "chair"}
    assert http.get("/api/v1/announcements", headers=person.headers).status_code == 403
    again = http.put(SWITCH, json={"role": None}, headers=person.headers)
    assert roles(again) == {"member", "chair", "officer"}
    assert http.get("/api/v1/announcements", headers=person.headers).status_code == 200


def test_what_services_are_told_is_narrowed(http, sign_in, services):
    person = sign_in("officer", "chair")
    http.put(SWITCH, json={"role": "member"}, headers=person.headers)
    http.get("/api/v1/me/registrations/history", headers=person.headers)
    assert services.asked[-1].context.principal.roles == {"member"}


def test_nobody_gets_a_role_they_do_not_hold(http, sign_in):
    person = sign_in("chair")
    for wanted in ({"role": "officer"}, {"role": "chair", "unit_id": str(OTHER_UNIT)}, {"role": "chair"}):
        refused = http.put(SWITCH, json=wanted, headers=person.headers)
        assert (refused.status_code, refused.get_json()["rule"]) == (409, "roles.role_is_held")
    assert http.put(SWITCH, json={"role": "chair"}).status_code == 401
    assert http.put(SWITCH, json={"role": "member"}, headers=sign_in().headers).status_code == 409


def test_a_role_whose_post_has_ended_gives_nothing(http, sign_in, database):
    person = sign_in("officer", "chair")
    http.put(SWITCH, json={"role": "officer"}, headers=person.headers)
    with transaction(database) as tx:
        tx.session.execute(sa.delete(HeldPost).where(HeldPost.role == "officer"))
    caching.clear_all()
    assert roles(http.get(ME, headers=person.headers)) == {"member"}


def test_another_session_of_the_account_keeps_all_roles(http, sign_in, database):
    from gateway.identity import sessions

    person = sign_in("officer", "chair")
    with transaction(database) as tx:
        other, _ = sessions.open_session(tx, person.account_id, "program")
    http.put(SWITCH, json=AS_CHAIR, headers=person.headers)
    assert roles(http.get(ME, headers={"Authorization": f"Bearer {other}"})) == {"member", "chair", "officer"}


def test_every_page_says_in_which_role_one_works(app_with_portal, sign_in):
    person, client = sign_in("officer", "chair"), app_with_portal.test_client()
    assert "切换身份" in client.get("/me/roles", headers=person.headers).text
    client.put(SWITCH, json=AS_CHAIR, headers=person.headers)
    for page in ("/me/notices", "/me/roles", "/console/jobs"):
        assert "身份：分工会主席" in client.get(page, headers=person.headers).text, page
    assert "谁可以做什么" not in client.get("/console/jobs", headers=person.headers).text
    assert "切换身份" not in client.get("/me/roles", headers=sign_in().headers).text
