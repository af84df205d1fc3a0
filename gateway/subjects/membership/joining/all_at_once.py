"""Everything that is wrong with an application, found before anything is done, so that it is told at once.

The owning services still decide; what they refuse beyond this (a person who is a member already) is told alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from gateway.identity.sign_up import problems_of_account
from gateway.portal.forms import Form
from gateway.portal.messages import say
from gateway.portal.service_calls import PASSED_ON
from gateway.rpc.calls import call
from services.chassis.errors import InvalidInput, Problem
from services.chassis.input_errors import REQUIRED, texts_in
from services.contracts.membership.consents import NEEDED_TO_JOIN
from services.contracts.membership.joining.applications import CheckApplicant
from services.contracts.membership.joining.operations import check_applicant


def refuse_all_at_once(form: Form, stated: Mapping[str, Any], *, draft: bool, opens_account: bool) -> None:
    """Raise one `InvalidInput` that names every field in which something is wrong.

    Args:
        form: as it was submitted; its fields say what is required.
        stated: the applicant's data and consents.
        draft: a draft may lack anything but what opens the account.
        opens_account: whether user name and password come with it.
    """
    problems = _problems_of_fields(stated)
    if not draft:
        problems += [_what_is_missing(form), _missing_consents(stated)]
    if opens_account:
        posted: Mapping[str, str] = form.posted or {}
        problems += problems_of_account(posted.get("username", "").strip() or None, posted.get("password") or None)
    errors: dict[str, list[str]] = {}
    for problem in problems:
        for field, texts in _by_field(problem).items():
            errors.setdefault(field, texts)
    if errors:
        raise InvalidInput(errors=errors)


def ask_password_again(form: Form) -> None:
    """Say at the password that a page which is shown again does not keep it."""
    typed = form.posted is not None and form.posted.get("password")
    if typed and any(spec.name == "password" for spec in form.specs):
        form.errors.setdefault("password", []).append(gettext("为安全起见密码没有保留，请再输入一次。"))


def _problems_of_fields(stated: Mapping[str, Any]) -> list[Problem]:
    """Ask what is wrong, first with the form of each field, then with what has its form."""
    asked = {name: stated[name] for name in CheckApplicant().fields if name in stated}
    found: list[Problem] = []
    for _ in range(2):
        try:
            call(check_applicant, asked)
        except PASSED_ON:
            raise
        except InvalidInput as problem:
            found.append(problem)
            asked = {name: value for name, value in asked.items() if name not in _by_field(problem)}
        else:
            break
    return found


def _what_is_missing(form: Form) -> InvalidInput:
    filled = form.payload()
    names = [control.name for control in form if control.required and control.spec.control != "check"]
    return InvalidInput(errors={name: [REQUIRED] for name in names if filled.get(name) in (None, "")})


def _missing_consents(stated: Mapping[str, Any]) -> InvalidInput:
    given = {one["purpose"] for one in stated.get("consents", ())}
    missing: Iterable[str] = (purpose for purpose in NEEDED_TO_JOIN if purpose not in given)
    return InvalidInput(errors={f"consent_{one}": [gettext("请先阅读说明并勾选同意。")] for one in missing})


def _by_field(problem: Problem) -> dict[str, list[str]]:
    errors = problem.params.get("errors")
    if errors:
        return {str(name): list(texts_in(messages)) for name, messages in errors.items()}
    return {problem.field: [say(problem)]} if problem.field else {}
