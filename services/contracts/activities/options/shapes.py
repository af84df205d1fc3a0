"""What a registration chooses: groups of options, quotas that options share, companions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Line, Schema, Vocabulary, invalid, labelled

OPTION_FIELDS = Vocabulary(
    "option_field", name="名称", size="名额", taken="已占用", left="剩余", least="至少选", most="最多选",
    group="所属分组", quotas="占用的名额", closed="不再开放", most_companions="每人最多可带同行人数",
    offer_hours="递补名额保留小时数", moderated="报名须主办方批准",
    hold_minutes="填写时保留名额的分钟数",
    hand_over="允许会员把名额转让给同事", companions="同行人数", options="所选项目", answers="报名问题的回答",
)  # fmt: skip
MOST_OPTIONS = 30
MOST_QUOTAS = 20
MOST_COMPANIONS = 9
MOST_PLACES = 200_000
MOST_ANSWERS = 40

_NUMBER = validate.Range(min=1, max=1_000)
_MINUTES = validate.Range(min=1, max=60)
_HOURS = validate.Range(min=1, max=336)
_COMPANIONS = validate.Range(min=0, max=MOST_COMPANIONS)


def answers_field(**kwargs: Any) -> fields.Dict:
    """Return a field of answers by number of the question; each kind of question says what its value is."""
    return fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"[1-9][0-9]{0,2}\Z")), values=fields.Raw(allow_none=True),
        validate=validate.Length(max=MOST_ANSWERS), **kwargs,
    )  # fmt: skip


@labelled(OPTION_FIELDS)
class Chosen(Schema):
    """What one registration chooses and answers.

    How many companions come along, options by number for the whole party, answers by number of the question.
    """

    companions = fields.Integer(strict=True, validate=_COMPANIONS)
    options = fields.List(fields.Integer(strict=True, validate=_NUMBER), validate=validate.Length(max=MOST_OPTIONS))
    answers = answers_field()


@labelled(OPTION_FIELDS)
class SharedQuota(Schema):
    """名额 Places that several options share. A stored one is named by its number; a new one has none."""

    number = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_NUMBER)
    name = Line(60, 1, required=True)
    size = fields.Integer(strict=True, required=True, validate=validate.Range(min=0, max=MOST_PLACES))


@labelled(OPTION_FIELDS)
class OptionGroup(Schema):
    """选项分组 Options of which one chooses from `least` to `most`."""

    name = Line(60, 1, required=True)
    least = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=MOST_OPTIONS))
    most = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=1, max=MOST_OPTIONS))


@labelled(OPTION_FIELDS)
class Option(Schema):
    """选项 Something to choose. It takes, for each of the party, one place of each quota named.

    Groups and quotas are named as the same document names them. One that is closed is kept by those who chose it.
    """

    number = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_NUMBER)
    name = Line(60, 1, required=True)
    group = Line(60, 1, required=True)
    quotas = fields.List(Line(60, 1), load_default=list, validate=validate.Length(max=MOST_QUOTAS))
    closed = fields.Boolean(load_default=False)


@labelled(OPTION_FIELDS)
class RegistrationForm(Schema):
    """What is chosen when registering for one activity.

    With `offer_hours`, a seat that becomes free is offered to the next who waits for so long; without, it is theirs at
    once. `moderated`: the organiser approves each registration. `hand_over`: members may hand seats to colleagues.
    `hold_minutes`: for how long a seat is held while a member fills in the form; null where none is.
    """

    most_companions = fields.Integer(strict=True, load_default=0, validate=_COMPANIONS)
    offer_hours = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_HOURS)
    moderated = fields.Boolean(load_default=False)
    hand_over = fields.Boolean(load_default=False)
    hold_minutes = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_MINUTES)
    groups = fields.List(fields.Nested(OptionGroup), load_default=list, validate=validate.Length(max=MOST_OPTIONS))
    quotas = fields.List(fields.Nested(SharedQuota), load_default=list, validate=validate.Length(max=MOST_QUOTAS))
    options = fields.List(fields.Nested(Option), load_default=list, validate=validate.Length(max=MOST_OPTIONS))

    @validates_schema(skip_on_field_errors=True)
    def names_are_known(self, form: Mapping[str, Any], **_: Any) -> None:
        """Refuse names that stand for two things or for nothing, and groups nobody can choose from."""
        for part in ("groups", "quotas", "options"):
            names = [one["name"] for one in form[part]]
            if len(set(names)) < len(names):
                raise invalid("options.names_differ", "Two have the same name.", field=part)
        groups, quotas = ({one["name"] for one in form[part]} for part in ("groups", "quotas"))
        for option in form["options"]:
            if option["group"] not in groups or not quotas.issuperset(option["quotas"]):
                raise invalid("options.names_are_known", "Names a group or quota that is not there.", field="options")
        for group in form["groups"]:
            count = sum(option["group"] == group["name"] for option in form["options"])
            if group["least"] > min(group["most"], count):
                raise invalid("options.enough_to_choose_from", "Fewer options than must be chosen.", field="groups")


@labelled(OPTION_FIELDS)
class QuotaState(SharedQuota):
    """A quota as it stands: places taken and left."""

    taken = fields.Integer(required=True)
    left = fields.Integer(required=True)


@labelled(OPTION_FIELDS)
class OptionState(Option):
    """An option as it stands: places left of the quota with the fewest, null where it takes none."""

    left = fields.Integer(allow_none=True, required=True)


@labelled(OPTION_FIELDS)
class RegistrationFormState(Schema):
    """The form of an activity, with what is left now; `version` is the activity's."""

    activity_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    most_companions = fields.Integer(required=True)
    offer_hours = fields.Integer(allow_none=True, required=True)
    moderated = fields.Boolean(required=True)
    hand_over = fields.Boolean(required=True)
    hold_minutes = fields.Integer(allow_none=True, required=True)
    groups = fields.List(fields.Nested(OptionGroup), required=True)
    quotas = fields.List(fields.Nested(QuotaState), required=True)
    options = fields.List(fields.Nested(OptionState), required=True)
