"""Honours and families: what stands beside a member's record."""

from gateway.http.routes import Route
from services.contracts.membership import family
from services.contracts.membership.honours import list_honours, record_honour, remove_honour

ROUTES = (
    Route("GET", "/membership/honours", list_honours),
    Route("POST", "/membership/honours", record_honour, 201),
    Route("POST", "/membership/honours/<uuid:honour_id>/remove", remove_honour),
    Route("GET", "/membership/members/<uuid:member_id>/family", family.list_family),
    Route("POST", "/membership/members/<uuid:member_id>/family/view", family.view_family),
    Route("POST", "/me/family", family.add_family_member, 201),
    Route("DELETE", "/me/family/<uuid:family_member_id>", family.remove_family_member, 204),
)
