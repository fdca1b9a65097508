"""Puts what people typed into sentences, without changing their words."""

import html
import re
import unicodedata

import nh3

from common import markdown

_FENCE = re.compile(r"^\s*(?:```|~~~).*$")
_ENDS = re.compile(r"[.!?…:;。！？؟।][\"'”“’»)\]\u2069]*$")
_JOINS = (".", "!", "?", ":", ";", ",", "…", "。")
_SENTENCE = re.compile(r"(?<=[.!?…。])\s+")
_COMMAND_AHEAD = re.compile(r"\S+ [/-]")
_COMMANDS = """
    certutil chkdsk chmod chown cmd curl defrag dig diskpart dism dsregcmd getmac gpresult gpupdate icacls ifconfig
    ipconfig klist ldp mtr nbtstat net netdom netsh netstat nltest nslookup pathping ping powercfg powershell pwsh
    repadmin robocopy scp sfc ssh sudo systemctl systeminfo takeown telnet traceroute tracert w32tm wget whoami winget
    winrm wmic wsl xcopy
"""
COMMANDS = frozenset(_COMMANDS.split())
"""First words that stay small: they are commands."""
_QUESTION = re.compile(r"([^?]{3,400}\?) +([^?]{1,300})")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


def one_line(text: str) -> str:
    """Return the text on one line: lines that end without punctuation are parted by a slash, as in quotations."""
    lines = [" ".join(line.split()) for line in text.split("\n") if not _FENCE.match(line)]
    joined = ""
    for line in filter(None, lines):
        joined += (" " if joined.endswith(_JOINS) else " / ") + line if joined else line
    return joined or " ".join(text.split())


def sentence(text: str) -> str:
    """Return the text on one line as a sentence: with a capital and a full stop, which takes a comma's place."""
    line = one_line(text).rstrip(", ") or one_line(text)
    return _capitalised(line) if _ENDS.search(line) else f"{_capitalised(line)}."


def question_and_answer(line: str) -> tuple[str, str] | None:
    """Return the parts of a finding such as "Is it on? No."; None if it isn't one question with its answer."""
    match = _QUESTION.fullmatch(line)
    if not match:
        return None
    answer = match[2] if _ENDS.search(match[2]) else f"{match[2]}."
    is_short = answer[:-1].casefold() in {"yes", "no", "ja", "nein"}
    return match[1], answer.lower() if is_short else answer


def _capitalised(line: str) -> str:
    """Commands, hosts and names such as "iPhone" keep their letters."""
    first = line.split(" ", 1)[0]
    is_word = first.isalpha() and first.islower() and first not in COMMANDS and not _COMMAND_AHEAD.match(line)
    return line[0].upper() + line[1:] if is_word else line


def shortened(line: str, limit: int) -> str:
    """Return whole sentences of at most `limit` characters, or if the first is longer, whole words and "…"."""
    if len(line) <= limit:
        return line
    kept = ""
    for each in _SENTENCE.split(line):
        if len(kept) + len(each) + 1 > limit:
            break
        kept = f"{kept} {each}" if kept else each
    return kept or f"{line[: limit - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def plain(text: str) -> str:
    """Return the words of markdown, such as a fix's description, on one line."""
    return one_line(html.unescape(nh3.clean(markdown.render(text), tags=set())))


def first_paragraph(text: str) -> str:
    """Return the words of the first paragraph of markdown that isn't a heading or a list."""
    for each in re.split(r"\n\s*\n", text):
        if each.strip() and not re.match(r"\s*(?:#|[-*+] |\d+[.)] |```|\|)", each):
            return plain(each)
    return ""


def quotable(text: str, longest: int) -> str:
    """Return the text for a quotation: one line, without the full stop that follows the quotation instead."""
    line = shortened(one_line(text), longest)
    return line[:-1] if line.endswith(".") and not line.endswith("..") else line


def isolated(line: str) -> str:
    """Return the text so that it leaves the order of the words around it alone if it runs from right to left."""
    if line.isascii() or not any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in line):
        return line
    return f"{ISOLATE}{line}{END_ISOLATE}"
