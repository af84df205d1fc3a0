"""Rules of joining's later parts: consent, photos and documents, cards, numbers, batches."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "joining.list_is_short_enough": (_l("名单长度有限"), _l("一次最多 %(most)s 人。")),
    "consents.needed_are_given": (_l("须先取得同意"), _l("请先阅读说明并勾选同意。")),
    "consents.wordings_are_current": (_l("同意现行的文本"), _l("说明已经更新，请重新阅读并勾选。")),
    "consents.version_is_new": (_l("一个版本一份文本"), _l("这个版本号已经用过。")),
    "consents.comes_into_force_ahead": (_l("文本先公布后施行"), _l("最早 %(from)s 起施行。")),
    "files.paper_is_readable": (_l("材料可以打开"), _l("材料打不开：文件已损坏或设有密码。请重新保存后再传。")),
    "files.picture_is_readable": (_l("照片可以打开"), _l("请上传 JPEG 或 PNG 格式的照片。")),
    "files.picture_is_large_enough": (_l("照片足够清晰"), _l("照片的宽和高都不能少于 %(least)s 像素。")),
    "files.picture_is_not_too_large": (_l("照片大小合适"), _l("照片的像素太多，请先缩小。")),
    "files.file_is_what_it_says": (_l("文件格式相符"), _l("文件内容与格式不符，请上传 PDF、JPEG 或 PNG 文件。")),
    "joining.documents_are_attached": (_l("非编教职工须附材料"), _l("还缺规定的入会材料，请补充上传。")),
    "files.files_are_few": (_l("附件数量有限"), _l("最多附 %(most)s 个文件。")),
    "joining.unit_confirms_first": (
        _l("分工会确认后才收材料"),
        _l("分工会通过或退回补充材料以后，才能上传照片和材料。"),
    ),
    "joining.queue_has_room": (
        _l("待审申请有上限"),
        _l("这个分工会待审的申请已经太多。请直接联系分工会，由分工会主席办理集体入会，不受此限。"),
    ),
    "joining.origin_is_modest": (
        _l("同一网络的申请有上限"),
        _l("您所在的网络已有 %(most)s 份申请待确认。请联系分工会办理集体入会，或换一个网络再提交。"),
    ),
    "joining.number_is_as_told": (
        _l("办理的份数与所见一致"),
        _l("现在是 %(found)s 份，不是确认时的 %(expected)s 份，请重新查看名单再办理。"),
    ),
    "joining.drafts_are_few": (_l("草稿有上限"), _l("草稿已有 %(most)s 份，请先提交或撤回其中一份。")),
    "joining.files_are_open": (_l("办结前可以增减附件"), _l("申请现在的状态不能增减附件。")),
    "joining.rules_are_in_force": (
        _l("入会规定齐备"),
        _l("没有现行的入会规定，批准时须写明例外理由。"),
    ),
    "joining.employment_may_join": (_l("法定可入会人员"), _l("现行规定不包括这种用工形式。")),
    "record.number_series_is_new": (_l("编号规则不重名"), _l("已有同名的编号规则。")),
    "record.number_prefix_is_free": (_l("编号前缀不重复"), _l("用这个前缀编出的号可能与另一套编号相同。")),
    "record.number_series_begins_ahead": (
        _l("编号规则先定后用"),
        _l("新的编号规则最早今天起用，且须晚于已定的各套规则。"),
    ),
    "joining.applications_wait": (_l("有申请可批"), _l("没有等待批准的申请。")),
    "file_exists": (_l("文件还在"), _l("没有这个文件，或已过保存期。")),
    "number_series": (_l("有现行的编号规则"), _l("今天没有现行的编号规则，不能编发会员号。")),
    "card.sheets_are_few": (
        _l("一次打印的会员卡有限"),
        _l("共 %(total)s 张，一次最多 %(most)s 张，请按分工会分开打印。"),
    ),
    "card.somebody_has_a_card": (_l("名单里须有在册会员"), _l("符合条件的名单里没有在册会员，没有会员卡可打印。")),
    "card.is_genuine": (_l("会员卡验证"), _l("这张会员卡无法验证：链接不完整，或已过期、已作废。")),
}
