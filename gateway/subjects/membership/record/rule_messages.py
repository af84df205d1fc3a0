"""The rules of record in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_UNIT_TAKES = (_l("加入在用的分工会"), _l("只能加入在用的分工会。"))
_ONE_MEMBERSHIP = (_l("一人只有一个会籍"), _l("此人已经是会员。"))
_JOINED = (_l("入会日期合理"), _l("入会日期不能晚于今天；从外单位工会转来的，可以早于入职日期。"))

RULES = {
    "record.caller_is_a_member": (_l("会员才能选择"), _l("这个账号还不是会员。")),
    "record.number_series_is_new": (_l("编号规则不重名"), _l("已有同名的编号规则。")),
    "record.number_prefix_is_free": (_l("编号前缀不重复"), _l("用这个前缀编出的号可能与另一套编号相同。")),
    "record.number_series_begins_ahead": (
        _l("编号规则先定后用"),
        _l("新的编号规则最早今天起用，且须晚于已定的各套规则。"),
    ),
    "person.id_number_has_its_form": (_l("身份证号格式正确"), _l("身份证号应为 18 位，末位可以是 X。")),
    "person.id_number_check_character_fits": (_l("身份证号校验位正确"), _l("身份证号有误，请核对每一位。")),
    "person.id_number_holds_a_date": (_l("身份证号里的生日存在"), _l("身份证号第 7 至 14 位不是有效的日期。")),
    "person.day_is_plausible": (_l("日期在合理范围内"), _l("日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "person.id_number_holds_birth_date": (_l("出生日期与身份证号一致"), _l("出生日期与身份证号里的不一致。")),
    "person.age_allows_work": (_l("年龄在工作年龄之内"), _l("年龄须在 %(from)s 至 %(to)s 岁之间。")),
    "person.hired_on_is_past": (_l("入职日期不在将来"), _l("入职日期不能晚于今天。")),
    "person.hired_on_follows_birth": (_l("年满 16 周岁入职"), _l("入职日期早于 16 周岁生日。")),
    "person.phone_has_its_form": (_l("手机号格式正确"), _l("请填写有效的电话号码。")),
    "person.email_has_its_form": (_l("邮箱格式正确"), _l("请填写有效的电子邮箱。")),
    "person.name_is_written_in_letters": (_l("姓名由文字组成"), _l("姓名只能由汉字或字母组成。")),
    "person.name_fits_the_record": (_l("姓名长度合适"), _l("最多 %(most)s 个字符。")),
    "record.fields_are_open": (_l("只改职权内的字段"), _l("这些内容不在您可以修改的范围内。")),
    "record.hr_id_is_free": (_l("工号不重复"), _l("这个工号已登记在另一位会员名下。")),
    "record.hr_id_is_held": (_l("工号不重复"), _l("这个工号已登记在会员 %(number)s 名下。")),
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
    "record.joins_after_leaving": (
        _l("前一段会籍结束后才再次入会"),
        _l("前一段会籍于 %(left_on)s 结束，再次入会的日期不能更早。"),
    ),
    "own_record": (_l("只看自己的档案"), _l("只能查看自己的明文信息。")),
    "member_exists": (_l("会员存在"), _l("没有这名会员。")),
}

INPUT_ERRORS = {
    "record.nothing_to_change": _l("没有修改任何内容。"),
    "record.search_says_nothing": _l("请输入汉字、字母或数字。"),
}
