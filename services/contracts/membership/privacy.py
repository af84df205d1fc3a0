"""One's own data (我的数据): consents given and withdrawn, and everything membership keeps about oneself.

Belongs here: what a member does about his own data. Corrections stand in corrections, erasing in retention.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Empty, Event, Schema, Text, command, query
from services.contracts.membership.consents import PURPOSES, ConsentRecord, consent_version

GIVEN_BY_MEMBERS = ("photo", "publication")
"""Consents a member gives by themselves; processing and sensitive come with joining, guardian with a child."""


class MyConsents(Schema):
    """Every consent of one's own, withdrawn ones too, and the purposes that may be agreed to now."""

    items = fields.List(fields.Nested(ConsentRecord), required=True)
    open_purposes = fields.List(fields.String(), required=True)


class GiveConsent(Schema):
    """Agree to a purpose, in the version of the wording that was shown."""

    purpose = Choice(GIVEN_BY_MEMBERS, required=True)
    version = consent_version(required=True)


class WithdrawConsent(Schema):
    """Withdraw a consent of one's own; as easy as giving it (个人信息保护法 Art. 15). A reason is never needed."""

    consent_id = fields.UUID(required=True)


class Withdrawn(Schema):
    """What the withdrawal caused: `photo_erased`, `children_erased`, `unpublished`, `leave_requested`."""

    purpose = Choice(PURPOSES, required=True)
    caused = fields.List(fields.String(), required=True)


class MyRecordRequest(Schema):
    """Everything membership keeps about oneself, in plain; the look is logged like any other."""

    purpose = Text(200, 2, load_default="本人复制全部数据")


class MyRecord(Schema):
    """Everything membership keeps about a member, by subject, in plain."""

    sections = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)


my_consents = query(
    "membership", "my_consents", request=Empty, reply=MyConsents, allow=("member",),
    doc="The own consents by wording and version, withdrawn ones too.",
)  # fmt: skip
give_consent = command(
    "membership", "give_consent", request=GiveConsent, reply=MyConsents, allow=("member",),
    doc="Agree to a purpose in the wording in force.",
)  # fmt: skip
withdraw_consent = command(
    "membership", "withdraw_consent", request=WithdrawConsent, reply=Withdrawn, allow=("member",),
    doc="Withdraw a consent; what rested on it ends at once.",
)  # fmt: skip
my_record = command(
    "membership", "my_record", request=MyRecordRequest, reply=MyRecord, allow=("member",),
    doc="Everything membership keeps about oneself, in plain; logged.",
)  # fmt: skip

_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class ConsentWithdrawnData(Schema):
    """Whose consent to which purpose."""

    consent_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    purpose = Choice(PURPOSES, required=True)


class ConsentWithdrawn(Event):
    """A member withdrew a consent; whoever kept or shows something on its ground ends that on hearing of it.

    What membership keeps ended in the same transaction: the photo is erased (`photo`), the child's record (`guardian`),
    a request to leave stands (`processing`, `sensitive`). Beside that nobody here keeps a photo (cards and pages ask
    membership each time) and nobody publishes a name or honour on the ground of `publication`; the gateway confirms the
    withdrawal to the member. Whoever comes to publish members (news, public lists of honours, a school's website fed
    from here) must take the member down on this event with `purpose` = `publication`, and must not put him up again
    before he agrees anew.
    """

    source = "membership"
    type = "consent_withdrawn"
    subject = "consent/{consent_id}"
    data = ConsentWithdrawnData
    example = {"consent_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0041", "member_id": _MEMBER, "purpose": "photo"}
