"""The words of a text, and whether they are English or German: the small words that a text is full of tell it."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Language = Literal["en", "de"]
Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """Return the words of a text as they are compared: folded, without punctuation and apostrophes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(re.findall(r"[^\W_]+", folded.replace("’", "").replace("'", "")))


ENGLISH = frozenset(
    words_of(
        "the a an is are was were it its this that these to of in on at for with from and or but not no yes she he "
        "they her his their we you i my our be been has have had do does did can cannot since when what next now "
        "still after every thanks thank hello hi please ok anything else works doesnt didnt cant wants keeps"
    )
)
GERMAN = frozenset(
    words_of(
        "der die das den dem des ein eine einen einem einer ist sind war waren es dies diese dieser und oder aber "
        "nicht kein keine nein ja sie er wir ihr ich mein unser hat haben hatte kann können seit wenn was noch nach "
        "jeden bei mit von aus auf für zu zum zur im am beim wird werden danke hallo bitte geht gehen weiter immer "
        "alle auch nur schon mehr sich dass funktioniert klappt moin servus guten tag"
    )
)


def language_of(texts: Iterable[str]) -> Language | None:
    """Return the language of the first of these texts that tells it; None when none does."""
    for text in texts:
        words = words_of(text[:5_000])
        english, german = (sum(word in known for word in words) for known in (ENGLISH, GERMAN))
        if english != german:
            return "de" if german > english else "en"
        if not english and re.search("[äöüß]", text[:5_000].casefold()):
            return "de"
    return None
