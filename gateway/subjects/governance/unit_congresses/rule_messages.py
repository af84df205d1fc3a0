"""The rules of units' congresses in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.filing": (_l("二级教代会备案流程"), _l("这份备案现在的状态不能这样办理。")),
    "unit_congresses.due_is_a_day": (
        _l("截止日期写成月-日"), _l("规定的截止日期“%(written)s”不是日期，请写成月-日，例如 03-31。"),
    ),
    "unit_congresses.year_can_open": (_l("只报送今年或以前的"), _l("这一年还没有开始。")),
    "unit_congresses.form_fits_size": (
        _l("人数多的召开教职工代表大会，人数少的召开教职工大会"),
        _l("本分工会 %(members)s 人；满 %(line)s 人的召开教职工代表大会，不满的召开教职工大会。"),
    ),
    "unit_congresses.delegates_fit": (
        _l("代表大会有代表"), _l("请填写代表人数，至少 1 人，不超过本分工会的 %(members)s 人。"),
    ),
    "unit_congresses.all_staff_has_no_delegates": (_l("教职工大会没有代表"), _l("教职工大会由全体教职工参加，不填代表人数。")),
    "unit_congresses.is_in_its_year": (_l("在报送的年份召开"), _l("日期须在 %(year)s 年。")),
    "unit_congresses.was_held": (_l("开会以后报记录"), _l("这一天还没有到。")),
    "unit_congresses.people_fit": (_l("实到不超过应到"), _l("实到人数不能超过应到人数，应到至少 1 人。")),
    "unit_congresses.entitled_fit_plan": (_l("应到与计划相符"), _l("应到最多 %(most)s 人。")),
    "unit_congresses.quorum_is_there": (
        _l("到会人数达到规定"), _l("须有 %(quorum)s 人到会，实到 %(present)s 人，还差 %(missing)s 人。"),
    ),
    "unit_congresses.votes_fit": (_l("票数不超过到会人数"), _l("票数合计 %(cast)s，到会 %(present)s 人。")),
    "unit_congresses.record_is_begun": (_l("先填写记录"), _l("请先填写召开日期和到会人数。")),
    "unit_congresses.item_is_listed": (_l("只填检查表的项目"), _l("检查表没有这个项目，请刷新后再填。")),
    "unit_congresses.omission_is_explained": (_l("没有完成的写明原因"), _l("没有完成的项目请写明原因。")),
    "unit_congresses.checklist_is_answered": (_l("检查表填写完整"), _l("检查表还有 %(count)s 项没有填写。")),
    "unit_congresses.documents_are_there": (_l("材料齐全"), _l("还缺 %(count)s 种规定的材料。")),
    "unit_congresses.guidance_is_answered": (_l("先答复指导意见"), _l("还有 %(count)s 条指导意见没有答复。")),
    "unit_congresses.guidance_is_open": (_l("指导意见答复一次"), _l("这条指导意见已经答复。")),
    "unit_congresses.guidance_is_little": (_l("指导意见数量有限"), _l("最多 %(most)s 条。")),
    "unit_congresses.resolutions_are_few": (_l("决议数量有限"), _l("最多 %(most)s 项。")),
    "unit_congresses.return_says_why": (_l("退回写明原因"), _l("请写明要修改什么。")),
    "unit_congresses.reviewer_did_not_file": (_l("报送人不审核"), _l("这份备案由您报送，请由其他干部审核。")),
    "unit_congresses.can_be_edited": (_l("报送前可以修改"), _l("现在不能修改：还没有到填写的时候，或者已经报送。")),
    "unit_congresses.are_for_few": (
        _l("备案给本分工会和校工会看"), _l("这份备案属于别的分工会，或者还没有备案，现在不能看。"),
    ),
    "unit_congresses.names_are_for_offices": (_l("签到表不公开"), _l("签到表有个人姓名，只给分工会主席和校工会看。")),
}  # fmt: skip
