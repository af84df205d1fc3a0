"""Who may what (权限): operations with the roles that may call them, and about whom. Answered by the gateway.

Belongs here: how the table is asked for and told. The table itself is made from all operations and their routes.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import (
    ACCOUNT,
    PROGRAM,
    PUBLIC,
    Choice,
    Line,
    Operation,
    Page,
    PageRequest,
    Schema,
    Vocabulary,
    label,
    labelled,
)
from services.contracts.vocabulary import ROLE_NAMES

PERMISSION_FIELDS = Vocabulary(
    "permission_field", subject="分类", title="可以做什么", grants="谁", kind="性质", role="身份", reach="范围",
    delegable="可以委托", path="接口", q="查找",
)  # fmt: skip
REACHES = Vocabulary("reach", union="全校", unit="所负责的分工会", own="本人")
PERMISSION_KINDS = Vocabulary("permission_kind", query="查看", command="办理")
HOLDERS = Vocabulary(
    "permission_holder",
    {PUBLIC: "任何人", ACCOUNT: "所有账号", PROGRAM: "所有系统账号",
     **{name: text for name, text in ROLE_NAMES.texts.items() if name != "reader"}},
)  # fmt: skip
"""What an operation can be open to: everybody, every account, every program, a role, a scope of programs."""
PERMISSION_SUBJECTS = Vocabulary(
    "permission_subject", sessions="登录", me="本人", notices="消息与通知", saved_filters="常用筛选", joining="入会",
    membership="会员档案", cards="会员卡与附件", standing="会籍变动", imports="名册导入", accounts="会员账号",
    hr_sync="人事系统", organisation="组织与职务", honours="荣誉与家属", awards="表彰", activities="活动",
    articles="文章和新闻",
    places="场地", clubs="文体协会", children_classes="子女托班",
    contests="比赛评分", sports="球类赛事",
    surveys="问卷",
    check_in="签到与出席", teams="组队",
    plan="年度计划", visits="走访", birthdays="生日慰问", care="定时关怀", entitlements="福利", decisions="判定依据",
    charity="慈善捐赠", welfare_search="福利事项",
    recuperation="疗休养", statement="福利明细", programmes="节日慰问品", examinations="体检", payments="福利经费",
    requests="诉求办理",
    procurement="采购",
    hardship="困难帮扶", care_campaigns="慰问活动",
    mutual_aid="互助保障", ballots="表决和选举", secret_ballots="无记名投票", proposals="提案",
    mediation="劳动争议调解",
    meetings="会议",
    unit_congresses="二级教代会",
    ratings="会员评家和民主评议",
    dismissals="解除劳动合同通知",
    suggestions="建议箱",
    disclosures="经费公开",
    congress="代表大会",
    dues="会费", funds="经费", privacy="个人信息", rules="规则",
    programs="系统账号", second_factors="第二因素", union_profile="工会资料",
    permissions="权限", codes="扫码", search="搜索", calendars="日历订阅",
    jobs="后台任务", live="页面实时变化", failed_events="异常消息", problems="错误说明",
)  # fmt: skip
"""The parts of the API, by the names of the gateway's subjects."""


@labelled(PERMISSION_FIELDS)
class PermissionFilter(PageRequest):
    """Which operations to list, in the order of the menus; `q` is looked for in titles and addresses."""

    role = Choice(HOLDERS, load_default=None, allow_none=True)
    subject = Choice(PERMISSION_SUBJECTS, load_default=None, allow_none=True)
    kind = Choice(PERMISSION_KINDS, load_default=None, allow_none=True)
    reach = Choice(REACHES, load_default=None, allow_none=True)
    q = Line(50, load_default=None, allow_none=True)


@labelled(PERMISSION_FIELDS)
class Granted(Schema):
    """A role, scope or kind of caller that may call an operation, and about whom: the union, the own unit, oneself."""

    role = Choice(HOLDERS, required=True)
    reach = Choice(REACHES, required=True)


@labelled(PERMISSION_FIELDS)
class Permission(Schema):
    """权限: one operation with its address and everybody it is open to. `delegable`: also by delegation of a post."""

    id = fields.String(required=True)
    subject = Choice(PERMISSION_SUBJECTS, required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True, metadata=label("英文说明"))
    kind = Choice(PERMISSION_KINDS, required=True)
    method = fields.String(required=True, metadata=label("方法"))
    path = fields.String(required=True)
    grants = fields.List(fields.Nested(Granted), required=True)
    delegable = fields.Boolean(required=True)


list_permissions = Operation(
    "gateway", "list_permissions", PermissionFilter, Page(Permission), frozenset(("officer", "auditor", "ops")),
    "query",
    "Who may what: each operation with its roles and their reach.", title="查看谁可以做什么",
)  # fmt: skip
list_own_permissions = Operation(
    "gateway", "list_own_permissions", PermissionFilter, Page(Permission), frozenset({ACCOUNT, PROGRAM}), "query",
    "What my roles let me do now, and about whom.", title="查看自己可以做什么",
)  # fmt: skip
