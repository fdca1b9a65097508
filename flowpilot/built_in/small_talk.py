"""Recognizes messages that say nothing about a problem: greetings, thanks, and the wish for another fix."""

from enum import Enum, auto

from flowpilot.built_in.phrases import is_only
from flowpilot.language import Words, words_of


class Kind(Enum):
    GREETING = auto()
    THANKS = auto()
    NEXT = auto()


PHRASES: dict[Kind, tuple[str, ...]] = {
    Kind.GREETING: (
        *("hi", "hello", "hey", "hey there", "hi there", "good morning", "good afternoon", "good evening", "morning"),
        *("hallo", "moin", "servus", "guten morgen", "guten tag", "guten abend", "grüß gott", "grüezi"),
    ),
    Kind.THANKS: (
        *("thanks", "thank you", "thx", "ty", "cheers", "great", "perfect", "awesome", "nice", "ok", "okay", "cool"),
        *("danke", "danke schön", "vielen dank", "dankeschön", "super", "perfekt", "prima", "alles klar", "merci"),
    ),
    Kind.NEXT: (
        *("next", "next one", "next fix", "what next", "whats next", "what now", "now what", "anything else"),
        *("something else", "another one", "another idea", "any other idea", "any other ideas", "other ideas", "more"),
        *("what else", "try something else", "next idea", "any ideas", "what else can i try", "what can i try next"),
        *(
            "suggest another",
            "suggest another fix",
            "another fix",
            "another suggestion",
            "and now",
            "go on",
            "continue",
        ),
        *("weiter", "und jetzt", "was jetzt", "was nun", "was noch", "nächste", "nächster", "nächstes", "noch was"),
        *("nächster vorschlag", "noch eine idee", "andere idee", "sonst noch was", "sonst noch etwas", "etwas anderes"),
        *("was als nächstes", "anderer vorschlag", "nächste idee", "noch etwas", "was kann ich noch versuchen"),
    ),
}
BESIDES = frozenset(
    words_of(
        "please pls flowpilot and so then well ok okay a the for you very much all your help is there do have got us "
        "to try it give me one team bitte und dann na gut mal für die hilfe sehr haben wir hast du noch es gibt"
    )
)
LONGEST = 12
"""Words of a message that can be small talk."""

_PHRASES: dict[Kind, tuple[Words, ...]] = {
    kind: tuple(words_of(phrase) for phrase in phrases) for kind, phrases in PHRASES.items()
}


def small_talk(text: str) -> Kind | None:
    """Return what the whole message is, or None when it says more than that."""
    words = words_of(text)
    if not words or len(words) > LONGEST:
        return None
    for kind in (Kind.NEXT, Kind.THANKS, Kind.GREETING):
        phrases = [phrase for known in Kind if known.value <= kind.value for phrase in _PHRASES[known]]
        if is_only(words, phrases, BESIDES) and not is_only(words, _besides(kind), BESIDES):
            return kind
    return None


def _besides(kind: Kind) -> list[Words]:
    return [phrase for known in Kind if known.value < kind.value for phrase in _PHRASES[known]]


def asks_for_next(text: str) -> bool:
    """Return whether the last sentence asks for another fix: "no luck, what next?"."""
    last = (
        text.replace(",", ".").replace("?", ".").replace("!", ".").replace(";", ".").rstrip(". \n").rpartition(".")[2]
    )
    return small_talk(last) is Kind.NEXT
