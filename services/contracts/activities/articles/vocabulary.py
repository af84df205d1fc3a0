"""Vocabulary of articles."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

ARTICLE_STATES = Vocabulary(
    "article", draft="草稿", review="待审核", scheduled="定时发布", published="已发布", withdrawn="已撤下",
)  # fmt: skip
ARTICLE_AUDIENCES = Vocabulary(
    "article_audience", all="公开（不登录也能看）", members="全体会员", units="指定分工会的会员",
)  # fmt: skip
ARTICLE_FILE_KINDS = Vocabulary("article_file", cover="封面", picture="插图", attachment="附件")
ARTICLE_STEPS = Vocabulary(
    "article_step", written="起草", saved="修改", submitted="提交审核", returned="退回", published="发布",
    scheduled="安排定时发布", released="到时发布", change_published="发布修改", withdrawn="撤下", reworked="重新编辑",
    placed="调整展示", file_added="上传文件", file_removed="删除文件",
)  # fmt: skip
ARTICLE_ORDERS = Vocabulary(
    "article_order", {"-changed_at": "最近改动的在前", "changed_at": "最早改动的在前", "title": "按标题"},
)  # fmt: skip
ARTICLE_FIELDS = Vocabulary(
    "article_field", title="标题", title_en="英文标题", summary="摘要", body="正文", category_id="栏目",
    audience="谁能看", unit_ids="哪些分工会", unit_id="来自", state="状态", notify="发布时通知能看的会员",
    publish_at="发布时间", published_at="发布时间", expires_at="展示到", pinned="置顶", reason="原因",
    changed_at="最近改动", reads="阅读次数", number="修订", name="名称", name_en="英文名称", place="顺序",
    offered="可用", kind="文件种类", caption="说明", content="文件", q="标题或正文", sort="排序", waits="待发布的修改",
)  # fmt: skip
