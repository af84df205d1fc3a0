"""Reading codes of all kinds, typed, scanned or in a photo. Answered by the gateway, which asks the code's issuer."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import ACCOUNT, PUBLIC, Operation, Schema, Text, label
from services.contracts.codes import CodeReading
from services.contracts.files import Content, FileName, MediaType

LONGEST_CODE = 4096
LARGEST_PHOTO = 10 * 1024 * 1024
_KIND = validate.Regexp(r"\A[a-z][a-z0-9_]{1,19}\Z")


class _Wanted(Schema):
    """`wanted`: the kind of codes that is scanned here; one of another kind is answered with `wrong_kind`."""

    wanted = fields.String(load_default=None, allow_none=True, validate=_KIND)


class ReadCode(_Wanted):
    """`text`: what stands in the code: an address, or the code alone."""

    text = Text(LONGEST_CODE, 1, required=True, metadata=label("码的内容"))


class ReadCodePhoto(_Wanted):
    """A photo (JPEG, PNG, WebP) with one code of this union; codes of others beside it don't matter."""

    name = FileName(required=True)
    media_type = MediaType(("image/jpeg", "image/png", "image/webp"), required=True)
    content = Content(LARGEST_PHOTO, required=True)


class ReadCodeReply(CodeReading):
    """查验结果 What a code is for, whether it is good, and of what, as far as one may see it.

    `kind`: what it is for, null for codes of others; `link`: the address of its subject, where one may open it.
    """

    kind = fields.String(required=True, allow_none=True, metadata=label("用途"))
    link = fields.String(required=True, allow_none=True)


read_code = Operation(
    "gateway", "read_code", ReadCode, ReadCodeReply, frozenset({PUBLIC}), "query",
    "Tell what a scanned code is for and whether it is good now.",
    title="识别扫到的码",
)  # fmt: skip
read_code_photo = Operation(
    "gateway", "read_code_photo", ReadCodePhoto, ReadCodeReply, frozenset({ACCOUNT}), "query",
    "Tell the same of the code in a photo.",
    title="识别照片中的码", reach={ACCOUNT: "union"},
)  # fmt: skip
