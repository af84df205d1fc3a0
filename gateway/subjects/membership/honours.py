"""Honours and families: what stands beside a member's record."""

from __future__ import annotations

from gateway.api import honours
from gateway.portal.pages.member import family as member_family_pages
from gateway.subject import Subject

SUBJECT = Subject(
    "honours",
    "Honours and families: what stands beside a member's record.",
    routes=honours.ROUTES,
    pages=(member_family_pages.PAGES,),
)
