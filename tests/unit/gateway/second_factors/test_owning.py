"""What an owner changes, what a role requires, and what an officer does for somebody who lost the phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from environs import EnvError

from deploy.operating import reset_second_factor
from gateway.identity.accounts import anonymise
from gateway.identity.factors.tables import RecoveryCode, TotpFactor
from gateway.identity.tables import Account, SignedInSession
from services.chassis.database.engine import Database
from services.chassis.database.history import ChangeHistory
from services.chassis.database.transaction import transaction
from services.chassis.errors import Refused
from services.chassis.process import settings as settings_module
from tests.support.authenticator import code_of
from tests.unit.gateway.second_factors.conftest import Owner, give_post, later
from tests.unit.gateway.signing_in import PASSWORD, bearer

OwnerOf = Callable[..., Owner]
ENROLLED = "second_factor.is_enrolled_for_role"


def rule_of(reply: object) -> object:
    return reply.get_json().get("rule")  # type: ignore[attr-defined]


@pytest.mark.parametrize("proof", ["password", "code", "recovery"])
def test_removing_asks_for_the_password_or_a_code_again(owner: Owner, proof: str) -> None:
    owner.enrols()
    bare = owner.sends("POST", "/me/second-factor/totp/remove")
    assert (bare.status_code, rule_of(bare)) == (422, "second_factor.is_for_its_owner")
    for wrong in ({"password": "not the password"}, {"code": "000000"}):
        assert owner.sends("POST", "/me/second-factor/totp/remove", **wrong).status_code == 422
    with later(300):
        given = {"password": PASSWORD, "code": code_of(owner.secret), "recovery": owner.codes[0]}[proof]
        name = "password" if proof == "password" else "code"
        assert owner.sends("POST", "/me/second-factor/totp/remove", **{name: given}).status_code == 204
    state = owner.sends("GET", "/me/second-factor").get_json()
    assert (state["since"], state["totp_since"], state["recovery_codes"]) == (None, None, 0)
    assert owner.signs_in().status_code == 201


def test_new_recovery_codes_end_the_old_ones(owner: Owner) -> None:
    owner.enrols()
    old = owner.codes
    made = owner.sends("POST", "/me/second-factor/recovery-codes", code=old[0]).get_json()["recovery_codes"]
    assert len(made) == 10
    assert not set(made) & set(old)
    assert owner.second_step(owner.first_step(), old[1]).status_code == 401
    assert owner.second_step(owner.first_step(), made[1]).status_code == 201


def test_without_a_factor_there_are_no_recovery_codes(owner: Owner) -> None:
    refused = owner.sends("POST", "/me/second-factor/recovery-codes", password=PASSWORD)
    assert (refused.status_code, rule_of(refused)) == (409, "second_factor.is_enrolled")
    assert owner.sends("POST", "/me/second-factor/totp/remove", password=PASSWORD).status_code == 404


def test_an_older_session_sets_up_an_app_with_the_password_only(owner: Owner, database: Database) -> None:
    with transaction(database) as tx:
        long_ago = tx.now.replace(year=tx.now.year - 1)
        tx.session.execute(sa.update(SignedInSession).values(created_at=long_ago))
    assert rule_of(owner.sends("POST", "/me/second-factor/totp")) == "second_factor.is_for_its_owner"
    assert rule_of(owner.sends("POST", "/me/second-factor/totp", code="123456")) == "second_factor.matches"
    assert owner.sends("POST", "/me/second-factor/totp", password=PASSWORD).status_code == 200


def test_a_secret_waits_for_an_hour(owner: Owner) -> None:
    secret = owner.sends("POST", "/me/second-factor/totp").get_json()["secret"]
    with later(3601):
        late = owner.sends("POST", "/me/second-factor/totp/confirm", code=code_of(secret))
    assert rule_of(late) == "second_factor.was_started"


def test_a_role_that_requires_one_opens_nothing_but_enrolling(
    owner_of: OwnerOf, require: Callable[[str], None]
) -> None:
    officer, chair = owner_of("lihua", "officer"), owner_of("qianyi", "chair")
    require("officer, ops")
    assert officer.sends("GET", "/me").get_json()["must_enrol_second_factor"]
    for path in ("/me/home", "/me/sessions", "/accounts", "/calendar", "/membership/members"):
        refused = officer.sends("GET", path)
        told = refused.get_json()
        assert (refused.status_code, told["rule"], told["code"]) == (
            403,
            ENROLLED,
            "second_factor_enrolment_required",
        ), path
    assert chair.sends("GET", "/me/sessions").status_code == 200
    assert officer.sends("GET", "/me/second-factor").get_json()["required"]
    officer.enrols()
    assert officer.sends("GET", "/me/sessions").status_code == 200
    assert not officer.sends("GET", "/me").get_json()["must_enrol_second_factor"]
    # Removing it leads back there.
    assert officer.sends("POST", "/me/second-factor/totp/remove", password=PASSWORD).status_code == 204
    assert rule_of(officer.sends("GET", "/me/sessions")) == ENROLLED


def test_a_post_given_meanwhile_counts_at_once(
    owner: Owner, database: Database, require: Callable[[str], None]
) -> None:
    require("officer")
    assert owner.sends("GET", "/me/sessions").status_code == 200
    give_post(database, owner.member_id, "officer")
    assert rule_of(owner.sends("GET", "/me/sessions")) == ENROLLED


def test_a_role_that_does_not_exist_ends_the_start(require: Callable[[str], None]) -> None:
    require("officer, ops")
    assert settings_module.settings().second_factor_roles == ("officer", "ops")
    require("")
    assert settings_module.settings().second_factor_roles == ()
    require("officer,boss")
    with pytest.raises(EnvError, match="SECOND_FACTOR_ROLES"):
        settings_module.settings()


def test_an_officer_resets_the_factor_of_another(owner: Owner, owner_of: OwnerOf, database: Database) -> None:
    officer = owner_of("lihua", "officer")
    owner.enrols()
    waiting = owner.first_step()
    reset = {"username": "Wang", "reason": "手机遗失，已核对工作证"}
    assert officer.sends("POST", "/accounts/second-factor/reset", **reset).status_code == 204
    assert owner.http.get("/api/v1/me", headers=bearer(owner.token)).status_code == 401
    assert rule_of(owner.second_step(waiting, owner.codes[0])) == "second_factor.is_under_way"
    assert owner.signs_in().status_code == 201
    kinds = [one["kind"] for one in owner.sends("GET", "/me/notices").get_json()["items"]]
    assert kinds[0] == "second_factor_reset"
    with database.session() as session:
        account = session.scalars(sa.select(Account).where(Account.username == "wang")).one()
        officer_id = session.scalar(sa.select(Account.id).where(Account.username == "lihua"))
        last = session.scalars(sa.select(ChangeHistory).order_by(ChangeHistory.id.desc())).first()
        assert last is not None
        assert (last.subject, last.reason, last.changed_by) == (
            f"account/{account.id}",
            reset["reason"],
            str(officer_id),
        )
        assert session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode)) == 0


def test_nobody_resets_the_own_one_nor_without_a_role(owner: Owner, owner_of: OwnerOf) -> None:
    officer, operator, chair = owner_of("lihua", "officer"), owner_of("sunwei", "ops"), owner_of("qianyi", "chair")
    officer.enrols()
    own = officer.sends("POST", "/accounts/second-factor/reset", username="lihua", reason="手机遗失")
    assert (own.status_code, rule_of(own)) == (403, "second_factor.is_of_another")
    of_officer = {"username": "lihua", "reason": "手机遗失"}
    assert chair.sends("POST", "/accounts/second-factor/reset", **of_officer).status_code == 403
    assert owner.sends("POST", "/accounts/second-factor/reset", **of_officer).status_code == 403
    assert officer.sends("POST", "/accounts/second-factor/reset", username="lihua").status_code == 422
    without = operator.sends("POST", "/accounts/second-factor/reset", username="wang", reason="手机遗失")
    assert (without.status_code, rule_of(without)) == (409, "second_factor.is_enrolled")
    unknown = operator.sends("POST", "/accounts/second-factor/reset", username="nobody", reason="手机遗失")
    assert (unknown.status_code, rule_of(unknown)) == (404, "second_factor.has_account")
    assert operator.sends("POST", "/accounts/second-factor/reset", **of_officer).status_code == 204


def test_an_anonymised_account_keeps_no_factor(owner: Owner, database: Database) -> None:
    owner.enrols()
    with transaction(database) as tx:
        anonymise(tx, owner.member_id)
    with database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(TotpFactor)) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode)) == 0


def test_an_operator_removes_it_on_the_command_line(
    owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.enrols()
    monkeypatch.setenv("GONGHUI_DATABASE_URL", f"sqlite:///{tmp_path}/{{service}}.sqlite3")
    settings_module.reset()
    reset_second_factor("wang", "唯一的干部手机遗失")
    assert owner.signs_in().status_code == 201
    with pytest.raises(Refused):
        reset_second_factor("wang", "唯一的干部手机遗失")
