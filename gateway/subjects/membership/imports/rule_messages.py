"""The rules of imports in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_FORMAT = _l("只读普通的 .xlsx 和 .csv 文件。有密码、旧格式或损坏的文件请另存为 .xlsx 后再传。")

RULES = {
    "sheet.file_is_small_enough": (_l("文件大小有限"), _l("文件太大，请分成几份再传。")),
    "sheet.format_is_known": (_l("文件格式可读"), _FORMAT),
    "sheet.no_macros": (_l("文件不含宏"), _l("文件里有宏，请另存为普通的 .xlsx。")),
    "sheet.unpacks_to_a_bounded_size": (_l("文件解开后大小有限"), _l("文件解开后大得不合理，不予读取。")),
    "sheet.no_formulas": (_l("单元格不含公式"), _l("单元格里有公式，请选择性粘贴为数值后再传。")),
    "sheet.no_error_values": (_l("单元格不含错误值"), _l("单元格 %(cell)s 是错误值，请改正后再传。")),
    "sheet.fits_the_limits": (_l("行列数有限"), _l("一张表最多 %(rows)s 行、%(columns)s 列。")),
    "sheet.can_be_read": (
        _l("读一个文件所用的时间和内存有限"),
        _l("这个文件读不出来：已经损坏，或者所需的时间、内存超出同类文件。请另存为普通的 .xlsx 后再传。"),
    ),
    "file.is_its_turn": (_l("文件依次读取"), _l("正在读取的文件太多，请稍后再试。")),
    "sheet.encoding_is_known": (_l("文字编码可读"), _l("文件不是 UTF-8 或 GB18030 编码，请另存为“CSV UTF-8”。")),
    "sheet.has_a_header": (_l("表格有标题行"), _l("前 20 行里没有找到标题行。")),
    "sheet.has_rows": (_l("表格有内容"), _l("标题行下面没有内容。")),
    "sheet.headings_differ": (_l("列标题不重复"), _l("有两列的标题相同。")),
    "sheet.cells_are_short_enough": (_l("单元格长度有限"), _l("单元格最多 %(most)s 个字符。")),
    "imports.column_exists": (_l("列在表里"), _l("表里没有这一列。")),
    "imports.state_allows": (_l("导入按步骤进行"), _l("导入现在的状态不能这样办理。")),
    "imports.work_is_current": (_l("任务没有过时"), _l("导入已有新的进展，这项任务不再需要。")),
    "imports.rows_are_kept": (_l("名册还在保存期内"), _l("名册内容已经清除。")),
    "import_exists": (_l("导入存在"), _l("没有这次导入。")),
    "imports.field_is_filled": (_l("必填内容齐全"), _l("没有填写。")),
    "imports.gender_is_known": (_l("性别写法可识别"), _l("请写“男”或“女”。")),
    "imports.employment_is_known": (_l("用工形式可识别"), _l("请写编制内、人事代理、合同制或劳务派遣。")),
    "imports.original_age_is_known": (_l("原退休年龄可识别"), _l("请写 60 周岁、55 周岁或 50 周岁。")),
    "imports.day_is_readable": (_l("日期可读"), _l("请写完整的日期，如 2023-09-01。")),
    "imports.day_is_no_bare_number": (
        _l("日期不写成一个数"),
        _l("这是一个数，看不出是哪一天。请把这一列设为日期格式，或写成 2023-09-01。"),
    ),
    "imports.text_is_short_enough": (_l("长度合适"), _l("最多 %(most)s 个字符。")),
    "imports.digits_are_whole": (
        _l("号码按文本保存"),
        _l("表格软件已把号码四舍五入，请把这一列设为文本后重新填写。"),
    ),
    "imports.month_is_of_birth": (_l("出生年月与身份证号一致"), _l("出生年月与身份证号里的不一致。")),
    "imports.month_has_a_day": (_l("入会日期到日"), _l("只写了年月，按 %(day)s 入会。")),
    "imports.row_fits_the_headings": (
        _l("内容都在列标题之下"),
        _l("标题之外还有内容（%(columns)s）：可能是数字里的逗号把一格拆成了两格，请改正后再传。"),
    ),
    "imports.row_can_be_read": (_l("每一行都可读取"), _l("这一行无法读取，其他各行不受影响。")),
    "imports.row_can_be_stored": (_l("每一行都可存入"), _l("这一行无法存入，其他各行不受影响。请核对后单独办理。")),
    "imports.unit_is_known": (_l("分工会和小组可识别"), _l("没有这个代码或名称的分工会、小组。")),
    "imports.person_is_no_member": (_l("一人只有一个会籍"), _l("此人已是会员（%(number)s）。")),
    "imports.member_stays_in_unit": (
        _l("名册不调动会员"),
        _l("此人是其他分工会的会员（%(number)s），调动请走转会。"),
    ),
    "imports.person_never_left": (_l("重新入会逐人办理"), _l("此人曾是会员（%(number)s），请逐人办理重新入会。")),
    "imports.no_namesake_in_unit": (_l("同名同生日需辨认"), _l("分工会里有同名、同出生日期的会员（%(number)s）。")),
    "imports.person_stands_once": (_l("一人在名册中只出现一次"), _l("此人已在第 %(row)s 行出现。")),
    "imports.staff_number_stands_once": (_l("工号在名册中不重复"), _l("第 %(row)s 行已写有这个工号，不是同一人。")),
    "member_lists.columns_name_members": (
        _l("名单写明是谁"),
        _l("名单里没有会员号、工号、身份证号或姓名这样的列。"),
    ),
    "member_lists.list_is_short_enough": (_l("名单不过长"), _l("一次最多 %(most)s 人，请分几次办理。")),
    "member_lists.person_is_known": (_l("名单上的人是本分工会会员"), _l("这个分工会没有这个号码或姓名的会员。")),
    "member_lists.name_is_one_members": (
        _l("同名的写明号码"),
        _l("这个分工会有 %(count)s 位会员叫这个名字，请写会员号或工号。"),
    ),
    "member_lists.name_fits_the_number": (_l("姓名与号码一致"), _l("号码和姓名不是同一个人。")),
    "member_lists.member_is_listed_once": (_l("一人在名单中只出现一次"), _l("与第 %(row)s 行是同一个人。")),
    "imports.no_namesake_in_file": (
        _l("名册内同名同生日需辨认"),
        _l("第 %(row)s 行有同名、同出生日期、同分工会的人。"),
    ),
}

INPUT_ERRORS = {
    "imports.column_taken_twice": _l("有两列对应了同一项。"),
    "imports.column_missing": _l("必填的列还没有对应齐。"),
    "imports.unconfirmed": _l("请先勾选确认。"),
}
