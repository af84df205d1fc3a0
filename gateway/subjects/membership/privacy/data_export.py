"""The export of one's own data: all data of all services about a member, as JSON and as PDF, in one file.

The services are called as the member, so that the file contains only data the member may see. If a service is away, the
file names it and has the rest. Source: 个人信息保护法 Art. 45.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any, Literal

from gateway.identity import accounts, new_password, saved_filters
from gateway.identity.current import SignedIn, current_context, current_principal
from gateway.identity.factors import owning
from gateway.identity.providers import linking
from gateway.notices import forgetting as notices
from gateway.pdf.printing import printed
from gateway.read_models import timeline
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.errors import NotFound, Unavailable
from services.chassis.schema import Operation
from services.contracts.activities.check_in.operations import my_attendance
from services.contracts.activities.children_classes.children import my_children
from services.contracts.activities.clubs.members import my_clubs
from services.contracts.activities.contests.settings import my_contests
from services.contracts.activities.facts import my_basis_looks, my_fact_uses
from services.contracts.activities.places.bookings import my_place_bookings
from services.contracts.activities.registration.operations import my_invitations, my_registrations
from services.contracts.activities.surveys.results import my_survey_answers
from services.contracts.gateway.second_factor import get_second_factor
from services.contracts.membership.corrections import list_my_corrections
from services.contracts.membership.dues.collecting import list_dues_payments
from services.contracts.membership.dues.operations import get_member_dues
from services.contracts.membership.joining.operations import my_applications
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.membership.privacy import my_record
from services.contracts.membership.record.files import list_member_files, member_photo
from services.contracts.membership.standing.operations import list_leave_requests, list_standing_changes
from services.contracts.membership.transfer import list_transfers
from services.contracts.welfare.birthdays import my_birthday_grants
from services.contracts.welfare.care import my_care_gifts
from services.contracts.welfare.care_campaigns.operations import my_campaign_gifts, my_care_items
from services.contracts.welfare.charity.operations import my_gifts, my_pledges
from services.contracts.welfare.entitlements import my_entitlements
from services.contracts.welfare.examinations.operations import my_examinations
from services.contracts.welfare.hardship.operations import my_aid_applications, my_hardship_records
from services.contracts.welfare.looks import my_welfare_looks
from services.contracts.welfare.mutual_aid.operations import my_covers, my_mutual_aid_claims
from services.contracts.welfare.programmes.operations import my_goods
from services.contracts.welfare.recuperation.operations import my_trip_applications
from services.contracts.welfare.requests.operations import my_requests
from services.contracts.welfare.visits.files import my_visit_evidence
from services.contracts.welfare.visits.operations import list_life_events, my_visits

_MOST_PAGES = 500
"""Pages of a hundred in one section; the file says which section is longer, and that it is not in it."""


@dataclass(frozen=True)
class Section:
    """One part of the own data: what is asked, whether for the member by id, and how the answer comes."""

    name: str
    operation: Operation
    by_member: bool = False
    kind: Literal["pages", "items", "whole"] = "pages"


SECTIONS = (
    Section("applications", my_applications),
    Section("posts", list_posts, by_member=True),
    Section("transfers", list_transfers, by_member=True),
    Section("standing_changes", list_standing_changes, by_member=True),
    Section("leave_requests", list_leave_requests),
    Section("corrections", list_my_corrections),
    Section("files", list_member_files, by_member=True, kind="items"),
    Section("dues", get_member_dues, by_member=True, kind="whole"),
    Section("dues_payments", list_dues_payments, by_member=True),
    Section("registrations", my_registrations),
    Section("invitations", my_invitations),
    Section("place_bookings", my_place_bookings),
    Section("clubs", my_clubs),
    Section("children", my_children),
    Section("contests", my_contests),
    Section("survey_answers", my_survey_answers),
    Section("attendance", my_attendance),
    Section("fact_uses", my_fact_uses),
    Section("fact_looks", my_basis_looks),
    Section("life_events", list_life_events, by_member=True),
    Section("visits_to_make", my_visits),
    Section("visit_evidence", my_visit_evidence),
    Section("entitlements", my_entitlements, kind="whole"),
    Section("birthday_grants", my_birthday_grants),
    Section("trip_applications", my_trip_applications),
    Section("goods", my_goods),
    Section("gifts", my_gifts),
    Section("pledges", my_pledges),
    Section("examinations", my_examinations),
    Section("care_gifts", my_care_gifts),
    Section("requests", my_requests),
    Section("aid_applications", my_aid_applications),
    Section("hardship_records", my_hardship_records),
    Section("campaign_gifts", my_campaign_gifts),
    Section("care_visits_to_make", my_care_items),
    Section("covers", my_covers),
    Section("mutual_aid_claims", my_mutual_aid_claims),
    Section("welfare_looks", my_welfare_looks),
)


def copy_of(account: SignedIn, password: str) -> dict[str, Any]:
    """Return the file with the own data; the password is required again.

    Raises:
        InvalidInput: the password is not the account's.
        TooMany: too many wrong passwords lately.
        Unavailable: membership, which keeps the record, can't be reached.
    """
    new_password.require_password(account, password)
    data = collected(account)
    content = _packed(data, _photo(str(account.member_id)))
    name = f"gonghui-my-data-{clock.today():%Y%m%d}.zip"
    return {"name": name, "media_type": "application/zip", "content": base64.b64encode(content).decode("ascii")}


def collected(account: SignedIn) -> dict[str, Any]:
    """Return everything kept about a member, by section, with the sections of services that did not answer."""
    data: dict[str, Any] = {
        "made_at": clock.now().isoformat(),
        "member_id": str(account.member_id),
        **call(my_record, {})["sections"],
    }
    missing = []
    for section in SECTIONS:
        try:
            data[section.name] = _asked(section, str(account.member_id))
        except Unavailable:
            missing.append(section.name)
        except NotFound:
            data[section.name] = None
    data["account"] = {
        "username": account.username,
        "sessions": accounts.sessions_of(account.account_id),
        "identities": linking.identities_of(account.account_id),
        "second_factor": get_second_factor.reply_schema.dump(owning.state_of(account)),
        "dismissed_hints": sorted(account.dismissed_hints),
        "saved_filters": saved_filters.of_account(account.account_id),
    }
    data["news"] = timeline.of(current_principal(), limit=100)["items"]
    with gateway().transaction(current_context(), readonly=True) as tx:
        data["notices"] = notices.own_data(tx)
    return {**data, "not_reached": missing}


def _asked(section: Section, member_id: str) -> Any:
    payload = {"member_id": member_id} if section.by_member else {}
    if section.kind != "pages":
        reply = call(section.operation, payload, seconds=part_seconds())
        return reply["items"] if section.kind == "items" else reply
    items: list[Any] = []
    cursor = None
    for _ in range(_MOST_PAGES):
        page = call(section.operation, {**payload, "limit": 100, "cursor": cursor}, seconds=part_seconds())
        items += page["items"]
        cursor = page.get("next_cursor")
        if not cursor:
            return items
    raise Unavailable(f"There are more than {_MOST_PAGES} pages of {section.name}.", code="too_long")


def _photo(member_id: str) -> bytes | None:
    try:
        return base64.b64decode(call(member_photo, {"member_id": member_id}, seconds=part_seconds())["content"])
    except (NotFound, Unavailable):
        return None


def _packed(data: dict[str, Any], photo: bytes | None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
        archive.writestr("data.pdf", printed("own data", data))
        if photo is not None:
            archive.writestr("photo.jpg", photo)
    return packed.getvalue()
