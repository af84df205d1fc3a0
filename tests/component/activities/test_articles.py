"""Articles: written, read by a second person, published to the second, changed under review, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.articles.tables import Article, ArticleFile, ArticleRead
from services.chassis import clock
from services.chassis.database.history import ChangeHistory
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, PreconditionFailed, Refused
from services.chassis.files.storage import StoredFile
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.contracts.activities.articles import operations as contract
from services.contracts.membership.organisation.unit_changes import UnitMerged
from tests.component.activities.harness import CHAIR, OFFICER, OTHER_UNIT, UNIT, ActivitiesHarness, at
from tests.support.pictures import PDF, picture
from tests.support.principals import auditor, chair_of, member_account, officer

SECOND = officer()
NOTICE = "0190d5a0-0000-7000-8000-00000000c001"
TEXTS = {"category_id": NOTICE, "title": "关于放假的通知", "body": "五月一日放假。", "audience": "all", "unit_ids": []}
JPEG = {"name": "合影.jpg", "media_type": "image/jpeg", "content": picture(600, 400)}


class Desk:
    """Short ways to write and publish."""

    def __init__(self, activities: ActivitiesHarness) -> None:
        self.ask, self.refused, self.activities = activities.ask, activities.refused, activities

    def write(self, by: Principal = OFFICER, /, **changes: Any) -> Any:
        return self.ask(contract.write_article, by, **{**TEXTS, **changes})

    def save(self, article: Any, by: Principal = OFFICER, /, **changes: Any) -> Any:
        read = {"article_id": article["id"], "number": article["number"]}
        return self.ask(contract.save_article, by, **{**TEXTS, **read, **changes})

    def submit(self, article: Any, by: Principal = OFFICER, /) -> Any:
        return self.ask(contract.submit_article, by, article_id=article["id"], number=article["number"])

    def publish(self, article: Any, by: Principal = SECOND, /, **changes: Any) -> Any:
        read = {"article_id": article["id"], "number": article["number"]}
        return self.ask(contract.publish_article, by, **{**read, **changes})

    def published(self, **changes: Any) -> Any:
        later = {name: changes.pop(name) for name in ("publish_at", "expires_at", "notify") if name in changes}
        return self.publish(self.submit(self.write(**changes)), **later)

    def read(self, article: Any, by: Principal = ANONYMOUS) -> Any:
        return self.ask(contract.get_news, by, article_id=article["id"])

    def titles(self, by: Principal = ANONYMOUS, **filters: Any) -> list[str]:
        return [one["title"] for one in self.ask(contract.list_news, by, **filters)["items"]]

    def attach(self, article: Any, by: Principal = OFFICER, /, **upload: Any) -> Any:
        upload = {"kind": "picture", **JPEG, **upload}
        return self.ask(contract.attach_article_file, by, article_id=article["id"], **upload)

    def open(self, article: Any, file: Any, by: Principal = ANONYMOUS) -> Any:
        return self.ask(contract.open_article_file, by, article_id=article["id"], file_id=file["id"])


@pytest.fixture
def desk(activities: ActivitiesHarness) -> Desk:
    return Desk(activities)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_article_goes_from_draft_to_readers_and_back(desk: Desk) -> None:
    draft = desk.write(CHAIR, unit_id=UNIT)
    assert (draft["state"], draft["number"], draft["shown"], draft["actions"]) == ("draft", 1, 0, ["save", "submit"])
    saved = desk.save(draft, CHAIR, body="# 通知\n\n五月一日至三日放假。")
    waiting = desk.submit(saved, CHAIR)
    assert waiting["state"] == "review"
    assert desk.titles() == []
    published = desk.publish(waiting, notify=True)
    assert (published["state"], published["shown"]) == ("published", 2)
    assert "<h2>通知</h2>" in desk.read(published)["html"]
    assert desk.titles() == [TEXTS["title"]]
    gone = desk.ask(contract.withdraw_article, OFFICER, article_id=draft["id"], reason="日期有误")
    assert gone["state"] == "withdrawn"
    with pytest.raises(NotFound):
        desk.read(published)
    assert [one["type"] for one in desk.activities.events(subject=f"article/{draft['id']}")] == [
        "article_moved", "article_published", "article_moved", "article_withdrawn",
    ]  # fmt: skip
    steps = [(one["step"], one["reason"]) for one in gone["steps"]]
    assert steps == [
        ("withdrawn", "日期有误"), ("published", None), ("submitted", None), ("saved", None), ("written", None),
    ]  # fmt: skip
    again = desk.ask(contract.rework_article, CHAIR, article_id=draft["id"])
    assert (again["state"], again["shown"]) == ("draft", 0)


def test_who_wrote_it_does_not_publish_it(desk: Desk) -> None:
    waiting = desk.submit(desk.write())
    assert waiting["wrote"] is True
    assert "publish" not in waiting["actions"]
    assert desk.refused(
        contract.publish_article, OFFICER, article_id=waiting["id"], number=1
    ).rule == "articles.publisher_did_not_write"  # fmt: skip
    # The same person under another account is the same person only by the member; the account wrote it.
    assert desk.publish(waiting)["state"] == "published"


def test_a_chair_publishes_nothing_and_sees_no_other_unit(desk: Desk) -> None:
    waiting = desk.submit(desk.write(CHAIR, unit_id=UNIT), CHAIR)
    with pytest.raises(NotAllowed):
        desk.publish(waiting, CHAIR)
    for operation, request in (
        (contract.get_article, {}), (contract.submit_article, {"number": 1}),
        (contract.list_article_revisions, {}), (contract.get_article_revision, {"number": 1}),
    ):  # fmt: skip
        assert desk.refused(operation, chair_of(OTHER_UNIT), article_id=waiting["id"], **request).rule == "own_unit"
    assert desk.refused(contract.write_article, CHAIR, **TEXTS).rule == "own_unit"
    assert desk.ask(contract.list_articles, chair_of(OTHER_UNIT))["items"] == []
    assert len(desk.ask(contract.list_articles, CHAIR)["items"]) == 1
    assert desk.ask(contract.get_article, auditor(), article_id=waiting["id"])["actions"] == []


def test_an_auditor_who_chairs_a_unit_writes_for_that_unit_only(desk: Desk) -> None:
    """What auditors look at was open to the commands of a chair, where one person is both."""
    draft = desk.write(CHAIR, unit_id=UNIT)
    other = chair_of(OTHER_UNIT)
    both = replace(other, grants=(Grant("auditor"), *other.grants))
    assert desk.ask(contract.get_article, both, article_id=draft["id"])["actions"] == []
    read = {"article_id": draft["id"], "number": draft["number"]}
    assert desk.refused(contract.save_article, both, **TEXTS, **read).rule == "own_unit"
    assert desk.refused(contract.submit_article, both, **read).rule == "own_unit"
    assert desk.refused(contract.write_article, both, **TEXTS).rule == "own_unit"
    assert desk.write(both, unit_id=OTHER_UNIT)["actions"] == ["save", "submit"]


def test_what_was_saved_after_reading_is_not_published(desk: Desk) -> None:
    """Peers published an approval's later edits, which nobody had read."""
    waiting = desk.submit(desk.write(CHAIR, unit_id=UNIT), CHAIR)
    changed = desk.save(waiting, CHAIR, body="换了内容")
    assert changed["state"] == "draft", "a change under review goes back to the writer"
    again = desk.submit(changed, CHAIR)
    refused = desk.refused(contract.publish_article, SECOND, article_id=waiting["id"], number=waiting["number"])
    assert (refused.rule, refused.params) == ("articles.publishes_what_was_read", {"number": 2, "read": 1})
    assert desk.publish(again)["state"] == "published"


def test_a_published_article_changes_once_a_second_person_has_read_the_change(desk: Desk) -> None:
    published = desk.published()
    changed = desk.save(published, title="关于调休的通知", body="改为五月二日。")
    assert (changed["state"], changed["waits"], changed["number"], changed["shown"]) == ("published", True, 2, 1)
    assert desk.read(published)["title"] == TEXTS["title"]
    assert desk.titles(q="调休") == []
    assert [one["title"] for one in desk.ask(contract.list_articles, OFFICER, waits=True)["items"]] == [TEXTS["title"]]
    assert desk.refused(contract.publish_article, OFFICER, article_id=changed["id"], number=2).rule == (
        "articles.publisher_did_not_write"
    )
    assert desk.publish(changed)["waits"] is False
    assert desk.read(published)["title"] == "关于调休的通知"
    assert desk.titles(q="五月二日") == ["关于调休的通知"]
    refused = desk.refused(contract.publish_article, SECOND, article_id=changed["id"], number=2)
    assert refused.rule == "articles.change_waits"
    (last,) = desk.activities.events("article_published")[-1:]
    assert (last["changed"], last["revision"]) == (True, 2)


def test_a_change_that_is_not_wanted_is_returned_and_readers_keep_what_they_see(desk: Desk) -> None:
    """It could only be published or stay a to-do for ever."""
    published = desk.publish(desk.submit(desk.write(CHAIR, unit_id=UNIT), CHAIR))
    assert "return" not in published["actions"]
    assert desk.refused(contract.return_article, SECOND, article_id=published["id"], reason="不改").rule == (
        "articles.change_waits"
    )
    changed = desk.save(published, CHAIR, body="改为五月二日。")
    returned = desk.ask(contract.return_article, SECOND, article_id=changed["id"], reason="日期没有变")
    assert (returned["state"], returned["waits"], returned["shown"]) == ("published", False, 1)
    assert "五月一日" in desk.read(published)["html"]
    (told,) = desk.activities.events("article_moved")[-1:]
    assert (told["returned"], told["waits"], told["writer_member_id"]) == (True, False, str(CHAIR.member_id))
    read = {"article_id": changed["id"], "number": changed["number"]}
    assert desk.refused(contract.publish_article, SECOND, **read).rule == "articles.change_waits"
    again = desk.save(returned, CHAIR, body="五月一日放假，二日上班。")
    assert desk.publish(again)["shown"] == 3


def test_a_change_is_published_at_once_and_says_so(desk: Desk) -> None:
    """A time for it was taken, and the change was published at once all the same."""
    changed = desk.save(desk.published(), body="改为五月二日。")
    read = {"article_id": changed["id"], "number": changed["number"]}
    for terms in ({"publish_at": at(days=1)}, {"expires_at": at(days=1)}, {"notify": True}):
        refused = desk.refused(contract.publish_article, SECOND, **read, **terms)
        assert refused.rule == "articles.change_has_no_time_of_its_own"
        assert refused.field == next(iter(terms))


@pytest.mark.databases("postgresql", "sqlite")
def test_the_second_saver_sees_that_there_are_two(desk: Desk) -> None:
    draft = desk.write()
    desk.save(draft, body="甲的版本")
    with pytest.raises(PreconditionFailed) as caught:
        desk.save(draft, SECOND, body="乙的版本")
    assert caught.value.params == {"number": 2}
    revisions = desk.ask(contract.list_article_revisions, SECOND, article_id=draft["id"])["items"]
    assert [one["number"] for one in revisions] == [2, 1]
    assert desk.ask(contract.get_article_revision, SECOND, article_id=draft["id"], number=2)["body"] == "甲的版本"


def test_an_article_is_read_from_its_moment_on_even_before_the_recurring_work(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = at(days=2)
    planned = desk.published(publish_at=moment, expires_at=moment + timedelta(days=1), notify=True)
    assert planned["state"] == "scheduled"
    assert desk.titles() == []
    assert desk.titles(OFFICER) == []
    desk.activities.run_timer("publish_due")
    assert desk.activities.events("article_published") == []
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert desk.titles() == [TEXTS["title"]]
    desk.activities.run_timer("publish_due")
    desk.activities.run_timer("publish_due")
    (told,) = desk.activities.events("article_published")
    assert (told["notify"], told["changed"]) == (True, False)
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(days=1))
    assert desk.titles() == []
    with pytest.raises(NotFound):
        desk.read(planned)


def test_a_scheduled_article_is_not_changed_under_its_approval(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = desk.published(publish_at=at(hours=1))
    assert desk.refused(contract.save_article, OFFICER, **TEXTS, article_id=planned["id"], number=1).rule == (
        "workflow.article"
    )
    assert desk.refused(
        contract.attach_article_file, OFFICER, article_id=planned["id"], kind="picture", **JPEG
    ).rule == "workflow.article"  # fmt: skip
    returned = desk.ask(contract.return_article, SECOND, article_id=planned["id"], reason="改个日期")
    assert returned["state"] == "draft"
    later = at(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    desk.activities.run_timer("publish_due")
    assert desk.titles() == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"publish_at": at(days=-1)}, "articles.publishing_is_ahead"),
        ({"publish_at": at(days=400)}, "articles.publishing_is_ahead"),
        ({"expires_at": at(days=-1)}, "articles.expiry_follows"),
        ({"publish_at": at(days=2), "expires_at": at(days=1)}, "articles.expiry_follows"),
    ],
)
def test_moments_that_make_no_sense_are_refused(desk: Desk, changes: dict[str, Any], rule: str) -> None:
    waiting = desk.submit(desk.write())
    assert desk.refused(contract.publish_article, SECOND, article_id=waiting["id"], number=1, **changes).rule == rule


def test_each_reader_sees_what_is_for_them(desk: Desk) -> None:
    (inside,), (outside,) = desk.activities.members(1), desk.activities.members(1, OTHER_UNIT)
    for title, audience, units in (("公开的", "all", []), ("会员的", "members", []), ("本院的", "units", [UNIT])):
        desk.published(title=title, audience=audience, unit_ids=units)
    seen = {
        "nobody": desk.titles(),
        "inside": desk.titles(member_account(inside)),
        "outside": desk.titles(member_account(outside)),
        "chair": desk.titles(chair_of(UNIT)),
        "officer": desk.titles(OFFICER),
    }
    assert seen == {
        "nobody": ["公开的"], "inside": ["本院的", "会员的", "公开的"], "outside": ["会员的", "公开的"],
        "chair": ["本院的", "会员的", "公开的"], "officer": ["本院的", "会员的", "公开的"],
    }  # fmt: skip
    feed = desk.ask(contract.news_feed, limit=10)["items"]
    assert [one["title"] for one in feed] == ["公开的"]


def test_members_of_a_merged_unit_read_what_was_for_it(desk: Desk) -> None:
    (moved,) = desk.activities.members(1, OTHER_UNIT)
    desk.published(title="本院的", audience="units", unit_ids=[UNIT])
    assert desk.titles(member_account(moved)) == []
    desk.activities.tell(UnitMerged, unit_id=UNIT, into_unit_id=OTHER_UNIT, kind="unit", on=clock.today(), members=1)
    assert desk.titles(member_account(moved)) == ["本院的"]


def test_an_audience_of_units_names_them(desk: Desk) -> None:
    for changes in ({"audience": "units"}, {"audience": "all", "unit_ids": [UNIT]}):
        assert desk.refused(contract.write_article, OFFICER, **{**TEXTS, **changes}).rule == "articles.units_are_named"


def test_pins_stand_first_and_only_on_published_articles(desk: Desk) -> None:
    first = desk.published(title="先发的")
    desk.published(title="后发的")
    assert desk.titles() == ["后发的", "先发的"]
    desk.ask(contract.place_article, OFFICER, article_id=first["id"], pinned=True)
    assert desk.titles() == ["先发的", "后发的"]
    page = desk.ask(contract.list_news, ANONYMOUS, limit=1)
    rest = desk.ask(contract.list_news, ANONYMOUS, limit=1, cursor=page["next_cursor"])
    assert [one["title"] for one in (*page["items"], *rest["items"])] == ["先发的", "后发的"]
    assert desk.refused(contract.place_article, OFFICER, article_id=desk.write()["id"], pinned=True).rule == (
        "workflow.article"
    )


@pytest.mark.databases("postgresql", "sqlite")
def test_reads_are_counted_by_day_without_readers(desk: Desk) -> None:
    published, draft = desk.published(), desk.write()
    for _ in range(3):
        desk.ask(contract.count_article_read, article_id=published["id"])
    desk.ask(contract.count_article_read, article_id=draft["id"])
    desk.ask(contract.count_article_read, article_id=uuid4())
    detail = desk.ask(contract.get_article, OFFICER, article_id=published["id"])
    assert (detail["reads"], [one["count"] for one in detail["read_days"]]) == (3, [3])
    assert {one.name for one in ArticleRead.__table__.columns} == {"article_id", "day", "count"}
    for by in (OFFICER, ANONYMOUS):
        assert desk.refused(contract.count_article_read, by, article_id=published["id"]).status in (401, 403)


def test_a_picture_is_seen_once_the_article_is(desk: Desk) -> None:
    draft = desk.attach(desk.write())
    (file,) = draft["files"]
    assert (file["kind"], file["media_type"], file["path"]) == (
        "picture", "image/jpeg", f"/news/{draft['id']}/files/{file['id']}",
    )  # fmt: skip
    for by in (ANONYMOUS, member_account(), chair_of(OTHER_UNIT)):
        with pytest.raises(NotFound):
            desk.open(draft, file, by)
    assert desk.open(draft, file, OFFICER)["media_type"] == "image/jpeg"
    desk.publish(desk.submit(draft))
    assert desk.open(draft, file)["media_type"] == "image/jpeg"


def test_files_of_a_published_article_change_with_its_next_revision(desk: Desk) -> None:
    published = desk.publish(desk.submit(desk.attach(desk.write(), kind="cover")))
    (cover,) = published["files"]
    assert desk.ask(contract.list_news, ANONYMOUS)["items"][0]["cover_path"] == cover["path"]
    changed = desk.attach(published, kind="cover")
    (new,) = changed["files"]
    assert (changed["number"], changed["waits"]) == (2, True)
    with pytest.raises(NotFound):
        desk.open(published, new)
    assert desk.open(published, cover)
    desk.publish(changed)
    assert desk.ask(contract.list_news, ANONYMOUS)["items"][0]["cover_path"] == new["path"]
    with pytest.raises(NotFound):
        desk.open(published, cover)
    with desk.activities.database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 1, "what was replaced is erased"


def test_who_adds_a_file_to_anothers_text_does_not_publish_both(desk: Desk) -> None:
    """A file was no revision of its own: who added it could publish it, and nobody else had seen it."""
    waiting = desk.submit(desk.write(CHAIR, unit_id=UNIT), CHAIR)
    added = desk.attach(waiting, SECOND)
    assert (added["state"], added["number"], added["wrote"]) == ("draft", 2, True)
    again = desk.submit(added, CHAIR)
    read = {"article_id": again["id"], "number": again["number"]}
    assert desk.refused(contract.publish_article, SECOND, **read).rule == "articles.publisher_did_not_write"
    assert desk.publish(again, OFFICER)["shown"] == 2
    # The same of a change of what readers see already.
    changed = desk.save(desk.published(), body="改为五月二日。")
    with_file = desk.attach(changed, SECOND)
    read = {"article_id": with_file["id"], "number": with_file["number"]}
    assert desk.refused(contract.publish_article, SECOND, **read).rule == "articles.publisher_did_not_write"
    assert desk.publish(with_file, officer())["waits"] is False


def test_a_file_added_after_reading_is_not_published(desk: Desk) -> None:
    first = desk.attach(desk.write())
    assert first["number"] == 1, "files of a draft that nobody was given to read belong to the revision"
    waiting = desk.submit(first)
    desk.ask(contract.return_article, SECOND, article_id=waiting["id"], reason="请换一张照片")
    again = desk.submit(desk.attach(waiting))
    refused = desk.refused(contract.publish_article, SECOND, article_id=waiting["id"], number=waiting["number"])
    assert (refused.rule, refused.params) == ("articles.publishes_what_was_read", {"number": 2, "read": 1})
    (file, _) = again["files"]
    gone = desk.ask(contract.remove_article_file, OFFICER, article_id=again["id"], file_id=file["id"])
    assert (gone["number"], len(gone["files"])) == (3, 1)


def test_attachments_are_handed_out_as_they_were_sent(desk: Desk) -> None:
    paper = {"kind": "attachment", "name": "名单.pdf", "media_type": "application/pdf", "content": PDF}
    published = desk.publish(desk.submit(desk.attach(desk.write(), **paper)))
    (file,) = desk.read(published)["attachments"]
    assert (file["name"], desk.open(published, file)["media_type"]) == ("名单.pdf", "application/pdf")
    removed = desk.ask(contract.remove_article_file, OFFICER, article_id=published["id"], file_id=file["id"])
    assert (removed["files"], removed["waits"]) == ([], True)
    assert desk.read(published)["attachments"] == [file], "readers see it until the change is published"
    assert desk.refused(
        contract.attach_article_file, OFFICER, article_id=published["id"], **{**paper, "kind": "cover"}
    ).rule == "articles.picture_is_a_photo"  # fmt: skip


def test_a_file_of_another_article_is_not_opened_through_a_public_one(desk: Desk) -> None:
    secret = desk.attach(desk.write(audience="members"))
    public = desk.published()
    with pytest.raises(NotFound):
        desk.open(public, secret["files"][0])


def test_categories_are_a_unions_own(desk: Desk) -> None:
    shipped = desk.ask(contract.list_article_categories, ANONYMOUS)["items"]
    assert [one["name"] for one in shipped] == ["通知", "公示", "活动报道", "政策解读", "模范人物"]
    made = desk.ask(contract.add_article_category, OFFICER, name="书画", place=60)
    assert desk.refused(contract.add_article_category, OFFICER, name="书画").rule == "articles.category_is_new"
    kept = desk.write(category_id=made["id"])
    terms = {"category_id": made["id"], "name": "书画摄影", "place": 60, "offered": False}
    desk.ask(contract.change_article_category, OFFICER, **terms)
    assert desk.save(kept, category_id=made["id"])["category_name"] == "书画摄影"
    assert desk.refused(contract.write_article, OFFICER, **{**TEXTS, "category_id": made["id"]}).rule == (
        "articles.category_is_offered"
    )
    offered = desk.ask(contract.list_article_categories, ANONYMOUS, offered=True)["items"]
    assert made["id"] not in [one["id"] for one in offered]
    with pytest.raises(NotAllowed):
        desk.ask(contract.add_article_category, CHAIR, name="本院")


def test_a_repeated_command_changes_nothing(desk: Desk) -> None:
    ask = desk.activities.ask_keyed
    once = [ask("key-1", contract.write_article, OFFICER, **TEXTS)["id"] for _ in range(2)]
    assert once[0] == once[1]
    assert len(desk.ask(contract.list_articles, OFFICER)["items"]) == 1


def test_neither_events_nor_history_hold_a_text(desk: Desk) -> None:
    desk.published(body="只在正文里的句子", title="标题可以见人")
    told = str(desk.activities.events())
    assert "只在正文里的句子" not in told
    with desk.activities.database.session() as session:
        kept = [str(one.changes) for one in session.scalars(sa.select(ChangeHistory))]
    assert "只在正文里的句子" not in str(kept)


def test_lists_are_searched_and_filtered(desk: Desk) -> None:
    desk.write(title="教代会公告", body="第六届")
    desk.write(CHAIR, title="学院讲座", unit_id=UNIT, body="100%真实")
    found = {
        name: [one["title"] for one in desk.ask(contract.list_articles, OFFICER, sort="title", **filters)["items"]]
        for name, filters in {
            "body": {"q": "第六"}, "percent": {"q": "100%"}, "unit": {"unit_id": UNIT}, "state": {"state": "review"},
            "all": {},
        }.items()
    }  # fmt: skip
    assert found["body"] == ["教代会公告"]
    assert found["percent"] == found["unit"] == ["学院讲座"]
    assert found["state"] == []
    assert sorted(found["all"]) == sorted(["教代会公告", "学院讲座"])


def test_a_text_that_is_too_long_names_its_field(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        desk.write(body="字" * 30_001)
    assert "body" in caught.value.params["errors"]
    assert desk.refused(contract.submit_article, OFFICER, article_id=desk.write()["id"], number=7).rule == (
        "articles.publishes_what_was_read"
    )


def test_nothing_is_left_behind_of_a_refused_step(desk: Desk) -> None:
    waiting = desk.submit(desk.write())
    before = desk.activities.events()
    with pytest.raises(Refused):
        desk.publish(waiting, OFFICER)
    with desk.activities.database.session() as session:
        article = session.get_one(Article, UUID(waiting["id"]))
        assert (article.state, article.published_at) == ("review", None)
        assert session.scalars(sa.select(ArticleFile)).all() == []
    assert desk.activities.events() == before
