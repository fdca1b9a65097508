"""The little markup of what people type: code, quotes, tables and links, where they are clearly meant.

Everything else keeps its characters, because paths, accounts, prompts and scripts are full of signs that markdown
takes for its own: `C:\\Users\\_svc_`, `dir *.log`, PowerShell's backticks, `->`. Nothing typed is lost: where a
rule would swallow a character that may be meant, it doesn't apply.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline

_FENCE = re.compile(r"(`{3,}) *[\w+#.-]*\s*")
_CODE = re.compile(r"`([^`\s](?:[^`\n]*[^`\s])?)`(?=$|[\s.,;:!?)\]}])")
_LINK = re.compile(
    r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:)(?:[^\s()<>\"`\\]|\([^\s()<>\"`\\]*\))+)\)", re.ASCII | re.IGNORECASE
)
_BEFORE_CODE = frozenset(" \t\n([{")
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_QUOTED = "quoted"
_UNCLOSED = "unclosed"
_NO_TABLE_BEFORE = "no table before"


def parser() -> MarkdownIt:
    """Return a parser of this markup and no other."""
    typed = MarkdownIt("zero", {"html": False, "breaks": True})
    typed.block.ruler.at("fence", _fence, _INTERRUPTS)
    typed.block.ruler.at("blockquote", _quote, _INTERRUPTS)
    typed.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    typed.inline.ruler.at("backticks", _code)
    typed.inline.ruler.at("link", _link)
    return typed.enable(["fence", "blockquote", "table", "code", "newline", "backticks", "link"])


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block of code between lines of three backticks; one that is never closed is no block."""
    opening = _FENCE.fullmatch(_line(state, start))
    if opening is None or state.is_code_block(start):
        return False
    marks = len(opening[1])
    if marks >= state.env.get(_UNCLOSED, marks + 1):
        return False
    closing = re.compile(f"`{{{marks},}}\\s*")
    last = next((number for number in range(start + 1, end) if closing.fullmatch(_line(state, number))), None)
    if last is None:
        state.env[_UNCLOSED] = marks  # or every one of a thousand lines would look for its end
        return False
    if not silent:
        state.line = last + 1
        token = state.push("fence", "code", 0)
        token.content = state.getLines(start + 1, last, state.sCount[start], True)
    return True


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with “> ”. A reply below them is no part of the quote, and “>>” is a prompt."""
    if state.env.get(_QUOTED) or state.is_code_block(start) or not _is_quoted(_line(state, start)):
        return False
    if silent:
        return True
    last = start
    while last < end and _is_quoted(_line(state, last)):
        last += 1
    quoted = "\n".join(_line(state, number)[2:] for number in range(start, last))
    state.push("blockquote_open", "blockquote", 1)
    state.md.block.parse(quoted, state.md, {_QUOTED: True}, state.tokens)
    state.push("blockquote_close", "blockquote", -1)
    state.line = last
    return True


def _is_quoted(line: str) -> bool:
    return line.startswith("> ") or line == ">"


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table whose rows have no more cells than its head: others would lose them."""
    if start < state.env.get(_NO_TABLE_BEFORE, 0):
        return False
    tokens = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if silent:
        return True
    lines = [_line(state, number).strip() for number in range(start, state.line)]
    columns = _cells(lines[1])
    if any(_cells(line) > columns or "\\|" in line for line in lines):
        del state.tokens[tokens:]
        state.env[_NO_TABLE_BEFORE] = state.line  # or every one of a thousand rows would be read as a head
        state.line = start
        return False
    return True


def _cells(row: str) -> int:
    return row.count("|") + 1 - row.startswith("|") - (row.endswith("|") and len(row) > 1)


def _code(state: StateInline, silent: bool) -> bool:
    """A word or phrase between single backticks that stand where quotation marks would."""
    before = state.src[state.pos - 1] if state.pos else " "
    found = _CODE.match(state.src, state.pos)
    if found is None or before not in _BEFORE_CODE:
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = found[1]
    state.pos = found.end()
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """`[words](https://address)`: the words lead there, and the address is shown."""
    found = _LINK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        words, address = found.groups()
        state.push("link_open", "a", 1).attrs = {"href": address}
        state.push("text", "", 0).content = words
        state.push("link_close", "a", -1)
        if words != address:
            state.push("text", "", 0).content = f" ({address})"
    state.pos = found.end()
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
