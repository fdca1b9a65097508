"""Words that engineers use for any problem, so that they tell none from another. They are not searched for.

The stop words of English and German, which the database leaves out, are not repeated here.
"""

import re

ENGLISH = (
    "please pls thanks thank hi hello hey help problem problems issue issues trouble today yesterday tomorrow morning"
    " afternoon evening night week weeks day days hour hours minute minutes second seconds sec min month months monday"
    " tuesday wednesday thursday friday since now still again always already anymore anyway away also maybe perhaps"
    " somebody someone anybody anyone something anything need needs needed want wants wanted say says said saying get"
    " gets got getting keep keeps kept see sees seen look looks like try tries tried trying last first next old since"
    " suddenly just even really very much many lot can could would should might must going goes gone done went come"
    " comes came know knows think time times way thing things else another other one two back make makes made"
    " starter joiner broken"
)
GERMAN = (
    "bitte danke hallo moin hilfe problem probleme heute gestern morgen morgens woche wochen tag tage tagen stunde"
    " stunden minute minuten sekunde sekunden monat montag dienstag mittwoch donnerstag freitag seit jetzt immer wieder"
    " schon nochmal mal bereits plötzlich auch vielleicht jemand niemand etwas brauche braucht brauchen möchte will"
    " sagt sagen steht kommt kommen gekommen geht gehen ging gibt geben letzte letzten letzter erste nächste ganz sehr"
    " viel viele leider eben gerade ständig dauernd meldung kollege kollegin kollegen mitarbeiter mitarbeiterin"
    " kaputt defekt"
)
_WORD = re.compile(r"[^\W\d_]+")
_NOISE = frozenset(_WORD.findall(f"{ENGLISH} {GERMAN}"))


def without_noise(text: str) -> str:
    """Return the text with these words replaced by nothing; all else stays as it was."""
    return _WORD.sub(lambda word: "" if word[0].casefold() in _NOISE and _stands_alone(text, word) else word[0], text)


def _stands_alone(text: str, word: re.Match[str]) -> bool:
    """Whether the word is no part of a longer one, such as a host's or a file's name."""
    before, after = text[max(0, word.start() - 1) : word.start()], text[word.end() : word.end() + 1]
    return not re.match(r"[\w.\\/@-]", before) and not re.match(r"[\w\\/@-]", after)
