"""Children's classes over HTTP."""

from gateway.http.routes import Route
from services.contracts.activities.children_classes import children, classes

_CLASS = "/children-classes/<uuid:class_id>"
_CHILD = "/child-registrations/<uuid:registration_id>"

ROUTES = (
    Route("GET", "/children-terms", classes.list_children_terms),
    Route("POST", "/children-terms", classes.add_children_term, 201),
    Route("PUT", "/children-terms/<uuid:term_id>", classes.change_children_term),
    Route("GET", "/children-classes", classes.list_children_classes),
    Route("POST", "/children-classes", classes.add_children_class, 201, location="/children-classes/{id}"),
    Route("GET", "/children-classes/consent", classes.get_guardian_consent),
    Route("PUT", "/children-classes/consent", classes.set_guardian_consent),
    Route("GET", _CLASS, classes.get_children_class),
    Route("PUT", _CLASS, classes.change_children_class),
    Route("GET", f"{_CLASS}/registrations", children.list_child_registrations),
    Route("POST", f"{_CLASS}/registrations", children.register_child, 201),
    Route("POST", f"{_CLASS}/day", children.open_class_day),
    Route("PUT", f"{_CLASS}/attendance", children.record_child_attendance),
    Route("POST", f"{_CHILD}/open", children.open_child),
    Route("PUT", f"{_CHILD}/contact", children.change_child_contact),
    Route("PUT", f"{_CHILD}/fee", children.record_child_fee),
    Route("POST", f"{_CHILD}/withdraw", children.withdraw_child),
    Route("GET", f"{_CHILD}/looks", children.list_child_looks),
    Route("GET", "/me/children", children.my_children),
)
