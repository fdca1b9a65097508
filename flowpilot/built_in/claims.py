"""Leaves out what a text doesn't claim: its questions, and what somebody isn't sure of. English and German."""

import re

from flowpilot.language import Words, words_of

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|[.!?](?=\S)|\n|$)")
_CLAUSE_END = re.compile(r"[.,;:!?](?=\s|$)|[\n;()?!]|\s[-–—]+\s")

HEDGES = """
    not sure, unsure, dont know, do not know, doesnt know, does not know, no idea, no clue, maybe, perhaps, probably,
    possibly, i think, i guess, i believe, i suppose, i assume, hard to say, hard to tell, cant say, cannot say,
    cant tell, cannot tell, it depends, sometimes, might, could be, should be, unclear, whether, i wonder, wondering,
    didnt check, did not check, havent checked, have not checked, hasnt checked, not checked, not tested,
    havent tested, not tried, havent tried, will check, ill check, going to check, have to check, need to check,
    must check, let me, ill look, ill ask, will ask, have to ask, checking, one moment, one sec,
    keine ahnung, weiß nicht, weiß ich nicht, weiß es nicht, wissen wir nicht, nicht sicher, unsicher, vielleicht,
    vermutlich, wahrscheinlich, möglicherweise, eventuell, glaube, glaub, denke, schätze, manchmal, mal so mal so,
    kommt darauf an, kommt drauf an, schwer zu sagen, kann ich nicht sagen, nicht geprüft, nicht getestet,
    nicht probiert, nicht nachgesehen, nicht geschaut, muss ich prüfen, muss ich schauen, muss schauen,
    schaue nach, schau nach, schaue mal, mal schauen, prüfe ich, ich prüfe, ich frage, frage nach, moment, ob, unklar
"""
_HEDGES: dict[str, list[Words]] = {}
"""Phrases by their first word: a long conversation has many words, and few of them begin one."""
for _words in map(words_of, HEDGES.split(",")):
    _HEDGES.setdefault(_words[0], []).append(_words)

_QUESTION = re.compile(
    r"^(?:and |but |so |then |ok |okay |und |aber |dann )*(?:"
    r"(?:do|does|did|can|could|should|shall|would|will|is|are|was|were|has|have|must) (?:you|i|we|it|he|she|they|the)\b"
    r"|(?:where|how|what|which|why)(?: exactly)?(?: (?:do|does|did|can|could|should|would|will|to|is|are|now)\b|$)"
    r"|(?:wo|wie|woran|warum|weshalb|woher|wann|was|welche[rs]?|wer)(?: .*\b(?:ich|man|wir|sie|du|das)\b|$)"
    r"|(?:soll|muss|kann|meinen|meinst|meint|heisst|ist|geht|gibt|hat) (?:ich|du|wir|man|das|es|ihr)\b"
    r"|(?:meinen|wissen|sehen|können|haben) sie\b)"
)
"""How a question begins that nobody ended with a question mark."""
_OPENER = re.compile(
    r"^(?:and |but |so |then |or |und |aber |oder )*(?:do|does|did|can|could|should|shall|would|will|is|are|was|were|"
    r"has|have|must|where|how|what|which|why|when|who|any|wo|wie|was|woran|warum|wann|wer|welche[rs]?|ist|sind|geht|"
    r"gehen|kann|können|soll|muss|hat|haben|meinen|meinst|meint|heisst|gibt|wird)\b"
)


def clauses(text: str) -> list[str]:
    """Cut a text at commas, full stops, dashes, and line ends; nothing empty."""
    return [part.strip() for part in _CLAUSE_END.split(text) if part.strip()]


def is_hedged(clause: str) -> bool:
    """Return whether somebody isn't sure of it, doesn't know it, or has yet to look."""
    words = words_of(clause)
    return any(
        words[place : place + len(phrase)] == phrase
        for place, word in enumerate(words)
        for phrase in _HEDGES.get(word, ())
    )


def is_question(clause: str) -> bool:
    """Return whether the clause begins as a question does, with or without its mark."""
    return bool(_QUESTION.search(_folded(clause)))


def claims(text: str) -> str:
    """Return the clauses of a text that claim something, one a line; the text itself if all of them do."""
    kept: list[str] = []
    whole = True
    for sentence in _SENTENCE.findall(text):
        parts = clauses(sentence)
        asked = _where_it_asks(parts) if "?" in sentence else len(parts)
        claimed = [part for part in parts[:asked] if not is_hedged(part) and not is_question(part)]
        whole = whole and len(claimed) == len(parts)
        kept += claimed
    return text if whole else "\n".join(kept)


def _where_it_asks(parts: list[str]) -> int:
    """Return from which clause on a sentence with a question mark is a question: its last at the latest."""
    openers = [at for at, part in enumerate(parts) if _OPENER.search(_folded(part))]
    if any(_folded(parts[at]).startswith(("or ", "oder ")) for at in openers):
        return 0
    return openers[0] if openers else max(len(parts) - 1, 0)


def _folded(text: str) -> str:
    return " ".join(words_of(text))
