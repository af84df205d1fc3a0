"""`gonghui prepare` on the command line."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--database", default="127.0.0.1:5432", show_default=True, help="PostgreSQL, host:port.")
@click.option("--broker", default="127.0.0.1:5672", show_default=True, help="RabbitMQ, host:port.")
@click.option("--tls", is_flag=True, help="The broker's port speaks TLS (amqps).")
def prepare(folder: Path, database: str, broker: str, tls: bool) -> None:
    """Write into FOLDER what makes databases, vhost, users and rights of a new union, and each service's environment.

    SQL for psql, definitions for rabbitmqctl, variables for each service and the tools, with new passwords and
    keys. Nothing is done on the servers; what is to be done is printed.
    """
    from deploy.server_setup import Places, next_steps
    from deploy.server_setup import prepare as write

    if folder.exists():
        raise click.ClickException(f"{folder} is there already; its keys and passwords must not be made anew.")
    for line in write(folder, Places(database, broker, "amqps" if tls else "amqp")):
        click.echo(line)
    for line in next_steps(folder):
        click.echo(line)
