"""Finds that a sentence claims what a waiting fix is to bring about, without a word of closure."""

import re

from fixes.transitions import Status
from tickets.bundle import StatementKind
from tickets.honesty.clauses import Clause
from tickets.honesty.concepts import ideas_in, share
from tickets.honesty.named_fixes import named_fix
from tickets.honesty.said import MOSTLY, Said, is_carried, said_in, said_in_text
from tickets.honesty.sources import Everything, Sources

SEEN = 0.6
"""So much of a clause in the hint how to tell that a fix worked."""

_NOW = re.compile(
    r"\b(?:now|again|once more|wieder|since then|since (?:the|this|that|our|\d\S*)|"
    r"after (?:the|this|that|our) (?:\w+ )?(?:restart|reboot|change|"
    r"fix|update|reset)|meanwhile|jetzt|nun|inzwischen|mittlerweile|seitdem|seither|seit (?:dem|der|\d\S*)|"
    r"nach (?:dem|der) (?:\w+ )?(?:neustart|änderung|umstellung|aktualisierung))\b"
)
_NOT_AN_EFFECT = re.compile(
    r"\b(?:await\w*|wait\w*|pending|provisional|next|left|remain\w*|applied|in place|done|made|set|taken|when|must|"
    r"looks?|checks?|tries|tried|try|run|ran|restart\w*|schaut|prüft|versucht|"
    r"needs?|has to|have to|will|warte\w*|vorläufig|steht|muss|müssen|wenn|gilt|eingespielt|umgesetzt|übrig)\b"
)


def claimed_effect(clause: Clause, sources: Sources, everything: Everything) -> str:
    """Return the words that claim it, "" for none."""
    waiting = [each for each in sources.attempts if each.status == Status.PENDING]
    if not waiting or clause.is_supposed or _NOT_AN_EFFECT.search(clause.text):
        return ""
    own = said_in(clause)
    if own.size < 2:
        return ""
    is_seen = not _cites_a_hint(sources) and any(_is_seen(own, each.hint) for each in waiting)
    if (is_seen or _is_so_now(own, clause, sources, everything)) and not _is_told(own, sources):
        return clause.text
    return ""


def _is_so_now(own: Said, clause: Clause, sources: Sources, everything: Everything) -> bool:
    """Return whether it says how something is since the fix was applied."""
    if isinstance(sources, Everything) or own.denies_or_fails or not _NOW.search(clause.text):
        return False
    return named_fix(clause, everything) is None


def _is_told(own: Said, sources: Sources) -> bool:
    """Return whether one statement has most of it, be it in several clauses."""
    if is_carried(own, sources):
        return True
    texts: list[frozenset[str]] = sources.once("texts", _ideas_of_texts)
    return any(share(list(own.by_word), each) >= MOSTLY for each in texts)


def _ideas_of_texts(sources: Sources) -> list[frozenset[str]]:
    return [ideas_in(each.statement.text) for each in sources.found]


def _is_seen(own: Said, hint: str) -> bool:
    """Return whether this is what shows that the fix worked."""
    return any(own.share_in(said) >= SEEN and not own.contradicts(said) for said in said_in_text(hint))


def _cites_a_hint(sources: Sources) -> bool:
    if isinstance(sources, Everything):
        return False
    return any(each.statement.kind == StatementKind.HINT for each in sources.found)
