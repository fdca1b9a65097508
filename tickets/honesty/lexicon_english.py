"""English words of the honesty check, as data. The patterns are searched in clauses in lower case, without signs."""

from tickets.honesty.word_sets import words

CONJUNCTIONS = words("and but so while whereas although though because which who")
CONDITIONS = words("if whether unless once assuming provided")
LIMITS = words("until till before pending")
"""Conditions at the beginning of a clause; elsewhere they go with a time."""
SUPPOSING = words(
    """
        should could may might would expect expects expected hope hopes hopefully presumably probably perhaps
        likely suspect suspected assume assumed unverified unconfirmed unclear unknown remains awaiting await
        awaits waiting
        """
)
OPEN_PHRASES = (
    r"\b(?:has|have|needs?) to\b|\bmust\b|"
    r"\btoo early\b|\bno way to tell\b|\bcan't say\b|\bcannot say\b|\bto be (?:seen|confirmed|verified|checked|"
    r"tested|proven|determined|decided|done)\b|\bstill (?:pending|open|outstanding)\b"
)
SURE_PHRASES = r"\bonce (?:more|again)\b|\bat once\b|\bas (?:it|they|she|he) should\b|\bas (?:is )?expected\b"
"""Their "should" and "expected" suppose nothing."""
ORDERS = words("verify check test confirm see")
"""At the beginning of a clause, or after "to": something still to be done."""
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

_TROUBLE = (
    r"prompts?|problems?|issues?|errors?|faults?|symptoms?|lockouts?|drops?|crash(?:es)?|bounces?|interruptions?|failures?|"
    r"disconnects?|delays?|messages?|warnings?|outages?|loops?|pop-?ups?|slowness|timeouts?"
)
CLOSURE = (
    r"\b(?:resolved|solved|fixed|repaired|remedied|cured|rectified|restored|mended|resumed)\b",
    r"\b(?:fixes|resolves|solves|cures|repairs|restores) (?:the|it|this|that|her|his|their|our|all|every|both)\b",
    r"\b(?:will|did|to have) (?:fix|resolve|solve|cure|repair|restore)\b",
    r"\b(?:sorted(?: out)?|taken care of|took care of|dealt with|put right|did the (?:trick|job)|eliminated|overcome|"
    r"cleared up|non-issue|good to go)\b",
    r"\b(?:ticket|case|issue|problem|incident|matter|fault)s? (?:is|are|was|has been|can be|can now be|now) (?:now )?"
    r"(?:closed|done|over|gone|history|settled|a thing of the past)\b",
    rf"\b(?:{_WORKS})(?: \w+){{0,3}} (?:again|once more)\b|\bable to(?: \w+){{1,4}} again\b",
    r"(?<!was )(?<!were )(?<!been )(?<!be )\brun(?: \w+){0,4} again\b",
    rf"\bagain(?: \w+){{0,1}} (?:{_WORKS})\b",
    r"\bback (?:to normal|online|up|in service|in operation|in business|to work(?:ing)?|in working order)\b",
    r"\b(?:up and running|all good|all is well|good as new|in working order|as it should|like before)\b",
    r"\bworking (?:normally|correctly|properly|fine|as expected|now)\b",
    r"\bworks (?:now|fine now|normally|properly|as expected)\b",
    r"\bnow (?:works?|working|functions?|prints?|syncs?|connects?|signs in|reachable|online|available|stable)\b",
    r"\bcan(?: now)? \w+(?: \w+){0,4} (?:now|again|once more)\b|\bcan now \w+\b",
    r"\b(?:everything|all (?:systems|users|devices)|it|service) (?:is |are |now |all )*"
    r"(?:works?|working|fine|running|okay|ok)\b",
)
ABSENCE = (
    rf"\b(?:no longer|no more)(?: \w+){{0,2}} (?:{_FAULTS})\b",
    rf"\bno (?:more|further|new|other)(?: \w+)? (?:{_FAULTS}|{_TROUBLE})\b",
    rf"\b(?:not|n't|\w+n't)(?: \w+){{0,3}} (?:{_FAULTS})(?: \w+){{0,3}} (?:any ?more|since|again)\b",
    rf"\b(?:any ?more|since)\b(?: \w+){{0,4}} \w*n.t(?: \w+){{0,2}} (?:{_FAULTS})\b",
    rf"\b(?:stopped|ceased|ended|quit) (?:{_FAULTS}|occurring|appearing|asking|crashing|failing|happening|prompting)\b",
    rf"\b(?:{_TROUBLE})(?: \w+){{0,2}} (?:(?:has|have|had|is|are) )?(?:now )?(?:stopped|ceased|ended|disappeared|gone|"
    r"vanished|went away)\b",
    r"\b(?:not|n't|\w+n't|never|nor) (?:\w+ )?"
    r"(?:come back|came back|returned|reappeared|recurred|occurred|resurfaced)\b",
    rf"\b(?:without|free of) (?:any |further |more )?(?:further|more|recurrence|new) ?(?:{_TROUBLE})?",
)
"""Closure that denies the trouble: its own "no" or "not" is part of it."""

HELPED = (
    r"\b(?:helped|worked|succeeded|was successful|was a success|was effective|proved effective|made the difference)\b",
)
"""Closure when it is said of a fix: "the restart worked"."""

CONFIRMED = (
    r"\b(?:confirmed|verified|successful|successfully|succeeded|completed|finished|done|complete|proven|validated)\b",
    r"\b(?:works?|working|functions|functioning|operational|smoothly|normally|normal|properly|fine|healthy|stable|"
    r"passed|happy|satisfied|in order|no problems?|no issues?|no errors?|able to \w+|as usual)\b",
)
"""Closure when the sentence rests on a fix that isn't verified, and no source says it."""
