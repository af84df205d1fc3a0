"""Operations of the registration form: what is chosen, and the quotas behind it."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import ACCOUNT, SYSTEM, Schema, command, label, query
from services.contracts.activities.options.shapes import RegistrationForm, RegistrationFormState


class ActivityOfForm(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


class SetOptions(RegistrationForm):
    """Replace the form of an activity; what is not in it any more is removed, unless somebody chose it.

    More places go to those who wait. Fewer than are taken are refused, unless `move_overflow` moves the last who
    registered to the waiting list.
    """

    activity_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)
    move_overflow = fields.Boolean(load_default=False, metadata=label("名额减少时，把最后报名的移到候补最前"))


get_options = query(
    "activities", "get_options", request=ActivityOfForm, reply=RegistrationFormState, allow=(ACCOUNT, SYSTEM),
    doc="What one chooses when registering, and what is left.", title="查看报名选项", reach={ACCOUNT: "union"},
)  # fmt: skip
set_options = command(
    "activities", "set_options", request=SetOptions, reply=RegistrationFormState, allow=("officer", "chair"),
    doc="Set options, shared quotas and companions of an activity.", title="设置报名选项",
)  # fmt: skip
