"""Words in quotation marks: what a cited statement says word for word is the speaker's, not the text's."""

import re

from tickets.honesty.findings import Finding

_QUOTE = re.compile(r"“([^“”]*)”|„([^„“”]*)[“”]|\"([^\"]*)\"|«([^«»]*)»|»([^«»]*)«")
QUOTED = " … "
"""What stands in the place of a true quote."""
_SPACE = re.compile(r"\s+")


def without_quotes(text: str, said: list[str]) -> tuple[str, Finding | None]:
    """Return the text without its true quotes, and the first quote that nobody said, if there is one."""
    known = [_plain(each) for each in said] if _QUOTE.search(text) else []
    finding: Finding | None = None

    def left(match: re.Match[str]) -> str:
        nonlocal finding
        words = next(group for group in match.groups() if group is not None)
        if any(_plain(words) in each for each in known):
            return QUOTED
        finding = finding or Finding(words, f"“{words}” is in quotation marks, but nobody said exactly that.")
        return match[0]

    return _QUOTE.sub(left, text), finding


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text.casefold().replace("’", "'")).strip(" .,!?…")
