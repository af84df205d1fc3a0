"""Snapshots of members and units, from which a subscriber begins."""

from marshmallow import fields

from services.chassis.schema import SYSTEM, Choice, Schema, query
from services.contracts.membership.organisation.operations import UnitFactData
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.scopes import scopes_of
from services.contracts.snapshots import SnapshotRequest, event_sequence, snapshot_page_of
from services.contracts.vocabulary import EMPLOYMENTS


class MemberInSnapshot(Schema):
    """A member, with the data of `member_joined`, `unit_changed` and `member_updated`."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    standing = Choice(STANDINGS, required=True)
    employment = Choice(EMPLOYMENTS, required=True)
    sequence = event_sequence()


class UnitInSnapshot(UnitFactData):
    """A unit, with the data of `unit_created` and `unit_updated`."""

    sequence = event_sequence()


snapshot_members = query(
    "membership", "snapshot_members", request=SnapshotRequest, reply=snapshot_page_of(MemberInSnapshot),
    allow=(SYSTEM, *scopes_of("membership.snapshot_members")),
    doc="Where every member stands, former ones too, for a system that then follows the events; no names.",
    title="读取会员编号快照",
)  # fmt: skip
snapshot_units = query(
    "membership", "snapshot_units", request=SnapshotRequest, reply=snapshot_page_of(UnitInSnapshot),
    allow=scopes_of("membership.snapshot_units"),
    doc="Every unit, closed ones too, for a system that then follows the events.", title="读取组织快照",
)  # fmt: skip
