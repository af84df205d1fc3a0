"""All scenes of the demo union, one module for each subject, named as in `gateway/subjects`."""

from __future__ import annotations

from collections.abc import Mapping

from deploy.demo.scene import Scene
from deploy.demo.scenes.activities import activities
from deploy.demo.scenes.governance import (
    awards,
    ballots,
    congress,
    funds,
    mediation,
    meetings,
    plan,
    proposals,
    rulebook,
    secret_ballots,
    unit_congresses,
)
from deploy.demo.scenes.membership import (
    cards,
    dues,
    honours,
    hr_sync,
    joining,
    organisation,
    posts,
    privacy,
    record,
    standing,
)
from deploy.demo.scenes.welfare import (
    birthdays,
    care,
    care_campaigns,
    charity,
    examinations,
    hardship,
    mutual_aid,
    procurement,
    programmes,
    recuperation,
    requests,
    visits,
)

SCENES = (
    Scene("organisation", organisation.play),
    Scene("membership", record.play, needs=("organisation",)),
    Scene("posts", posts.play, needs=("membership",)),
    Scene("rules", rulebook.play),
    Scene("plan", plan.play, needs=("organisation",)),
    Scene("funds", funds.play),
    Scene("hr_sync", hr_sync.play, needs=("membership",)),
    Scene("activities", activities.play, needs=("posts", "plan")),
    Scene("joining", joining.play, needs=("posts", "rules")),
    Scene("cards", cards.play, needs=("posts",)),
    Scene("visits", visits.play, needs=("posts", "rules", "plan", "funds")),
    Scene("awards", awards.play, needs=("posts",)),
    Scene("dues", dues.play, needs=("posts", "rules")),
    Scene("meetings", meetings.play, needs=("posts", "rules")),
    Scene("standing", standing.play, needs=("activities", "visits", "dues")),
    Scene("privacy", privacy.play, needs=("posts",)),
    Scene("honours", honours.play, needs=("posts",)),
    Scene("proposals", proposals.play, needs=("posts", "rules")),
    Scene("recuperation", recuperation.play, needs=("posts", "rules", "honours", "funds")),
    Scene("requests", requests.play, needs=("posts",)),
    Scene("birthdays", birthdays.play, needs=("posts", "rules", "standing")),
    Scene("care", care.play, needs=("posts", "rules", "standing")),
    Scene("examinations", examinations.play, needs=("posts", "rules", "standing")),
    Scene("charity", charity.play, needs=("posts", "rules", "plan", "standing")),
    Scene("programmes", programmes.play, needs=("posts", "rules", "standing", "funds")),
    Scene("procurement", procurement.play, needs=("posts", "rules", "funds", "programmes")),
    Scene("hardship", hardship.play, needs=("posts", "rules", "standing", "funds")),
    Scene("care_campaigns", care_campaigns.play, needs=("hardship", "plan")),
    Scene("ballots", ballots.play, needs=("posts", "rules", "standing")),
    Scene("secret_ballots", secret_ballots.play, needs=("ballots",)),
    Scene("mediation", mediation.play, needs=("posts", "rules")),
    Scene("congress", congress.play, needs=("posts", "rules", "standing")),
    Scene("unit_congresses", unit_congresses.play, needs=("posts", "rules", "standing")),
    Scene("mutual_aid", mutual_aid.play, needs=("posts", "funds", "standing")),
)

WITHOUT_SCENE: Mapping[str, str] = {
    "sessions": "Visitors sign in themselves.",
    "me": "It shows what the scenes did.",
    "imports": "The roster is admitted by RPC; importing a file is left for the visitor to try.",
    "accounts": "The demo accounts are created in the gateway's database, after the scenes.",
    "search": "It finds what the scenes made.",
    "codes": "It reads the codes of the cards that members show.",
    "live": "It pushes what changes while visitors look.",
    "calendars": "Visitors make the addresses of their calendars themselves.",
    "notices": "Announcements and a refused e-mail are stored with the accounts, in the gateway's database.",
    "decisions": "They are made by the scenes in which something is granted or refused.",
    "payments": "The scenes of goods and trips reserve and pay.",
    "entitlements": "Welfare opens an account for each new member.",
    "statement": "It tells what the scenes gave and refused.",
    "union_profile": "The demo union's profile is stored with the accounts, in the gateway's database.",
    "saved_filters": "The officer's filter of the members is saved with the demo accounts.",
    "second_factors": "Visitors set one up with their own phone.",
    "programs": "The HR system's account is created with the demo accounts.",
    "permissions": "The table follows from the contracts; the roles come with the posts.",
    "jobs": "Charging dues and reading their files leave finished jobs.",
    "failed_events": "No event of the demo union fails.",
    "problems": "The kinds of problems are fixed texts.",
}
"""Subjects of the gateway that have no scene, and why."""
