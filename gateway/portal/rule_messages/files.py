"""Rules of uploaded photos and papers, the same in every service that takes them (`services/chassis/files`)."""

from flask_babel import lazy_gettext as _l

RULES = {
    "files.paper_is_readable": (_l("材料可以打开"), _l("材料打不开：文件已损坏或设有密码。请重新保存后再传。")),
    "files.picture_is_readable": (_l("照片可以打开"), _l("请上传 JPEG 或 PNG 格式的照片。")),
    "files.picture_is_large_enough": (_l("照片足够清晰"), _l("照片的宽和高都不能少于 %(least)s 像素。")),
    "files.picture_is_not_too_large": (_l("照片大小合适"), _l("照片的像素太多，请先缩小。")),
    "files.file_is_what_it_says": (_l("文件格式相符"), _l("文件内容与格式不符，请上传 PDF、JPEG 或 PNG 文件。")),
    "files.file_is_clean": (_l("文件不含病毒"), _l("查毒程序在文件里发现了有害内容，没有接收。请换一个文件。")),
    "files.file_is_scanned": (_l("文件先查毒再接收"), _l("查毒程序现在没有答复，文件没有接收。请稍后再传。")),
    "files.files_are_few": (_l("附件数量有限"), _l("最多附 %(most)s 个文件。")),
    "file_exists": (_l("文件还在"), _l("没有这个文件，或已过保存期。")),
}
