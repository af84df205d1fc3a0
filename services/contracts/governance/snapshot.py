"""The snapshot of the dated rules, from which a subscriber begins."""

from services.chassis.schema import query
from services.contracts.governance.rulebook.events import RuleData
from services.contracts.scopes import scopes_of
from services.contracts.snapshots import SnapshotRequest, event_sequence, snapshot_page_of


class RuleInSnapshot(RuleData):
    """A dated rule, with the data of `rule_published`."""

    sequence = event_sequence()


snapshot_rules = query(
    "governance", "snapshot_rules", request=SnapshotRequest, reply=snapshot_page_of(RuleInSnapshot),
    allow=scopes_of("governance.snapshot_rules"),
    doc="Every dated rule that was not withdrawn, for a system that then follows the events.",
    title="读取规则快照",
)  # fmt: skip
