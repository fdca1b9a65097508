"""Cuts signatures and quoted mail from a message: they are no statements of the session (docs/texts.md).

It reads line by line, in time that grows with the text alone. It cuts only what is clearly mail: prompts ("> "), lists,
"From:" in a log, and everything in a code block stay.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

SIGNATURE_LINES = 15
"""A closing formula with more lines below it isn't taken for a signature."""
NAME_LINES = 3
"""The same for a short one, such as "Thanks,"."""
HEADER_LINES = 8
"""The header of a quoted mail has at most so many lines."""

_MAY_BEGIN_MAIL = re.compile(
    r"\s*(?:.{0,300}:\s*$|(?:On|Am|Den) |\*?(?:From|Von|Sent|Gesendet|Date|Datum):|-- ?|_{20})", re.IGNORECASE
)
"""A line that can begin quoted mail: most lines can't, and need no closer look."""
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DELIMITER = re.compile(r"-- ?")
_QUOTED = re.compile(r" {0,3}>")
_ORIGINAL = re.compile(
    r"-{2,} ?(?:Original Message|Original Appointment|Ursprüngliche Nachricht|Ursprünglicher Termin"
    r"|Forwarded message|Weitergeleitete Nachricht) ?-{2,}"
    r"|Begin forwarded message:|Anfang der weitergeleiteten Nachricht:",
    re.IGNORECASE,
)
_RULE = re.compile(r"_{20,}")
_BEGINS_ATTRIBUTION = re.compile(r"(?:On|Am|Den) .*\d", re.IGNORECASE)
_ENDS_ATTRIBUTION = re.compile(r"(?:wrote|schrieb[^:]*) ?:$|schrieb am [^:]*\d[^>]*:$", re.IGNORECASE)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b")
_FROM = re.compile(r"\*?(?:From|Von):\*? *\S", re.IGNORECASE)
_SENT = re.compile(r"\*?(?:Sent|Date|Gesendet|Datum):\*? *.*\d", re.IGNORECASE)
_SUBJECT = re.compile(r"\*?(?:Subject|Betreff):", re.IGNORECASE)
_RAW_HEADER = re.compile(r"(?:Received|Return-Path|Message-ID|DKIM-Signature|Authentication-Results):", re.IGNORECASE)
_FORMULA = re.compile(
    r"(?:(?:mit )?(?:freundlichen|besten|herzlichen|lieben|vielen|schönen) gr(?:ü|ue)(?:ß|ss)en"
    r"|(?:freundliche|beste|herzliche|liebe|viele|schöne) gr(?:ü|ue)(?:ß|ss)e|mfg|hochachtungsvoll"
    r"|(?:(?:with )?(?:best|kind|kindest|warm|many) )?regards|best wishes|(?:yours )?(?:sincerely|faithfully))"
    r"(?: (?:aus|from) [\w. -]{1,30})?[,.!]?",
    re.IGNORECASE,
)
_SHORT_FORMULA = re.compile(
    r"(?:thanks|thx|many thanks|thank you|thanks in advance|danke im voraus|cheers|best"
    r"|(?:vielen |besten )?dank(?: und gru(?:ß|ss))?|danke"
    r"|gr(?:u|ü|ue)(?:ß|ss)e?|lg|vg|br)[,.!]?",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:Sent from (?:my )?[\w. ]{2,40}|Get Outlook for [\w ]{2,20}.*|Gesendet (?:von|mit) [\w. ]{2,40}"
    r"|Von meinem [\w. ]{2,30} gesendet|Outlook für (?:iOS|Android).*)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\. ?s\.?\b|ps\b", re.IGNORECASE)


def without_quoted_mail(text: str) -> str:
    """Return the text without signatures and quoted mail; all of it if nothing else would remain."""
    lines = text.split("\n")
    kept = _without_signature(_without_quotes(lines))
    return "\n".join(kept).strip() or text


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    number, is_below = 0, False
    in_code = _in_code(lines)
    while number < len(lines):
        may_begin = not in_code[number] and _MAY_BEGIN_MAIL.match(lines[number])
        end = _end_of_mail(lines, number, is_below=is_below) if may_begin else None
        if end is None:
            kept.append(lines[number])
            is_below = is_below or bool(lines[number].strip())
        number = number + 1 if end is None else end
    return kept


def _end_of_mail(lines: list[str], number: int, *, is_below: bool) -> int | None:
    """Return the number of the line after the quoted mail that begins here; None if none does.

    It is what is marked with ">" after "… wrote:", or else everything below a mail's header. `is_below`: something
    stands above it.
    """
    if is_below and _begins_mail(lines, number):
        return len(lines)
    after = number + _attribution_length(lines, number)
    if after == number:
        return None
    if (end := _end_of_quote(lines, after)) > after:
        return end
    is_dated = _DATED.search(" ".join(lines[number:after]))  # "On 3 PCs the agent wrote:" quotes no mail
    return len(lines) if is_below and is_dated else None


def _in_code(lines: list[str]) -> list[bool]:
    found, is_open = [], False
    for line in lines:
        is_fence = bool(_FENCE.match(line))
        found.append(is_open or is_fence)
        is_open ^= is_fence
    return found


def _attribution_length(lines: list[str], number: int) -> int:
    """Return over how many lines "On … wrote:" goes here; 0 for none."""
    first = lines[number].strip()
    if len(first) > 300:
        return 0
    if _ENDS_ATTRIBUTION.search(first) and any(each.isdigit() for each in first):
        return 1
    if not _BEGINS_ATTRIBUTION.match(first) or number + 1 == len(lines):
        return 0
    second = lines[number + 1].strip()
    return 2 if len(second) <= 300 and _ENDS_ATTRIBUTION.search(second) else 0


def _end_of_quote(lines: list[str], number: int) -> int:
    """Return the number of the first line after the lines marked with ">", and blank ones among them."""
    end = number
    for at in range(number, len(lines)):
        if _QUOTED.match(lines[at]):
            end = at + 1
        elif lines[at].strip():
            break
    return end


def _begins_mail(lines: list[str], number: int) -> bool:
    """Return whether the header of a quoted mail begins here, as Outlook and Apple Mail write it."""
    line = lines[number].strip()
    if _ORIGINAL.fullmatch(line):
        return True
    if _RULE.fullmatch(line) and number + 1 < len(lines):
        number, line = number + 1, lines[number + 1].strip()
    elif number and lines[number - 1].strip():
        return False  # a header begins a paragraph
    if not _FROM.match(line) and not _SENT.match(line):
        return False
    header = list(takewhile(str.strip, (each.strip() for each in lines[number : number + HEADER_LINES])))
    is_raw = any(_RAW_HEADER.match(each) for each in header)
    return not is_raw and all(any(map(each.match, header)) for each in (_FROM, _SENT, _SUBJECT))


def _without_signature(lines: list[str]) -> list[str]:
    kept = _without_trailing_blanks(lines)
    in_code = _in_code(kept)
    for number in range(max(1, len(kept) - SIGNATURE_LINES - 1), len(kept)):
        if not in_code[number] and _is_signature(kept, number):
            return _without_trailing_blanks(kept[:number]) + list(_postscript(kept[number:]))
    return kept


def _is_signature(lines: list[str], number: int) -> bool:
    line, rest = lines[number].strip(), [each.strip() for each in lines[number + 1 :] if each.strip()]
    if _DELIMITER.fullmatch(line):
        return bool(rest)
    if _DEVICE.fullmatch(line):
        return not rest
    if _FORMULA.fullmatch(line):
        return True
    return bool(_SHORT_FORMULA.fullmatch(line)) and len(rest) <= NAME_LINES and all(map(_is_name, rest[:1]))


def _is_name(line: str) -> bool:
    words = line.split()
    return len(words) <= 4 and all(word[0].isupper() and word.rstrip(".")[-1:].isalnum() for word in words)


def _postscript(lines: list[str]) -> Iterator[str]:
    begins = next((number for number, line in enumerate(lines) if _POSTSCRIPT.match(line.strip())), None)
    if begins is not None:
        yield from ["", *lines[begins:]]


def _without_trailing_blanks(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]
