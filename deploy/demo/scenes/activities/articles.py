"""Articles: five written by a unit's chair; three published by an officer, one to be read, one still a draft."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from deploy.demo.papers import paper
from deploy.demo.union import DemoUnion
from services.contracts.activities.articles import operations as contract

_POLICY = """# 谁可以入会

《工会法》第三条：在中国境内的企业、事业单位、机关、社会组织中，以工资收入为主要生活来源的劳动者，
不分民族、种族、性别、职业、宗教信仰、教育程度，都有依法参加和组织工会的权利。

## 在学校怎样理解

| 用工形式 | 能否入会 |
|-|-|
| 在编 | 能 |
| 人事代理 | 能 |
| 合同制 | 能 |
| 劳务派遣 | 能 |

- 在线填写申请，所在分工会审核，校工会批准；
- 会费按《中国工会章程》交纳，每月为工资的 **0.5%**；
- 退休后保留会籍，不再交纳会费。
"""
_CHOIR = """排练厅里，四十个人的声部第一次合到了一起。

第五届教职工大合唱将在音乐厅举行，各分工会组队，每队四十人。去掉一个最高分和一个最低分，取平均分，保留两位小数。

> 唱得齐不齐，先听和声里有没有人抢拍。

报名请到“活动”页面，名额满了可以候补。
"""
_DISCLOSURE = """根据校工会慰问办法，现将本学期“送清凉”慰问情况公示如下：

1. 慰问对象：暑假坚守岗位的后勤、安保、实验室和附属医院值班人员；
2. 慰问品：饮用水、防暑药品；
3. 明细见附件。

公示期五个工作日。有意见请到校工会办公室反映，或在“诉求办理”里提出。
"""
_CRAFT = """劳模工作室开门第一课不讲荣誉，讲一把游标卡尺。

工作室每周三下午开放，带徒弟，也接待想看一看的同事。这篇报道写他们怎样把一件小事做三十年。
"""
_DRAFT = """秋季趣味运动会的项目正在征集，想玩什么，请告诉本院分工会。
"""
_ARTICLES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("choir", "活动报道", "第五届教职工大合唱：四十个人的声部", "all", _CHOIR, "各分工会组队，排练已经开始。"),
    ("summer", "公示", "本学期“送清凉”慰问情况公示", "members", _DISCLOSURE, "公示期五个工作日，明细见附件。"),
    ("policy", "政策解读", "谁可以入会：《工会法》第三条怎样理解", "all", _POLICY, "不分用工形式，一视同仁。"),
    ("craft", "模范人物", "一把游标卡尺：劳模工作室的第一课", "all", _CRAFT, "工作室每周三下午开放。"),
    ("games", "通知", "秋季趣味运动会征集项目", "members", _DRAFT, "想玩什么，请告诉本院分工会。"),
)  # fmt: skip
"""Key, category, title, audience, text, summary."""
_PUBLISHED = ("choir", "summer", "policy")


def play(union: DemoUnion) -> str:
    chair, officer = union.as_chair(), union.as_officer()
    found = union.ask("article-categories", contract.list_article_categories, {"limit": 50})["items"]
    categories = {one["name"]: one["id"] for one in found}
    unit_id = union.units[union.holder("chair")]
    for key, category, title, audience, body, summary in _ARTICLES:
        texts = {"title": title, "body": body, "summary": summary, "audience": audience, "unit_id": unit_id}
        written = {"category_id": categories[category], **texts}
        article = union.ask(f"article-{key}", contract.write_article, written, chair)
        article = _with_files(union, key, article)
        if key == "games":
            continue
        read = {"article_id": article["id"], "number": article["number"]}
        union.ask(f"article-submit-{key}", contract.submit_article, read, chair)
        if key in _PUBLISHED:
            notify = {"notify": key == "choir"}
            union.ask(f"article-publish-{key}", contract.publish_article, {**read, **notify}, officer)
        if key == "policy":
            pin = {"article_id": article["id"], "pinned": True}
            union.ask("article-pin", contract.place_article, pin, officer)
    return f"{len(_PUBLISHED)} articles published, one to be read by an officer, one draft"


def _with_files(union: DemoUnion, key: str, article: dict[str, Any]) -> dict[str, Any]:
    """Attach a drawn cover, and to the disclosure its list."""
    chair = union.as_chair()
    if key in ("choir", "policy", "craft"):
        cover = {"article_id": article["id"], "kind": "cover", "name": "cover.png", "media_type": "image/png"}
        article = union.ask(
            f"article-cover-{key}", contract.attach_article_file, {**cover, "content": _cover(key)}, chair
        )
    if key == "summer":
        listed = {"article_id": article["id"], "kind": "attachment", "name": "慰问明细.pdf", "caption": "慰问明细"}
        file = {"media_type": "application/pdf", "content": paper("Summer care", 12)}
        article = union.ask("article-list", contract.attach_article_file, {**listed, **file}, chair)
    return dict(article)


def _cover(key: str) -> bytes:
    """Return a drawn picture: hills below a sun, in colours that follow from the article."""
    sky, sun, far, near = {
        "choir": ("#fbe9dd", "#e0794b", "#d9a88c", "#9c4a33"),
        "policy": ("#e3eef7", "#f2c14e", "#9db8cf", "#34658a"),
        "craft": ("#e8f1e6", "#e6b655", "#a3bf9b", "#3f6f4c"),
    }[key]
    picture = Image.new("RGB", (960, 540), sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((660, 90, 800, 230), fill=sun)
    draw.polygon([(0, 360), (260, 220), (520, 380), (760, 250), (960, 340), (960, 540), (0, 540)], fill=far)
    draw.polygon([(0, 440), (320, 350), (600, 450), (960, 390), (960, 540), (0, 540)], fill=near)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
