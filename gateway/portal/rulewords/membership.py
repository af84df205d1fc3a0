"""Rules of membership: joining, persons, records, organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_ONE_MEMBERSHIP = (_l("一人只有一个会籍"), _l("此人已经是会员。"))
_JOINED = (_l("入会日期合理"), _l("入会日期不能早于入职日期，也不能晚于今天。"))
_UNIT_TAKES = (_l("加入在用的分工会"), _l("只能加入在用的分工会。"))
_END = (_l("任职最后一天在任期之内"), _l("任职最后一天须在任期之内，且不能晚于今天。"))

DETAILS = {
    "An identity number has 17 digits and a check character.": "person.id_number_has_its_form",
    "The check character of the identity number is wrong.": "person.id_number_check_character_fits",
    "The date of birth is not the one in the identity number.": "person.id_number_holds_birth_date",
    "The day of hiring lies in the future.": "person.hired_on_is_past",
    "The day of hiring lies before the 16th birthday.": "person.hired_on_follows_birth",
    "This is not a telephone number.": "person.phone_has_its_form",
    "This is not an e-mail address.": "person.email_has_its_form",
    "A name consists of letters or Chinese characters.": "person.name_is_written_in_letters",
    "This person is a member already.": "joining.person_is_no_member",
    "An application of this person is under way already.": "joining.person_has_no_open_application",
}
"""Sentences membership names several fields or rows with, where only the first comes with its rule."""

RULES = {
    "workflow.joining": (_l("入会办理流程"), _l("申请现在的状态不能这样办理。")),
    "joining.unit_takes_members": _UNIT_TAKES,
    "joining.person_is_no_member": _ONE_MEMBERSHIP,
    "joining.person_has_no_open_application": (_l("一人只有一份在办申请"), _l("此人已有一份申请在办理中。")),
    "joining.application_is_complete": (_l("申请内容完整"), _l("还有必填内容没有填写。")),
    "joining.reviewer_is_in_charge": (
        _l("由所在分工会主席审核"),
        _l("这份申请由所在分工会主席审核；没有主席时由校工会代审。"),
    ),
    "joining.decider_is_not_applicant": (_l("不办理自己的申请"), _l("不能审批自己的申请。")),
    "joining.joined_on_is_possible": _JOINED,
    "own_application": (_l("只看自己的申请"), _l("这是别人的申请。")),
    "application_exists": (_l("申请存在"), _l("没有这份申请。")),
    "person.id_number_has_its_form": (_l("身份证号格式正确"), _l("身份证号应为 18 位，末位可以是 X。")),
    "person.id_number_check_character_fits": (_l("身份证号校验位正确"), _l("身份证号有误，请核对每一位。")),
    "person.id_number_holds_birth_date": (_l("出生日期与身份证号一致"), _l("出生日期与身份证号里的不一致。")),
    "person.age_allows_work": (_l("年龄在工作年龄之内"), _l("年龄须在 %(from)s 至 %(to)s 岁之间。")),
    "person.hired_on_is_past": (_l("入职日期不在将来"), _l("入职日期不能晚于今天。")),
    "person.hired_on_follows_birth": (_l("年满 16 周岁入职"), _l("入职日期早于 16 周岁生日。")),
    "person.phone_has_its_form": (_l("手机号格式正确"), _l("请填写有效的电话号码。")),
    "person.email_has_its_form": (_l("邮箱格式正确"), _l("请填写有效的电子邮箱。")),
    "person.name_is_written_in_letters": (_l("姓名由文字组成"), _l("姓名只能由汉字或字母组成。")),
    "record.fields_are_open": (_l("只改职权内的字段"), _l("这些内容不在您可以修改的范围内。")),
    "record.hr_id_is_free": (_l("工号不重复"), _l("这个工号已登记在另一位会员名下。")),
    "record.reason_is_given": (_l("修改档案要写原因"), _l("请写明修改原因。")),
    "record.membership_stands": (_l("会籍存续"), _l("此人的会籍已经终止。")),
    "record.member_may_move": (_l("在册会员才能调整分工会"), _l("只有在册会员可以调整分工会。")),
    "record.unit_is_another": (_l("调往另一个分工会"), _l("会员本来就在这个分工会。")),
    "record.unit_takes_members": _UNIT_TAKES,
    "record.group_is_of_unit": (_l("小组属于所在分工会"), _l("这个小组不属于该分工会。")),
    "record.move_day_is_possible": (_l("调整日期合理"), _l("调整日期不能早于入会日期，也不能晚于今天。")),
    "record.holds_no_post_there": (_l("先卸任再调整"), _l("此人是该分工会主席，请先结束任职。")),
    "record.person_is_no_member": _ONE_MEMBERSHIP,
    "record.joined_on_is_possible": _JOINED,
    "honours.awarded_on_is_possible": (_l("荣誉日期合理"), _l("荣誉日期不能早于出生，也不能晚于今天。")),
    "honours.honour_was_typed_in": (_l("表彰在原处撤销"), _l("这项荣誉来自工会表彰，请在“荣誉表彰”里撤销。")),
    "honours.honour_stands": (_l("荣誉还有效"), _l("这项荣誉已经撤销。")),
    "family.birth_date_is_past": (_l("出生日期合理"), _l("出生日期有误，请核对。")),
    "family.birth_date_of_child_is_stated": (_l("子女须填出生日期"), _l("请填写子女的出生日期。")),
    "family.small_child_is_own": (_l("只登记自己的未成年子女"), _l("不满 14 周岁的，只能登记自己的子女。")),
    "family.guardian_consents": (
        _l("不满 14 周岁须监护人同意（个人信息保护法第三十一条）"),
        _l("登记不满 14 周岁的子女，须由监护人勾选单独同意。"),
    ),
    "family.family_has_room": (_l("家庭成员人数有限"), _l("最多登记 %(most)s 位家庭成员。")),
    "consents.consent_stands": (_l("同意还有效"), _l("这项同意已经撤回。")),
    "privacy.correction_is_asked_once": (_l("同一项只有一份在办申请"), _l("这一项已有一份更正申请在办理中。")),
    "privacy.value_differs": (_l("更正须与现状不同"), _l("档案里已经是这样。")),
    "privacy.correction_is_open": (_l("申请还未答复"), _l("这份申请已经答复或撤回。")),
    "privacy.decider_is_another": (_l("不办理自己的申请"), _l("不能办理自己的更正申请。")),
    "privacy.refusal_says_why": (_l("拒绝须说明理由（个人信息保护法第五十条）"), _l("请写明拒绝的理由。")),
    "own_record": (_l("只看自己的档案"), _l("只能查看自己的明文信息。")),
    "organisation.parent_fits_kind": (_l("上级与类别相称"), _l("这一类组织不能放在所选的上级之下。")),
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
        _l("日期不能晚于今天，也不能早于上一次变动。"),
    ),
    "organisation.auditor_does_not_lead": (_l("主席不兼经审"), _l("校工会主席不能担任经审委员。")),
}
