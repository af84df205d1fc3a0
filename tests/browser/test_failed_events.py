"""An operator finds the event a service could not handle, replays it, and gives up on another with a reason."""

from __future__ import annotations

import json
from uuid import uuid4

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent

CONSUMER = "welfare.on_member_joined"


def failed_event(union, error: str = "ValueError: broken") -> str:
    """Let welfare have failed at an event for good; return its id."""
    event_id = uuid4()
    envelope = {
        "id": str(event_id),
        "source": "/membership",
        "type": "member_joined",
        "subject": f"member/{uuid4()}",
        "correlationid": str(uuid4()),
        "data": {"member_id": str(uuid4()), "name": "不该看见的名字"},
    }
    database = Database(f"sqlite:///{union.folder}/welfare.sqlite3")
    with database.session() as session:
        body = json.dumps(envelope, ensure_ascii=False)
        row = {"status": "dead", "attempts": 7, "received_at": clock.now(), "error": error, "body": body}
        session.add(InboxEvent(consumer=CONSUMER, event_id=event_id, **row))
    database.close()
    return str(event_id)


def test_an_operator_decides_what_becomes_of_failed_events(visitor, union, pictures):
    first, second = failed_event(union, "ValueError: one"), failed_event(union, "ValueError: two")
    ops = visitor("ops")
    ops.open("/console/system/events?service=welfare&state=dead")
    ops.must_see(CONSUMER)
    ops.finds_no_fault(pictures)
    ops.open(f"/console/system/events/{first}?consumer={CONSUMER}")
    ops.must_see("member_id")
    assert "不该看见的名字" not in ops.page.content()
    ops.page.locator("summary", has_text="重新处理").click()
    ops.press("确认重新处理")
    ops.must_see("消息已重新排队")
    ops.must_see("已重新处理")
    ops.open(f"/console/system/events/{second}?consumer={CONSUMER}")
    ops.page.locator("summary", has_text="放弃").click()
    ops.page.get_by_label("原因").fill("这条通知已另行处理")
    ops.finds_no_fault(pictures)
    ops.press("确认放弃")
    ops.must_see("消息已放弃")
    ops.must_see("这条通知已另行处理")
    assert ops.page.get_by_role("button", name="确认放弃").count() == 0


def test_an_officer_sees_and_does_not_decide(visitor, union):
    event_id = failed_event(union)
    officer = visitor("officer")
    officer.open(f"/console/system/events/{event_id}?consumer={CONSUMER}")
    officer.must_see("由系统管理员决定")
    assert officer.page.get_by_role("button", name="确认放弃").count() == 0


def test_an_operator_sees_that_every_event_arrived_and_has_it_compared_again(visitor, union, pictures):
    ops = visitor("ops")
    ops.open("/console/system/events")
    ops.must_see("消息核对")
    ops.press("立即核对")
    ops.must_see("核对已开始")
    ops.finds_no_fault(pictures)
    officer = visitor("officer")
    officer.open("/console/system/events")
    officer.must_see("没有丢失过消息")
    assert officer.page.get_by_role("button", name="立即核对").count() == 0
