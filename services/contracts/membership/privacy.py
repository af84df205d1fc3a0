"""One's own data (我的数据): giving and withdrawing consents, and a copy of all data that membership stores.

Belongs here: operations of members on their own data. Not: corrections (`corrections`), erasing (`retention`).
"""

from marshmallow import fields

from services.chassis.schema import Choice, Empty, Event, Schema, Text, command, query
from services.contracts.membership.consents import PURPOSES, ConsentRecord, consent_version

GIVEN_BY_MEMBERS = PURPOSES.only("photo", "publication")
"""Consents a member gives separately; processing and sensitive are given on joining, guardian with a child."""


class MyConsents(Schema):
    """One's own consents, also withdrawn ones, and the purposes one can consent to now."""

    items = fields.List(fields.Nested(ConsentRecord), required=True)
    open_purposes = fields.List(fields.String(), required=True)


class GiveConsent(Schema):
    """Consent to a purpose, in the version of the text that was shown."""

    purpose = Choice(GIVEN_BY_MEMBERS, required=True)
    version = consent_version(required=True)


class WithdrawConsent(Schema):
    """Withdraw one's own consent; as easy as giving it (个人信息保护法 Art. 15). A reason is never required."""

    consent_id = fields.UUID(required=True)


class Withdrawn(Schema):
    """The effects of the withdrawal: `photo_erased`, `children_erased`, `unpublished`, `leave_requested`."""

    purpose = Choice(PURPOSES, required=True)
    caused = fields.List(fields.String(), required=True)


class MyRecordRequest(Schema):
    """All data that membership stores about oneself, in plain; the access is logged."""

    purpose = Text(200, 2, load_default="本人复制全部数据")


class MyRecord(Schema):
    """All data that membership stores about a member, by subject, in plain."""

    sections = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)


my_consents = query(
    "membership", "my_consents", request=Empty, reply=MyConsents, allow=("member",),
    doc="The own consents by wording and version, withdrawn ones too.", title="查看自己的同意书",
)  # fmt: skip
give_consent = command(
    "membership", "give_consent", request=GiveConsent, reply=MyConsents, allow=("member",),
    doc="Agree to a purpose in the wording in force.", title="签署同意书",
)  # fmt: skip
withdraw_consent = command(
    "membership", "withdraw_consent", request=WithdrawConsent, reply=Withdrawn, allow=("member",),
    doc="Withdraw a consent; what rested on it ends at once.", title="撤回同意",
)  # fmt: skip
my_record = command(
    "membership", "my_record", request=MyRecordRequest, reply=MyRecord, allow=("member",),
    doc="Everything membership keeps about oneself, in plain; logged.", title="查看本会保存的本人信息",
)  # fmt: skip

_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class ConsentWithdrawnData(Schema):
    """Whose consent to which purpose."""

    consent_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    purpose = Choice(PURPOSES, required=True)


class ConsentWithdrawn(Event, source="membership"):
    """A member withdrew a consent; systems that store or show data because of it must stop doing so.

    Membership did its part in the same transaction: it erased the photo (`photo`) or the child's record (`guardian`),
    or opened a request to leave (`processing`, `sensitive`). No other service stores photos (cards and pages ask
    membership each time) or publishes names or honours because of `publication`; the gateway confirms the withdrawal to
    the member. A system that publishes members (news, public lists of honours, a school's website) must remove the
    member on this event with `purpose` = `publication`, and must not publish the member again before a new consent.
    """

    subject = "consent/{consent_id}"
    data = ConsentWithdrawnData
    example = {"consent_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0041", "member_id": _MEMBER, "purpose": "photo"}
