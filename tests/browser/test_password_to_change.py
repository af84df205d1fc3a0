"""A member whose password an operator set chooses one before anything else."""

from __future__ import annotations

import re

from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api


def test_a_password_from_an_operator_is_changed_at_the_next_sign_in(visitor, union, pictures, size):
    username = f"reset.{size}"
    form = newcomer(unit_of(Api(union.url).sign_in("chair")), username=username, password="a-long-phrase-of-hers")
    Api(union.url).post("/membership/applications", form, status=201)
    told = union.run("accounts", "reset", username, "--yes")
    made = re.search(r"new password: (\S+)", told).group(1)
    assert "must choose a new one" in told
    assert re.search(rf"^{username}\t.*password to be changed", union.run("accounts", "list"), re.MULTILINE)

    person = visitor().sign_in(username, made)
    person.must_see("设置您自己的密码")
    person.open("/messages")
    person.must_see("现在的密码是别人为您设置的")
    assert person.page.locator("body[data-live]").count() == 0, "the stream would be refused like everything else"
    person.finds_no_fault(pictures)
    _fill(person, made, made)
    person.press("修改密码")
    person.must_see("新密码与现在的密码相同")
    person.complaints.clear()
    _fill(person, made, "a-new-phrase-of-hers")
    person.press("修改密码")
    person.open("/messages")
    assert person.page.url.endswith("/messages")
    assert person.page.locator("body[data-live]").count() == 1


def _fill(person, current: str, new: str) -> None:
    for name, text in (("current", current), ("new", new), ("again", new)):
        person.page.locator(f"input[name={name}]").fill(text)
