"""Vocabularies that several services share."""

from services.chassis.schema import Vocabulary

EMPLOYMENTS = Vocabulary(
    "employment", established="编制内", agency="人事代理", contract="合同制", dispatched="劳务派遣",
)  # fmt: skip
BENEFIT_FORMS = Vocabulary("form", goods="慰问品", voucher="券", cash="慰问金")
BENEFITS = Vocabulary(
    "benefit", birth="生育慰问", hospitalisation="住院慰问", bereavement="直系亲属去世慰问",
    member_death="会员去世抚慰", wedding="新婚慰问", birthday="生日慰问", holiday="节日慰问", hardship="困难慰问",
    grave_illness="大病慰问", retirement="退休慰问", on_duty="坚守岗位慰问", outing="春秋游",
    prize_individual="个人奖励", prize_team="团体奖励", memento="纪念品", recuperation="疗休养",
    medical_examination="教职工体检", accident="意外慰问", children_day="六一慰问",
)  # fmt: skip
ROLE_NAMES = Vocabulary(
    "role", {
        "officer": "校工会干部", "chair": "分工会主席", "member": "会员", "auditor": "经审", "delegate": "代表",
        "handler": "承办部门", "mediator": "调解员", "judge": "评委", "ops": "系统管理", "applicant": "入会申请人",
        "hr": "人事系统", "reader": "读取数据的系统", "members.read": "读取会员编号", "units.read": "读取组织机构",
        "activities.read": "读取活动", "rules.read": "读取制度标准",
    },
)  # fmt: skip
WORKFLOW_ACTIONS = Vocabulary(
    "workflow_action", {
        "submit": "提交", "correct": "修改", "propose": "集体申请", "accept": "审核通过", "return": "退回",
        "reject": "不予通过", "approve": "批准", "withdraw": "撤回", "release": "同意调出", "refuse": "不同意",
        "take_in": "直接转入", "assign": "指派", "complete": "登记走访", "cancel": "取消", "claim_again": "重新申报",
        "update": "修改", "announce": "发布", "hold": "登记举办",
        "publish": "发布", "close_entries": "截止报名", "commit": "封存密钥", "draw": "抽签", "confirm": "确认成团",
        "fail": "登记未成团", "note_travelled": "登记出行", "settle": "结算", "apply": "报名", "move": "调整",
        "withdraw_late": "临期退出", "list": "开放预约", "book": "预约", "close": "结束", "attended": "登记到检",
        "no_show": "登记未到检",
        "quote": "登记报价", "drop_quotes": "撤回报价", "decide": "确定供应商", "undo_decision": "撤销决定",
        "sign": "登记合同", "undo_contract": "撤销合同", "take_delivery": "验收", "invoice": "登记发票",
        "reverse_invoices": "发票冲红", "request_payment": "申请付款", "pay": "登记付款",
        "refuse_payment": "登记付款未通过", "reverse_payment": "登记付款冲销",
        "forward": "转交", "take_up": "受理", "grant": "批准", "pay_again": "重新申报支出",
        "open": "开始", "change": "修改", "freeze": "固定名册", "end": "结束投票", "count": "计票",
        "hand_over": "转交", "miss": "登记未慰问",
        "close_list": "确定名单", "enrol": "登记参保",
        "convene": "发出通知", "resume": "恢复会议", "save": "保存", "circulate": "送审",
        "place": "列入议程", "take_off": "移出议程", "postpone": "暂缓", "pass": "登记通过", "void": "作废",
        "decline": "不予采纳", "progress": "报告进展", "finish": "办结", "drop": "终止",
        "reopen": "重新办理",
        "schedule": "定时发布", "rework": "重新编写", "vote_again": "再次投票",
        "begin": "开始", "call": "请发言", "disclose": "公示收支", "compute": "核算名单", "advance": "登记进展",
        "close_last_group": "截止评分", "reopen_group": "重开评分",
        "draw_groups": "编排赛程", "draw_knock_out": "编排淘汰赛",
        "check_in": "登记到场", "record_absence": "登记未到场", "excuse": "更正为到场",
        "found": "批准成立", "suspend": "暂停活动", "dissolve": "解散", "join": "加入", "leave": "退出",
        "hand_in": "提交总结",
        "send_on": "报送", "extend": "延长", "record_paid": "登记赔付", "record_refused": "登记未获赔付",
        "invite": "邀请",
        "undo": "撤销签到", "mark_present": "标记为到场", "mark_absent": "标记为缺席", "mark_excused": "标记为请假",
    },
)  # fmt: skip
"""What people do in the workflows; refusals name those that are possible."""
SERVICES = Vocabulary(
    "service", membership="会员服务", activities="活动服务", welfare="福利服务", governance="治理服务",
    scrutiny="监票服务", gateway="门户",
)  # fmt: skip
