"""The rules of articles in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.article": (_l("文章办理流程"), _l("这篇文章现在的状态不能这样办理。")),
    "articles.units_are_named": (_l("写明给谁看"), _l("“指定分工会”要勾选分工会；其他范围不要勾选。")),
    "articles.category_is_offered": (_l("栏目可用"), _l("这个栏目已停用，请另选一个。")),
    "articles.category_is_new": (_l("栏目不重名"), _l("已经有这个名称的栏目。")),
    "articles.publisher_did_not_write": (_l("两人把关"), _l("这一稿是您写的，请另一位校工会干部阅读后发布。")),
    "articles.publishes_what_was_read": (
        _l("发布的就是读过的一稿"), _l("您读的是第 %(read)s 稿，现在已是第 %(number)s 稿，请重新阅读。"),
    ),
    "articles.change_waits": (_l("有改动才再发布"), _l("这篇文章没有等待审核的修改。")),
    "articles.change_has_no_time_of_its_own": (
        _l("修改随即发布"), _l("修改发布后马上生效，不定时、不另设期限，也不再通知会员。"),
    ),
    "articles.publishing_is_ahead": (_l("发布时间合理"), _l("定时发布请选今后一年内的时间。")),
    "articles.expiry_follows": (_l("展示期限合理"), _l("展示期限要晚于发布时间。")),
    "articles.picture_is_a_photo": (_l("封面和插图是图片"), _l("封面和插图请上传 JPEG 或 PNG 图片。")),
    "articles.revision_is_the_one_that_was_read": (
        _l("不覆盖他人的修改"),
        _l("您打开之后，别人保存了第 %(number)s 稿。请对照下面的内容；再次保存会以您的为准。"),
    ),
}  # fmt: skip
