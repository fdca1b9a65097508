"""What a phrase can say: something about an outcome (Signal), or that the words around it aren't one (Guard)."""

from enum import Enum, auto


class Signal(Enum):
    WORKED = auto()
    WORKS = auto()
    """Something works, perhaps not what the fix is about: "webmail works". Counts beside other signals only."""
    FAILED = auto()
    FAILS = auto()
    """Something doesn't work, perhaps the problem itself: "scanning doesn't". Counts beside other signals only."""
    PARTLY = auto()
    SOME = auto()
    """An amount or an exception: "3 of 5 users", "not over VPN". Beside something that works it says partly."""
    BUT = auto()
    """Beside something that works and something that doesn't it says partly."""
    WAITING = auto()
    UNPROVEN = auto()
    """Beside something that works it says that this can't be told yet: "so far", "not tested"."""
    NOTHING = auto()
    """Words that look like a signal and aren't one: "let me know if it works"."""


class Guard(Enum):
    QUESTION = auto()
    """What follows is asked."""
    ABOUT_THE_PROBLEM = auto()
    """The sentence tells of the problem: "5 of 20 users are affected"."""
    CONDITION = auto()
    """What follows is supposed, not said: "if that works"."""
    WHETHER = auto()
    """What follows isn't known: "whether it helps". It can be waited for."""
    PAST = auto()
    """The sentence tells of another time: "it worked until this morning"."""
    QUOTE = auto()
    """What follows is what somebody else says: "the vendor claims"."""
    PLAN = auto()
    """What follows is not done yet: "I'll try that"."""
    HEDGE = auto()
    """The sentence is a guess: "maybe that did it", "that did it, I think"."""
    OTHER_CAUSE = auto()
    """It works for another reason, or something else works: "by itself", "that was the other ticket"."""


Kind = Signal | Guard
