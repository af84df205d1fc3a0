"""Names of rules' documents and articles: demo rule sets in the reader's language; laws keep their own titles."""

from __future__ import annotations

import re

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.formats import is_english
from gateway.portal.template_globals import add_globals

DEMO_DOCUMENT = {
    "Demo figures, for trying the system out (as of a Henan college)": _l("演示数字，供试用（参照河南某学院）"),
    "Demo figures: dispatched staff have their holiday goods from the agency that employs them": _l(
        "演示数字：劳务派遣人员的节日慰问由用人的派遣单位发放"
    ),
    "Demonstration, after a college's rules in Henan, 2022": _l("演示数字，参照河南某学院 2022 年的规定"),
    "Demonstration, after a province's rules on 妇女权益保障法 (2022), Article 31, paragraph 3": _l(
        "演示数字，参照某省实施《妇女权益保障法》（2022 年修订）第三十一条第三款的规定"
    ),
    "Demonstration, after rules seen in Zhejiang": _l("演示数字，参照浙江的规定"),
    "Demonstration, after a city's notice on buying from paired-aid regions": _l(
        "演示数字，参照某市关于消费帮扶的通知"
    ),
    "Demonstration, after the purchasing steps of a university": _l("演示数字，参照某大学的采购办法"),
    "Demonstration, taken from no document": _l("演示数字，不出自任何文件"),
    "演示规则：会员个人信息保存期限（自离会之日起）": _l("演示规则：会员个人信息保存期限（自离会之日起）"),
    "演示规则：困难帮扶与送温暖": _l("演示规则：困难帮扶与送温暖"),
    "演示规则：会费免缴情形": _l("演示规则：会费免缴情形"),
    "演示规则：未经分工会确认的入会申请": _l("演示规则：未经分工会确认的入会申请"),
    "演示规则：劳动人事争议调解": _l("演示规则：劳动人事争议调解"),
    "演示规则：教代会代表选举办法": _l("演示规则：教代会代表选举办法"),
    "演示规则：教代会代表构成": _l("演示规则：教代会代表构成"),
    "演示规则：解除劳动合同通知": _l("演示规则：解除劳动合同通知"),
    "演示规则：建议箱": _l("演示规则：建议箱"),
    "演示规则：二级教代会备案": _l("演示规则：二级教代会备案"),
    "演示规则：教代会提案工作": _l("演示规则：教代会提案工作"),
    "演示规则：教工之家和场地预约": _l("演示规则：教工之家和场地预约"),
    "演示规则：文体协会管理办法": _l("演示规则：文体协会管理办法"),
    "演示规则：教职工子女体育托班": _l("演示规则：教职工子女体育托班"),
    "演示规则：匿名问卷": _l("演示规则：匿名问卷"),
    "演示规则：非编教职工入会材料": _l("演示规则：非编教职工入会材料"),
}


def document_words(title: str | None) -> str:
    """Return the name of a rule's document for a page."""
    return str(DEMO_DOCUMENT.get(title or "", title or ""))


_NUMERAL = "[0-9]{1,4}|[一二三四五六七八九十百零〇两]{1,7}"
_ARTICLE = re.compile(rf"(?P<bare>{_NUMERAL})|第(?P<article>{_NUMERAL})条|附表(?P<schedule>{_NUMERAL})")
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}


def article_words(article: str | None) -> str:
    """Return the article of a rule: in English, articles and schedules with Arabic numerals.

    Texts without number, and all Chinese ones, are unchanged.

    Args:
        article: of the rule: 第三条, 第一条；附表一, 六 or 8.
    """
    if not article or not is_english():
        return article or ""
    found = [_ARTICLE.fullmatch(part.strip()) for part in re.split("[；;]", article)]
    parts = [_numbered(part) for part in found if part is not None]
    return "; ".join(parts) if len(parts) == len(found) else article


def _numbered(found: re.Match[str]) -> str:
    if found["schedule"]:
        return gettext("附表 %(number)s", number=_number(found["schedule"]))
    return gettext("第 %(number)s 条", number=_number(found["bare"] or found["article"]))


def _number(numeral: str) -> int:
    """Return the number of a numeral below 1,000, in digits or as in 二十三."""
    if numeral.isascii():
        return int(numeral)
    total = digit = 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def set_up(app: Flask) -> None:
    """Make the words known to the templates."""
    add_globals(app, document_words=document_words, article_words=article_words)
