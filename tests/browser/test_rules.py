"""An officer sets a figure a refusal asks for, ends it, and adds an occasion of the union's own."""

from __future__ import annotations

from playwright.sync_api import expect

from services.chassis.clock import today


def test_a_figure_is_set_where_none_is_in_force_and_ended_again(visitor):
    officer = visitor("officer")
    officer.open("/console/rules?topic=benefit")
    key = "benefit.retirement.cap" if officer.size == "phone" else "benefit.on_duty.cap"
    missing = officer.page.locator("li", has=officer.page.locator("code", has_text=key))
    missing.get_by_role("link").click()
    officer.page.get_by_label("标准（元）").fill("200.00")
    officer.page.get_by_label("依据的文件").fill("本校慰问办法")
    officer.page.get_by_role("button", name="设定", exact=True).click()
    expect(officer.page.get_by_text("已设定。用到它的各个服务会在几秒内按新标准办理。")).to_be_visible()
    row = officer.page.locator("tbody tr")
    expect(row).to_contain_text("¥200.00")
    row.get_by_text("终止", exact=True).first.click()
    row.get_by_label("原因").first.fill("办法作废")
    row.get_by_role("button", name="终止").click()
    expect(row).to_contain_text(f"至 {today().isoformat()}")
    expect(officer.page.get_by_text("办法作废")).to_be_visible()


def test_what_a_change_would_alter_is_shown_before_anything_is_saved(visitor, pictures):
    officer = visitor("officer")
    officer.open("/console/rules/benefit.birth.cap")
    officer.page.get_by_label("标准（元）").fill("100.00")
    officer.page.get_by_label("依据的文件").fill("只是看看")
    officer.press("先看影响")
    effects = officer.page.locator("#effects")
    expect(effects).to_contain_text("还没有保存")
    expect(effects.locator("li")).to_have_count(2)
    expect(officer.page.get_by_label("标准（元）")).to_have_value("100.00")
    officer.finds_no_fault(pictures)
    officer.page.screenshot(path=pictures / f"rule-effects-{officer.size}.png", full_page=True)
    officer.page.get_by_label("标准（元）").fill("-5")
    officer.press("先看影响")
    officer.must_see("填写的数值不符合这条规则的格式。")
    officer.forgives(422)
    officer.open("/console/rules/benefit.birth.cap")
    expect(officer.page.get_by_role("main")).not_to_contain_text("只是看看")


def test_a_retirement_curve_is_typed_as_years_and_months(visitor, pictures):
    officer = visitor("officer")
    officer.open("/console/rules/retirement.m60")
    page, begins = officer.page, f"{today().year + (2 if officer.size == 'phone' else 3)}-01-01"
    for label, figure in (
        ("基准退休年龄（周岁）", "62"),
        ("从哪年出生的人起延迟", "1970"),
        ("出生每晚几个月延迟 1 个月", "3"),
        ("最多延迟几个月", "24"),
    ):
        page.get_by_label(label).fill(figure)
    page.get_by_label("从该年几月出生的人起").select_option("2")
    page.get_by_label("依据的文件").fill("试验文件")
    page.get_by_label("施行日期").fill(begins)
    officer.finds_no_fault(pictures)
    page.screenshot(path=pictures / f"retirement-curve-{officer.size}.png", full_page=True)
    page.get_by_role("button", name="设定", exact=True).click()
    expect(page.get_by_text("已设定。用到它的各个服务会在几秒内按新标准办理。")).to_be_visible()
    row = page.locator("tbody tr", has_text=f"{begins} 起")
    expect(row).to_contain_text("基准 62 周岁；1970-02 出生起每 3 个月延迟 1 个月，最多 24 个月")
    row.get_by_text("撤回", exact=True).first.click()
    row.get_by_label("原因").last.fill(f"只为试验{officer.size}")
    row.get_by_role("button", name="撤回").click()
    expect(page.get_by_text(f"只为试验{officer.size}")).to_be_visible()


def test_an_occasion_of_the_union_s_own_is_added_and_offered(visitor):
    officer = visitor("officer")
    key = f"tea_{officer.size}"
    officer.open("/console/visit-types/new")
    officer.page.get_by_label("代码", exact=False).first.fill(key)
    officer.page.get_by_label("名称", exact=False).first.fill(f"送清凉{officer.size}")
    officer.page.get_by_label("英文名称").fill(f"Cool drinks {officer.size}")
    officer.page.get_by_label("慰问项目代码").fill("on_duty")
    officer.page.get_by_role("button", name="保存").click()
    expect(officer.page.get_by_text("走访类型已保存。")).to_be_visible()
    member = visitor("member")
    member.open("/life-events/new")
    expect(member.page.get_by_label("事由")).to_contain_text(f"送清凉{officer.size}")


def test_a_benefit_of_the_union_s_own_is_called_by_its_occasion(visitor):
    officer = visitor("officer")
    key = f"new_home_{officer.size}"
    officer.open("/console/visit-types/new")
    for label, text in (("英文名称", "New home"), ("慰问项目代码", key)):
        officer.page.get_by_label(label).fill(text)
    officer.page.get_by_label("代码", exact=False).first.fill(key)
    officer.page.get_by_label("名称", exact=False).first.fill(f"乔迁{officer.size}")
    officer.press("保存")
    officer.must_see(f"乔迁{officer.size}慰问：没有上限标准")
    officer.open(f"/console/rules/benefit.{key}.cap")
    expect(officer.page.get_by_role("heading", level=1)).to_have_text(f"乔迁{officer.size}慰问上限")
    officer.open("/console/funds/new-expense")
    expect(officer.page.get_by_label("适用的慰问标准")).to_contain_text(f"乔迁{officer.size}慰问")


def test_english_pages_number_articles_and_name_what_the_system_entered(visitor, pictures):
    officer = visitor("officer")
    officer.open("/console/rules")
    officer.page.get_by_role("button", name="English").click()
    expect(officer.page.locator("html")).to_have_attribute("lang", "en")
    main = officer.page.get_by_role("main")
    expect(main).to_contain_text("Article 6")
    officer.finds_no_fault(pictures)
    officer.open("/console/rules?topic=retirement")
    expect(main.get_by_text("Article 1; Schedule 1").first).to_be_visible()
    officer.finds_no_fault(pictures)
    officer.open("/console/funds")
    made = main.locator("tbody tr td[data-label='Description']")
    expect(made.first).to_be_visible()
    officer.page.screenshot(path=pictures / f"funds-english-{officer.size}.png", full_page=True)
    assert any(text.isascii() for text in made.all_inner_texts())
    officer.finds_no_fault(pictures)
    officer.page.get_by_role("button", name="中文").click()
