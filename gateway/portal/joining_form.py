"""What an applicant is asked: person, work, account, files."""

from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field
from gateway.portal.people import unit_choices
from gateway.portal.words import texts_of
from services.contracts.membership.record.attachments import DOCUMENT_KINDS

PERSON = (
    Field("name", extra={"autocomplete": "name"}, required=True),
    Field(
        "id_number",
        hint=_l("加密保存，页面上只显示首尾几位。"),
        extra={"autocomplete": "off", "inputmode": "text"},
        required=True,
    ),
    Field("birth_date", hint=_l("可不填，按身份证号读出。"), extra={"autocomplete": "bday"}),
    Field("gender", control="radios", hint=_l("可不选，按身份证号读出。")),
    Field("phone", control="tel", extra={"autocomplete": "tel"}, required=True),
    Field("email", control="email", extra={"autocomplete": "email"}),
)
WORK = (
    Field("unit_id", _l("所在分工会"), choices=unit_choices, required=True),
    Field("employment", required=True, hint=_l("在编与非编教职工都可以入会。")),
    Field("hired_on", required=True),
    Field("statement", control="textarea", hint=_l("可不填，最多 500 字。")),
)
ACCOUNT = (
    Field(
        "username",
        hint=_l("3 至 64 个小写字母、数字或 . _ - @，用来查看进度。"),
        extra={"autocomplete": "username", "autocapitalize": "none"},
        required=True,
    ),
    Field(
        "password",
        hint=_l("至少 10 个字符，不要用常见的密码。"),
        extra={"autocomplete": "new-password"},
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
