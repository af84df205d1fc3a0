"""The snapshot of coming activities, from which a subscriber begins."""

from marshmallow import RAISE

from services.chassis.schema import query
from services.contracts.activities.calendar.events import ScheduledActivityData
from services.contracts.scopes import scopes_of
from services.contracts.snapshots import SnapshotRequest, event_sequence, snapshot_page_of


class ActivityInSnapshot(ScheduledActivityData):
    """A coming activity, with the data of `event_scheduled` and `event_rescheduled`.

    Without its counts, because they change with every registration, and the activity has no event for that.
    """

    class Meta:
        unknown = RAISE
        exclude = ("seats_taken", "seats_left", "waiting")

    sequence = event_sequence()


snapshot_activities = query(
    "activities", "snapshot_activities", request=SnapshotRequest, reply=snapshot_page_of(ActivityInSnapshot),
    allow=scopes_of("activities.snapshot_activities"),
    doc="Announced activities that are not over, for a system that then follows the events.", title="读取活动快照",
)  # fmt: skip
