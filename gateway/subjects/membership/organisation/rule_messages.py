"""The rules of organisation in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_UNIT_TAKES = (_l("加入在用的分工会"), _l("只能加入在用的分工会。"))
_END = (_l("任职最后一天在任期之内"), _l("任职最后一天须在任期之内，且不能晚于今天。"))

RULES = {
    "organisation.parent_fits_kind": (
        _l("上级与类别相称"),
        _l("请另选上级：分工会放在校工会之下，工会小组放在分工会之下，委员会放在校工会或分工会之下，校工会没有上级。"),
    ),
    "organisation.parent_is_open": (_l("上级在用"), _l("所选的上级已经停用。")),
    "organisation.union_is_one": (_l("校工会只有一个"), _l("校工会已经存在。")),
    "organisation.code_is_free": (_l("代码不重复"), _l("这个代码已被使用。")),
    "organisation.unit_is_empty": (_l("没有会员和下级才能停用"), _l("该组织还有会员、下级或在任职务，不能停用。")),
    "organisation.unit_takes_members": _UNIT_TAKES,
    "organisation.group_is_of_unit": (_l("小组属于所在分工会"), _l("这个小组不属于该分工会。")),
    "organisation.post_fits_unit": (_l("职务与组织相称"), _l("这一职务不设在所选的组织。")),
    "organisation.holder_is_active": (_l("在册会员才能任职"), _l("只有在册会员可以任职。")),
    "organisation.chair_belongs_to_unit": (_l("负责人出自本组织"), _l("分工会和小组的负责人须是其中的会员。")),
    "organisation.post_is_vacant": (_l("职务空缺"), _l("这一时段该职务已有人担任。")),
    "organisation.delegates_are_elected": (
        _l("代表由选举产生"),
        _l("代表大会任期内，代表职务随代表资格产生和终止，请在“代表大会”里登记选举结果。"),
    ),
    "organisation.holder_has_it_once": (_l("同一职务不重复任命"), _l("此人在这一时段已担任该职务。")),
    "organisation.term_is_lawful": (
        _l("任期 3 年或 5 年（工会法第十六条）"),
        _l("届满日期须在 %(from)s 至 %(to)s 之间。"),
    ),
    "organisation.end_lies_in_term": _END,
    "organisation.committee_fits_kind": (_l("只有委员会分类别"), _l("只有委员会才选委员会类别。")),
    "organisation.committee_stands_at_union": (
        _l("经审、调解、提案委员会设在校工会"),
        _l("这一委员会的职权及于全校，只能设在校工会。"),
    ),
    "organisation.unit_is_open": (_l("组织在用"), _l("该组织已经停用。")),
    "organisation.merges_into_its_like": (
        _l("同类组织才能合并"),
        _l("只能并入另一个同类组织；小组只能并入同一分工会的小组。"),
    ),
    "organisation.moves_elsewhere": (_l("调整到另一个上级"), _l("只有小组和委员会可以调整上级，且须是另一个上级。")),
    "organisation.unit_can_be_split": (_l("分工会才能拆分"), _l("只有分工会可以拆分。")),
    "organisation.no_transfer_is_open": (
        _l("先办结转会再变动"),
        _l("有 %(transfers)s 名会员正在转会，请先办结。"),
    ),
    "organisation.part_takes_its_own": (
        _l("只分出本分工会的人"),
        _l("有 %(strangers)s 个所选的小组或会员不属于本分工会。"),
    ),
    "organisation.nobody_goes_twice": (_l("每人只去一处"), _l("有 %(twice)s 个小组或会员被选了两次。")),
    "organisation.each_part_has_members": (_l("新分工会要有会员"), _l("请至少选一个有会员的小组或一名会员。")),
    "organisation.nobody_is_left": (_l("停用前全部转出"), _l("还有 %(staying)s 名会员没有去处。")),
    "organisation.change_day_is_possible": (
        _l("变动日期合理"),
        _l("日期须在 %(from)s（上一次变动）至 %(to)s 之间。"),
    ),
    "organisation.post_is_own": (_l("只能委托自己的职务"), _l("只能委托自己担任的职务。")),
    "organisation.post_is_delegable": (
        _l("职务可以代行"),
        _l("经审、代表、调解员等由本人履行的职务不能委托他人代行。"),
    ),
    "organisation.deputy_is_another": (_l("代行人是他人"), _l("不能委托自己代行。")),
    "organisation.deputy_is_active": (_l("在册会员才能代行"), _l("只有在册会员可以代行职务。")),
    "organisation.deputy_belongs_to_unit": (
        _l("分工会主席由本分工会会员代行"),
        _l("分工会主席的职务只能由本分工会的会员代行。"),
    ),
    "organisation.deputy_does_not_audit": (_l("经审不代行职务"), _l("经审委员不能代行校工会或分工会的职务。")),
    "organisation.delegation_days_fit": (
        _l("代行期限合理"),
        _l("代行须在 %(from)s 至 %(to)s 之间，最长 %(days)s 天。"),
    ),
    "organisation.post_has_one_deputy": (_l("同一时段一人代行"), _l("这一职务在该时段已委托他人代行。")),
    "organisation.delegation_is_open": (_l("代行尚未结束"), _l("这项代行已经结束。")),
    "organisation.own_delegation": (_l("代行由双方或校工会终止"), _l("只有委托人、代行人和校工会干部可以终止代行。")),
    "organisation.auditor_does_not_lead": (_l("主席不兼经审"), _l("校工会主席不能担任经审委员。")),
}

INPUT_ERRORS = {
    "organisation.code_form": _l("只能用字母、数字和连字符，最多 20 个。"),
}
