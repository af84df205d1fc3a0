"""What an applicant is asked: person, work, account, files."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field
from gateway.portal.people import unit_choices
from gateway.portal.words import texts_of
from services.contracts.membership.person import GENDERS
from services.contracts.membership.record.attachments import DOCUMENT_KINDS
from services.contracts.vocabulary import EMPLOYMENTS

PERSON = (
    Field("name", _l("姓名"), extra={"autocomplete": "name"}, required=True),
    Field("gender", _l("性别"), "radios", choices=GENDERS, required=True),
    Field(
        "id_number",
        _l("身份证号"),
        hint=_l("加密保存，页面上只显示首尾几位。"),
        extra={"autocomplete": "off", "inputmode": "text"},
        required=True,
    ),
    Field(
        "birth_date",
        _l("出生日期"),
        "date",
        hint=_l("须与身份证号一致。"),
        extra={"autocomplete": "bday"},
        required=True,
    ),
    Field("phone", _l("手机号"), "tel", extra={"autocomplete": "tel"}, required=True),
    Field("email", _l("电子邮箱"), "email", extra={"autocomplete": "email"}),
)
WORK = (
    Field("unit_id", _l("所在分工会"), "select", choices=unit_choices, blank=_l("请选择"), required=True),
    Field(
        "employment",
        _l("用工形式"),
        "select",
        choices=EMPLOYMENTS,
        blank=_l("请选择"),
        required=True,
        hint=_l("在编与非编教职工都可以入会。"),
    ),
    Field("hired_on", _l("入职日期"), "date", required=True),
    Field("statement", _l("想对工会说的话"), "textarea", hint=_l("可不填，最多 500 字。")),
)
ACCOUNT = (
    Field(
        "username",
        _l("用户名"),
        hint=_l("3 至 64 个小写字母、数字或 . _ - @，用来查看进度。"),
        extra={"autocomplete": "username", "maxlength": "64", "autocapitalize": "none"},
        required=True,
    ),
    Field(
        "password",
        _l("密码"),
        "password",
        hint=_l("至少 10 个字符，不要用常见的密码。"),
        extra={"autocomplete": "new-password", "maxlength": "200"},
        required=True,
    ),
)
FILES = (
    Field(
        "photo",
        _l("照片"),
        "file",
        hint=_l("JPEG 或 PNG，不超过 2 MB，用于会员卡。可不填；上传须勾选照片使用同意书。"),
        extra={"accept": "image/jpeg,image/png"},
    ),
    *(
        Field(
            f"document_{kind}",
            label,
            "file",
            hint=_l("PDF、JPEG 或 PNG，不超过 5 MB。"),
            extra={"accept": "application/pdf,image/jpeg,image/png"},
        )
        for kind, label in list(texts_of(DOCUMENT_KINDS).items())[:3]
    ),
)
MASKED = ("id_number", "phone", "email")
