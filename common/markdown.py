"""Markdown to HTML that is safe to show, whoever wrote it."""

import re
import sys

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from common import typed_markup
from common.bounded_cache import BoundedCache

_LEADS_OUT = re.compile("(?:https?|mailto):", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-6])>")

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_MARKDOWN.validateLink = lambda url: bool(_LEADS_OUT.match(url))  # type: ignore[method-assign]
_TYPED = typed_markup.parser()

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
        *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={"a": {"href", "title"}, "ol": {"start"}, "pre": {"tabindex"}, "td": {"align"}, "th": {"align"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)

_rendered = BoundedCache(8_000_000)
"""Messages never change, and every view of a session renders all of its messages."""


def render(text: str, *, typed: bool = False) -> SafeString:
    """Return the HTML of a message or description; `typed`: written by a person, not by FlowPilot.

    Raw HTML in it is shown as text, links open http, https and mailto only, pictures are left out, and
    headings begin below the page's own. Long lines of code can be scrolled with the keyboard.
    """
    html = _rendered.get((typed, text), lambda: _html(text, typed=typed), weight=sys.getsizeof(text))
    return mark_safe(html)  # noqa: S308 - nh3 has cleaned it


def _html(text: str, *, typed: bool) -> str:
    html: str = (_TYPED if typed else _MARKDOWN).render(text)
    return _CLEANER.clean(_HEADING.sub(_lower_heading, html).replace("<pre>", '<pre tabindex="0">'))


def _lower_heading(match: re.Match[str]) -> str:
    return f"<{match[1]}h{min(6, int(match[2]) + 2)}>"
