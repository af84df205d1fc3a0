"""The rules of scanning in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "codes.photo_is_readable": (
        _l("照片能够打开"),
        _l("照片打不开：不是 JPEG、PNG 或 WebP，或文件已损坏。请重新拍一张。"),
    ),
    "codes.photo_is_not_too_large": (
        _l("照片的像素有限"),
        _l("照片超过 %(most)s 百万像素。请用较低的分辨率重新拍摄。"),
    ),
    "codes.photo_has_a_code": (
        _l("照片里有二维码"),
        _l("照片里没有认出二维码。请靠近一些、对准焦点再拍，或输入码下的文字。"),
    ),
    "codes.photo_has_one_code": (_l("一张照片一个码"), _l("照片里有几个码，不知道要查哪一个。请每次只拍一个。")),
}
