"""The activities service, assembled from its subjects."""

from __future__ import annotations

from typing import Any

from services.activities.articles.entrypoints import ArticleEntrypoints
from services.activities.calendar.entrypoints import CalendarEntrypoints
from services.activities.check_in.entrypoints import CheckInEntrypoints
from services.activities.children_classes.entrypoints import ChildrenClassEntrypoints
from services.activities.clubs.entrypoints import ClubEntrypoints
from services.activities.contests.entrypoints import ContestEntrypoints
from services.activities.facts.entrypoints import FactEntrypoints
from services.activities.opening.entrypoints import OpeningEntrypoints
from services.activities.options.entrypoints import OptionEntrypoints
from services.activities.participants.entrypoints import ParticipantsEntrypoints
from services.activities.places.entrypoints import PlaceEntrypoints
from services.activities.questions.entrypoints import QuestionEntrypoints
from services.activities.registration.entrypoints import RegistrationEntrypoints
from services.activities.rulebook.entrypoints import RulebookEntrypoints
from services.activities.sports.entrypoints import SportsEntrypoints
from services.activities.surveys.entrypoints import SurveyEntrypoints
from services.activities.teams.entrypoints import TeamEntrypoints
from services.chassis.entrypoints import Service
from services.chassis.events.failed_events import failed_event_entrypoints
from services.chassis.events.published import event_accounting_entrypoints
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import PUBLISHED_OF, RECONCILIATION_OF

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["activities"])
EventAccountingEntrypoints: Any = event_accounting_entrypoints(
    PUBLISHED_OF["activities"], RECONCILIATION_OF["activities"]
)


class Activities(
    CalendarEntrypoints,
    RegistrationEntrypoints,
    OptionEntrypoints,
    OpeningEntrypoints,
    QuestionEntrypoints,
    ParticipantsEntrypoints,
    PlaceEntrypoints,
    ClubEntrypoints,
    ChildrenClassEntrypoints,
    ContestEntrypoints,
    SportsEntrypoints,
    RulebookEntrypoints,
    FactEntrypoints,
    ArticleEntrypoints,
    SurveyEntrypoints,
    CheckInEntrypoints,
    TeamEntrypoints,
    FailedEventEntrypoints,
    EventAccountingEntrypoints,
    Service,
):
    """活动 Calendar and registrations."""

    name = "activities"
