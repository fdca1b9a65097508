"""Cuts a sentence into clauses, and tells which of them are negated or only supposed."""

import re
from dataclasses import dataclass
from functools import cached_property

from tickets.honesty import lexicon_english, lexicon_german
from tickets.honesty.concepts import names_of
from tickets.honesty.tokens import Token
from tickets.honesty.word_sets import words

_BREAKS = frozenset(",;:.!?–—…\n`")
CONJUNCTIONS = lexicon_english.CONJUNCTIONS | lexicon_german.CONJUNCTIONS
SUPPOSING = (
    lexicon_english.SUPPOSING | lexicon_german.SUPPOSING | lexicon_english.CONDITIONS | lexicon_german.CONDITIONS
)
LIMITS = lexicon_english.LIMITS | lexicon_german.LIMITS
CONDITIONS = lexicon_english.CONDITIONS | lexicon_german.CONDITIONS | LIMITS
NEGATIONS = lexicon_english.NEGATIONS | lexicon_german.NEGATIONS
_OPEN = re.compile(f"{lexicon_english.OPEN_PHRASES}|{lexicon_german.OPEN_PHRASES}")
_SURE = re.compile(lexicon_english.SURE_PHRASES)
ORDERS = lexicon_english.ORDERS
_BEFORE_ORDERS = frozenset({"to", "and", "then", "please", "will", "must"})
_ONLY, _LATER = frozenset({"only", "erst"}), frozenset(["after", "when", "nach"])
"""Together: "only after the restart"."""
LEADS = words("after following with by through since on at in nach mit durch dank seit infolge am um bei seitdem")
GOVERNED = frozenset({"that", "dass", "which", "how"})
"""A clause that begins so hangs on the one before it: "we expect that …"."""


@dataclass(frozen=True)
class Clause:
    """`is_supposed`: it isn't claimed, because of "whether", "should", "until" …"""

    tokens: list[Token]
    is_supposed: bool

    @cached_property
    def words(self) -> list[str]:
        return [token.folded for token in self.tokens]

    @cached_property
    def ideas(self) -> frozenset[str]:
        return names_of(self.tokens)

    @cached_property
    def text(self) -> str:
        return " ".join(self.words)

    @cached_property
    def negations(self) -> list[int]:
        """The positions of words that negate; "not only" and "no longer" don't."""
        words = [*self.words, "", ""]
        return [at for at, word in enumerate(words[:-2]) if _negates(word, words[at + 1])]


def _negates(word: str, following: str) -> bool:
    if word in {"not", "nicht"}:
        return following not in {"only", "nur", "mehr", "just", "bloß"}
    if word == "no":
        return following not in {"longer", "more", "doubt", "later"}
    return word in NEGATIONS


def clauses_of(tokens: list[Token]) -> list[Clause]:
    """Return the clauses of a sentence in their order."""
    parts: list[list[Token]] = []
    for at, token in enumerate(tokens):
        if not parts or (_begins_a_clause(token, tokens[at - 1]) and not _leads(parts, token)):
            parts.append([])
        parts[-1].append(token)
    found: list[Clause] = []
    for part in parts:
        words = [token.folded for token in part]
        found.append(Clause(part, _is_supposed(part[0].before, words, found)))
    return found


def _begins_a_clause(token: Token, earlier: Token) -> bool:
    is_ordinal = token.before == ". " and earlier.folded.isdecimal() and len(earlier.folded) < 3  # "18. November"
    return bool(set(token.before) & _BREAKS and not is_ordinal) or token.folded in CONJUNCTIONS


def _leads(parts: list[list[Token]], token: Token) -> bool:
    """Return whether the clause so far only says when or how, and goes on: "After the restart, …"."""
    if len(parts) > 1 or token.before.strip() != "," or parts[0][0].folded not in LEADS:
        return False
    return token.folded not in LEADS | CONJUNCTIONS


def _is_supposed(before: str, words: list[str], earlier: list[Clause]) -> bool:
    text = _SURE.sub("", " ".join(words))
    if (
        not SUPPOSING.isdisjoint(text.split())
        or _OPEN.search(text)
        or not LIMITS.isdisjoint(words[: 1 + (words[0] in CONJUNCTIONS)])
    ):
        return True
    if any(word in ORDERS and (at == 0 or words[at - 1] in _BEFORE_ORDERS) for at, word in enumerate(words)):
        return True
    if not _ONLY.isdisjoint(words) and not _LATER.isdisjoint(words):
        return True
    if not earlier:
        return False
    hangs = words[0] in GOVERNED and (
        earlier[-1].is_supposed or (words[0] in {"that", "dass"} and bool(earlier[-1].negations))
    )
    follows_a_condition = len(earlier) == 1 and before.startswith(",") and earlier[0].words[0] in CONDITIONS
    return hangs or follows_a_condition
