"""Sets the policy of event queues through RabbitMQ's management API, if an address is set, and checks that it applies.

Arguments of existing queues can't be changed, so common settings are in a policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from deploy.broker_management import put, vhost_of
from services.chassis.broker.delivery_limit import MEND, RETURNS, drops_returned
from services.chassis.broker.publisher import QUEUE_PREFIX
from services.chassis.process.settings import settings

NAME = "gonghui-events"
POLICY = {
    "pattern": f"^{QUEUE_PREFIX}",
    "apply-to": "queues",
    "priority": 10,
    # RabbitMQ 4 also accepts -1 for no limit; 3.10 refuses that. Both accept this value.
    "definition": {"delivery-limit": 1_000_000},
}


def put_in_force() -> Iterator[str]:
    """Set the policy when MANAGEMENT_URL is set; yield what was done, and whether events can be dropped."""
    if settings().management_url:
        try:
            set_policy(settings().management_url, settings().amqp_url)
        except OSError as error:
            yield f"broker: the policy {NAME} could not be set: {error}"
        else:
            yield f"broker: the policy {NAME} is set"
    try:
        drops = drops_returned(settings().amqp_url, "tools")
    except Exception as error:
        yield f"broker: whether it drops events could not be found out ({type(error).__name__})"
    else:
        if drops:
            yield f"broker: WARNING: it drops events that were returned {RETURNS} times: {MEND}"


def set_policy(management_url: str, amqp_url: str) -> None:
    """Set the policy in the vhost of the broker's URL. Safe to repeat.

    Args:
        management_url: `http://user:password@host:15672`; the user has the tag `policymaker` or more.
        amqp_url: the URL with the vhost.

    Raises:
        OSError: the API cannot be reached, or refuses.
    """
    put(management_url, f"policies/{vhost_of(amqp_url)}/{NAME}", POLICY)
