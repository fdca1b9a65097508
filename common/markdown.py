"""Markdown to HTML that is safe to show, whoever wrote it."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_OPTIONS = {"html": False, "breaks": True, "linkify": False}
_MARKDOWN = MarkdownIt("commonmark", _OPTIONS).enable(["table", "strikethrough"])
_TYPED = MarkdownIt("commonmark", _OPTIONS).enable("table")
_TYPED.disable(["escape", "entity", "emphasis", "autolink", "heading", "lheading", "hr", "list", "reference", "image"])
"""Code, quotes, tables and links; what else looks like markdown is a path, an account or a prompt, and stays whole."""

_TAGS = {
    *(["p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"]),
    *(["h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"]),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "pre": {"tabindex"}, "td": {"align"}, "th": {"align"}}
_HEADING = re.compile(r"<(/?)h([1-6])>")


def render(text: str, *, typed: bool = False) -> SafeString:
    """The HTML of a message or description; `typed`: by somebody who means every backslash and underscore.

    Raw HTML in it is shown as text, links open http, https and mailto only, pictures are left out, and
    headings begin below the page's own. Long lines of code can be scrolled with the keyboard.
    """
    html = _HEADING.sub(_lower_heading, (_TYPED if typed else _MARKDOWN).render(text)).replace(
        "<pre>", '<pre tabindex="0">'
    )
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it


def _lower_heading(match: re.Match[str]) -> str:
    return f"<{match[1]}h{min(6, int(match[2]) + 2)}>"
