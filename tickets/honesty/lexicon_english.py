"""English words of the honesty check, as data. The patterns are searched in clauses in lower case, without signs."""

from tickets.honesty.word_sets import words

CONJUNCTIONS = words("and but so while whereas although though because since which who")
CONDITIONS = words("if whether unless once assuming provided")
LIMITS = words("until till before pending")
"""Conditions at the beginning of a clause; elsewhere they go with a time."""
SUPPOSING = words(
    """
        should could may might would expect expects expected hope hopes hopefully presumably probably perhaps
        likely suspect suspected assume assumed unverified unconfirmed unclear unknown remains awaiting await
        awaits waiting verify check test confirm see
        """
)
NEGATIONS = words(
    """
        not no never none nobody nothing neither nor cannot can't couldn't isn't aren't wasn't weren't hasn't
        haven't hadn't don't doesn't didn't won't wouldn't without yet hardly unable
        """
)
_WORKS = (
    r"works?|working|functions?|functioning|runs|running|prints?|printing|rings?|ringing|syncs?|syncing|connects?|"
    r"connected|connecting|signs? in|sign in|signing in|logs? in|log in|log on|sends?|receives?|arriv(?:e|es|ing)|"
    r"deliver(?:s|ed)|starts|opens?|available|online|reachable|accessible|usable|loads?|responds?|responding|join|joins|"
    r"readable|normal|normally|fine|stable|replicat(?:es|ing)|open new|print|access"
)
_FAULTS = (
    r"occurs?|occurring|appears?|happens?|asks?|asked|prompts?|prompted|fails?|failing|crash(?:es|ing)?|freez(?:es|e|ing)|"
    r"hangs?|drops?|dropping|dropped|disconnects?|disconnecting|errors?|complains?|loops?|locked|rejected|bounces?|"
    r"bouncing|returned|refuses?|blocked|aborts?|slow|affected|blank|stuck|interrupted"
)
WHOLE = r"\b(?:all|every|everyone|everything|entire|whole|completely|fully|both)\b"
"""With one of these words, closure is about more than the part that worked."""

CLOSURE = (
    r"\b(?:resolved|solved|fixed|repaired|remedied|cured|rectified|restored|mended)\b",
    r"\b(?:fixes|resolves|solves|cures|repairs|restores) (?:the|it|this|that|her|his|their|our|all|every|both)\b",
    r"\b(?:will|did|to have) (?:fix|resolve|solve|cure|repair|restore)\b",
    r"\bsorted(?: out)?\b",
    r"\b(?:ticket|case|issue|problem|incident|matter|fault)s? (?:is|are|was|has been|can be|now) (?:now )?"
    r"(?:closed|done|over|gone|history|settled|a thing of the past)\b",
    rf"\b(?:{_WORKS})(?: \w+){{0,3}} again\b",
    rf"\bagain(?: \w+){{0,1}} (?:{_WORKS})\b",
    r"\bback (?:to normal|online|up|in service|in operation|in business|to work(?:ing)?|in working order)\b",
    r"\b(?:up and running|all good|all is well|good as new|in working order|"
    r"working (?:normally|correctly|properly|fine|as expected|now)|"
    r"works (?:now|fine now|normally|properly|as expected|as it should))\b",
    r"\bnow (?:works?|working|functions?|prints?|syncs?|connects?|signs in|reachable|online|available|succeeds?)\b",
    rf"\b(?:no longer|no more)(?: \w+){{0,2}} (?:{_FAULTS})\b",
    rf"\bno (?:more|further)(?: \w+)? (?:{_FAULTS}|problems?|issues?|prompts?|lockouts?|interruptions?)\b",
    rf"\b(?:{_FAULTS})(?: \w+){{0,3}} any ?more\b",
    rf"\b(?:stopped|ceased|ended|quit) (?:{_FAULTS}|occurring|appearing|asking|crashing|failing|happening|prompting)\b",
    r"\b(?:lockouts?|prompts?|errors?|drops?|crashes|bounces?|interruptions?|failures?|problems?|issues?) (?:\w+ )?"
    r"(?:has|have|had)? ?(?:now )?(?:stopped|ceased|ended|disappeared|gone|vanished|went away)\b",
    r"\b(?:did the trick|put right|took care of|dealt with|eliminated|overcome|cleared up)\b",
)
HELPED = (
    r"\b(?:helped|worked|succeeded|was successful|was a success|was effective|proved effective|made the difference)\b",
)
"""Closure when it is said of a fix: "the restart worked"."""

CONFIRMED = (
    r"\b(?:confirmed|verified|successful|successfully|succeeded|completed|finished|done|complete|proven|validated)\b",
)
"""Closure when the sentence rests on a fix that isn't verified."""
