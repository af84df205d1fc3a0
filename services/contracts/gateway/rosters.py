"""Files for roster imports that the gateway makes itself, in the reader's language, without RPC."""

from services.chassis.schema import Choice, Operation, Schema
from services.contracts.files import PLAIN_FORMATS, FileContent
from services.contracts.membership.imports import ImportRef


class RosterTemplateRequest(Schema):
    """Which kind of file."""

    format = Choice(PLAIN_FORMATS, load_default="xlsx")


roster_template = Operation(
    "gateway", "roster_template", RosterTemplateRequest, FileContent, frozenset({"officer", "chair"}), "query",
    "An empty roster with the headings that are known.", title="下载名册模板", reach={"chair": "union"},
)  # fmt: skip
read_problem_file = Operation(
    "gateway", "read_problem_file", ImportRef, FileContent, frozenset({"officer"}), "command",
    "The rows of an import that have problems as xlsx, each with its reasons; logged.", title="下载有问题的行",
)  # fmt: skip
