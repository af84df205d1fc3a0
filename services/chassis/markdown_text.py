"""Markdown that people write, as HTML that is safe to show: two guards, each of which would be enough alone.

The parser knows no raw HTML (what looks like it is shown as text), and the cleaner lets only listed tags, attributes
and addresses through. Belongs here: from text to HTML. Who wrote the text and who may read it belongs to the subject.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_REMEMBERED = 256
_DEEPEST = 20
"""Blocks within blocks; deeper nesting is shown as it was written."""


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": _DEEPEST})
    made.enable(["table", "strikethrough"])
    made.core.ruler.push("below_the_title", _below_the_title)
    made.core.ruler.push("joined_lines", _join_lines)
    return made


def _below_the_title(state: object) -> None:
    """Make headings one level lower, because the page has its own first one."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def _join_lines(state: object) -> None:
    """Join lines of Chinese without the blank that browsers show for a line end."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]
    for token in tokens:
        children = token.children or []
        for before, child, after in zip(children, children[1:], children[2:], strict=False):
            if child.type == "softbreak" and _WIDE.search(before.content[-1:]) and _WIDE.search(after.content[:1]):
                child.type, child.content = "text", ""


@lru_cache(maxsize=_REMEMBERED)
def safe_html(text: str, pictures: str) -> str:
    """Return the HTML of a Markdown text.

    Args:
        text: as it was written.
        pictures: where addresses of pictures begin; pictures of other places are left out, because loading them would
            tell a stranger who reads the text.
    """

    def kept(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return value if value.startswith(pictures) and _NAME.fullmatch(value, len(pictures)) else None
        if tag == "a" and name == "href" and value.startswith("//"):
            return None
        return value

    html = nh3.clean(
        _PARSER.render(text), tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=kept, url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )  # fmt: skip
    return _WITHOUT_PICTURE.sub("", html)


_PARSER = _parser()
_NAME = re.compile("[0-9A-Za-z-]+")
"""Of a picture; with dots, blanks in code or a query it could be another page of the portal."""
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_WITHOUT_PICTURE = re.compile(r"<img(?![^>]* src=)[^>]*>")
