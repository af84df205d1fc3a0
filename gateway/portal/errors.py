"""Error pages: the error, the rule, and links."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_account
from gateway.identity.factors.requiring import ENROLLED
from gateway.identity.new_password import OWN_PASSWORD
from gateway.portal.form_replay import resend_page
from gateway.portal.messages import explain
from gateway.portal.people import CONSOLE_ROLES, to_sign_in
from gateway.portal.service_calls import go
from services.chassis.errors import Problem

TITLES = {
    400: _l("无法处理这次请求"),
    403: _l("没有权限"),
    404: _l("找不到页面"),
    405: _l("不支持的操作"),
    409: _l("未能完成"),
    412: _l("内容已被他人修改"),
    413: _l("提交的内容太大"),
    422: _l("提交的内容有误"),
    429: _l("操作太频繁"),
    500: _l("系统出错了"),
    503: _l("服务暂时不可用"),
    504: _l("服务响应超时"),
}
LEADS = {
    400: _l("页面可能已经过期，请返回刷新后再试。"),
    403: _l("您的身份不能查看或办理这一项。如有疑问，请联系校工会。"),
    404: _l("地址可能有误，或内容已不存在。"),
    405: _l("请从页面上的按钮进入。"),
    412: _l("您打开之后，别人已经改过。请刷新后再修改。"),
    413: _l("请减少内容后再提交。"),
    429: _l("请稍等片刻再试。"),
    500: _l("问题已记录。您可以稍后再试，或把编号告诉管理员。"),
    503: _l("负责这一项的服务暂时联系不上，请稍后再试。"),
    504: _l("服务没有在规定时间内回应。稍后再试是安全的，不会重复办理。"),
}


def problem_page(document: dict[str, Any], status: int) -> Response:
    """Return the page for a problem document (RFC 9457), or a redirect to the sign-in page if that is required.

    Args:
        document: the document a program would get.
        status: its HTTP status.
    """
    if status == 401 and current_account() is None:
        return to_sign_in()
    if document.get("rule") == OWN_PASSWORD:
        return go(url_for("portal.change_password"))
    if document.get("rule") == ENROLLED:
        return go(url_for("portal.second_factors"))
    if document.get("rule") == "csrf_token_is_valid" and (again := resend_page(status)):
        return again
    problem = Problem(
        document.get("detail", ""),
        code=document.get("code"),
        field=document.get("field"),
        rule=document.get("rule"),
        params={
            **(document.get("params") or {}),
            "legal": document.get("legal") or [],
            "errors": document.get("errors") or {},
        },
    )
    page = render_template(
        "portal/error.html",
        layout=_layout(),
        status=status,
        title=TITLES.get(status, gettext("未能完成")),
        lead=LEADS.get(status),
        problem=explain(problem) if status in (409, 412, 422) or document.get("rule") else None,
        retry_after=document.get("retry_after"),
        correlation_id=document.get("correlation_id"),
        without_filters=request.path if status == 422 and request.method == "GET" and request.query_string else None,
    )
    return make_response(page, status)


def _layout() -> str:
    """Return the frame the page stands in: the one of where the reader is, with the menus it has."""
    account = current_account()
    if account is None:
        return "public"
    if request.path.startswith("/console") and account.principal.roles & CONSOLE_ROLES:
        return "console"
    return "member" if account.member_id else "public"
