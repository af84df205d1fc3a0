"""`gonghui found` on the command line: each answer is checked when it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from deploy.commands.union import services_at_hand, union_of_the_environment


def _judged(field: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Return a callback that refuses an invalid answer, so that click asks again; the message does not repeat it."""

    def judge(ctx: click.Context, _parameter: click.Parameter, value: Any) -> Any:
        if value is None:
            return None
        union_of_the_environment()
        from deploy.founding_answers import refusal_of

        refusal = refusal_of(field, value, ctx.params)
        if refusal:
            raise click.BadParameter(refusal)
        return value

    return judge


@click.command()
@click.option("--union", prompt="Name of the union", callback=_judged("union"), help="The union's name.")
@click.option(
    "--unit",
    prompt="Name of its first branch union",
    callback=_judged("unit"),
    help="Where its first officer belongs.",
)
@click.option("--name", prompt="Name of its first officer", callback=_judged("name"), help="The officer's name.")
@click.option("--gender", prompt=True, type=click.Choice(["female", "male"]), help="The officer's sex as registered.")
@click.option(
    "--birth-date",
    prompt="Date of birth (YYYY-MM-DD)",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_judged("birth_date"),
    help="YYYY-MM-DD.",
)
@click.option(
    "--id-number",
    prompt="Identity number",
    hide_input=True,
    callback=_judged("id_number"),
    help="Kept encrypted.",
)
@click.option("--phone", prompt=True, callback=_judged("phone"), help="Kept encrypted.")
@click.option("--username", prompt="User name", callback=_judged("username"), help="What the officer signs in with.")
@click.password_option(envvar="GONGHUI_OFFICER_PASSWORD", callback=_judged("password"), help="The officer's password.")
def found(union: str, unit: str, username: str, password: str, **officer: Any) -> None:
    """Found a union in empty databases: its first officer, who does the rest in the portal.

    Repeating it goes on from where it stopped. Until somebody else is a member, it also corrects what was given: the
    names of union and unit, the user name and the password.
    """
    services_at_hand()
    from deploy.embedded import union_at_hand
    from deploy.founding import found as found_union
    from deploy.founding import officer_of
    from deploy.founding_answers import require_sound

    require_sound(union=union, unit=unit, username=username, password=password, **officer)
    officer["birth_date"] = officer["birth_date"].date()
    with union_at_hand():
        for line in found_union(union, unit, officer_of(**officer), username, password):
            click.echo(line)
