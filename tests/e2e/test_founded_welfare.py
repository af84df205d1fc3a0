"""A founded union buys, gives goods, draws trips, examines and handles requests once, with figures of its own."""

from __future__ import annotations

from datetime import timedelta

from services.chassis import clock
from services.chassis.clock import now, today
from services.contracts.credit_codes import check_character
from tests.e2e import founding
from tests.e2e.founded_welfare import caller_of, day, decide, moment, no_rule, paid, paper


def test_a_purchase_goes_from_its_need_to_the_ledger(founder, people):
    credit = "91330106MA0000002"
    named = {"name": "甲商行", "credit_code": credit + check_character(credit)}
    supplier = founder.post("/welfare/suppliers", named, status=201)
    title = {"name": "试验大学工会", "tax_number": "81330000MC1234567" + check_character("81330000MC1234567")}
    founder.ask("PUT", "/welfare/invoice-title", 200, json=title)
    need = {"title": "文体用品", "kind": "supplies", "source_type": "other", "estimate": "500.00", "line_code": "aid",
            "items": [{"name": "跳绳", "quantity": 10, "unit": "根"}]}  # fmt: skip
    purchase = founder.post("/welfare/purchases", need, status=201)
    path, item_id = f"/welfare/purchases/{purchase['id']}", purchase["items"][0]["id"]
    quote = {"supplier_id": supplier["id"], "tax_rate": "13", "valid_until": day(30),
             "lines": [{"item_id": item_id, "unit_price": "30.00"}]}  # fmt: skip
    quoted = founder.post(f"{path}/quotes", quote, status=201)["quotes"][0]
    choice = {"quote_id": quoted["id"], "amount": quoted["total"], "decided_on": day()}
    assert no_rule(founder.post(f"{path}/decide", choice, status=409)) == "procurement.contract_from"
    decide(founder, "procurement")
    founder.post(f"{path}/decide", choice)
    counted = {"received_on": day(), "lines": [{"item_id": item_id, "accepted": 10, "rejected": 0}]}
    first, second = (one["caller"] for one in people[:2])
    delivery = first.post(f"{path}/deliveries", counted, status=201)["acceptances"][0]
    accepted = second.post(f"{path}/deliveries/{delivery['id']}/confirm")
    invoice = {"invoice_number": "24332000000000000001", "issued_on": day(), "amount": accepted["accepted_amount"],
               "buyer_name": title["name"], "buyer_tax_number": title["tax_number"], "file": paper()}  # fmt: skip
    founder.post(f"{path}/invoices", invoice, status=201)
    founder.post(f"{path}/request-payment", {"amount": "300.00", "line_code": "aid"})
    assert paid(founder, purchase["id"]) == "300.00"
    assert founder.get(path)["state"] == "paid"


def test_goods_are_listed_chosen_handed_out_and_stated(fresh, founder, people):
    member = people[2]["caller"]
    programme = founder.post("/welfare/programmes", {"name": "中秋", "festival": "mid_autumn"}, status=201)
    terms = {"year": today().year, "title": "中秋慰问品", "as_of": day(), "price": "200.00", "choose_until": day(2),
             "collect_from": day(3), "collect_until": day(9)}  # fmt: skip
    cycle = founder.post(f"/welfare/programmes/{programme['id']}/cycles", terms, status=201)
    path = f"/welfare/cycles/{cycle['id']}"
    package = {"name": "粮油", "contents": "大米 5 千克", "price": "200.00", "stock": 10, "is_default": True}
    founder.post(f"{path}/packages", package, status=201)
    assert no_rule(founder.post(f"{path}/compute", status=409)) == "benefit.holiday.cap"
    founding.set_figure(founder, "entitlement.items", "holiday")
    founding.set_figure(founder, "benefit.holiday.cap", "2000", basis="per_member_year")
    founder.post(f"{path}/compute", status=202)
    entitled = founder.get(path)["entitled"]
    assert entitled == 4
    founder.post(f"{path}/approve", {"entitled": entitled})
    fresh.services.let_pass()
    mine = member.get("/me/goods")["items"][0]
    shown = member.get(f"/welfare/entitlements/{mine['id']}")
    member.post(f"/welfare/entitlements/{mine['id']}/choose", {"package_id": shown["packages"][0]["id"]})
    with clock.frozen(now() + timedelta(days=3)):
        fresh.services.let_pass()
        sheet = {"sheet": "1", "lines": [{"number": mine["number"]}]}
        desk = founding.officer_of(fresh)
        assert desk.post(f"{path}/signed-lists", sheet)["recorded"] == 1
        assert desk.post(f"{path}/signed-lists", sheet)["recorded"] == 0
    assert "200.00" in str(member.get("/me/statement"))
    assert member.get(f"/welfare/decisions/{mine['decision_id']}")["grounds"]


def test_trips_are_drawn_and_taken(fresh, founder, people):
    route = {"name": "西湖线", "destination": "local", "days": 3, "price": "1500.00", "agency": "某旅行社",
             "insured": "1000000.00"}  # fmt: skip
    season = {"title": "疗休养", "year": today().year, "period_from": today().year, "period_to": today().year,
              "apply_from": day(), "apply_until": day()}  # fmt: skip
    assert no_rule(founder.post("/welfare/recuperation-rounds", season, status=409)) == "recuperation.period_years"
    decide(founder, "recuperation")
    route_id = founder.post("/welfare/recuperation-routes", route, status=201)["id"]
    round_id = founder.post("/welfare/recuperation-rounds", season, status=201)["id"]
    dated = {"round_id": round_id, "route_id": route_id, "starts_on": day(20), "places": 1}
    trip = f"/welfare/trips/{founder.post('/welfare/trips', dated, status=201)['id']}"
    founder.post(f"{trip}/publish")
    for one in people:
        one["caller"].post(f"{trip}/applications", {}, status=201)
    founder.post(f"/welfare/recuperation-rounds/{round_id}/close")
    public = {"public_source": "上证指数收盘价", "public_example": "3912.05", "public_day": day(1)}
    founder.post(f"/welfare/recuperation-rounds/{round_id}/commit", public)
    with clock.frozen(now() + timedelta(days=1)):
        for caller in (founding.officer_of(fresh), caller_of(fresh, people[0])):
            caller.post(f"{trip}/draw", {"public_value": "3920.11"})
        decided = caller.post(f"{trip}/decide")
    states = sorted(one["state"] for one in founder.get("/welfare/trip-applications", round_id=round_id)["items"])
    assert (decided["trip"]["state"], states.count("waiting")) == ("confirmed", 2)
    assert founder.send("GET", f"{trip}/draw").ok


def test_an_examination_is_booked_and_attended(founder, people):
    member, member_id = people[2]["caller"], people[2]["member_id"]
    hospital = founder.post("/welfare/examination-hospitals", {"name": "校医院", "address": "学院路 1 号"}, status=201)
    terms = {"title": "体检", "year": today().year, "kind": "general", "as_of": day(), "book_until": day(10)}
    path = f"/welfare/examinations/{founder.post('/welfare/examinations', terms, status=201)['id']}"
    package = founder.post(f"{path}/packages", {"name": "套餐", "price": "600.00"}, status=201)
    slot = {"hospital_id": hospital["id"], "starts_at": moment(0, 23, 58), "ends_at": moment(0, 23, 59), "capacity": 5}
    founder.post(f"{path}/slots", slot, status=201)
    assert no_rule(founder.post(f"{path}/open", status=409)).startswith("examinations.")
    decide(founder, "examinations")
    founder.post(f"{path}/open")
    opened = founder.get(path)
    assert opened["state"] == "open"
    chosen = {"package_id": package["packages"][0]["id"], "slot_id": opened["slots"][0]["id"]}
    member.post(f"{path}/bookings", chosen)
    marked = founder.post(f"/welfare/examination-slots/{chosen['slot_id']}/mark", {"attended": [member_id]})
    assert marked["attended"] == 1
    assert founder.get(f"{path}/coverage")["attended"] == 1


def test_a_request_is_handled_and_counselling_is_booked(founder, people):
    member = people[2]["caller"]
    kind = {"name": "子女入学", "steps": [{"name": "联系学校", "days": 5}]}
    type_id = founder.post("/welfare/request-types", kind, status=201)["id"]
    request = member.post("/welfare/requests", {"type_id": type_id, "text": "孩子上小学"}, status=201)
    path = f"/welfare/requests/{request['id']}"
    founder.post(f"{path}/accept", {"note": "已收到"})
    founder.post(f"{path}/finish", {"outcome": "已落实学校"})
    assert member.get("/me/requests")["items"][0]["state"] == "done"
    talk_id = founder.post("/welfare/request-types", {"name": "法律咨询", "counted_only": True}, status=201)["id"]
    slot = {"starts_at": moment(3, 9), "ends_at": moment(3, 10), "place": "203 室", "capacity": 1}
    slot_id = founder.post(f"/welfare/request-types/{talk_id}/slots", slot, status=201)["id"]
    member.post(f"/welfare/counselling-slots/{slot_id}/book")
    assert member.get("/me/appointments")["items"][0]["id"]
