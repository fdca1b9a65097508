"""What the built-in copilot says, in the language of the engineer's last message."""

from flowpilot.language import Language

SENTENCES: dict[str, dict[Language, str]] = {
    # outcomes
    "applied_success": {
        "en": "Good. Shall I record that “{title}” worked? Confirm it below.",
        "de": "Gut. Soll ich festhalten, dass „{title}“ geholfen hat? Bestätigen Sie es unten.",
    },
    "applied_failed": {
        "en": "Then “{title}” wasn’t it. Confirm that it didn’t work and ask for the next; I won’t suggest it again.",
        "de": "Dann war es „{title}“ nicht. Bestätigen Sie, dass es nicht geholfen hat, und fragen Sie nach dem "
        "nächsten Vorschlag; diesen mache ich hier nicht noch einmal.",
    },
    "applied_partial": {
        "en": "Then “{title}” partly worked. Confirm it, and tell me what still doesn’t work.",
        "de": "Dann hat „{title}“ teilweise geholfen. Bestätigen Sie es, und sagen Sie mir, was noch nicht geht.",
    },
    "applied_pending": {
        "en": "Then it can’t be verified yet. Shall I mark “{title}” as waiting?",
        "de": "Dann lässt es sich noch nicht prüfen. Soll „{title}“ als wartend gelten?",
    },
    "applied_pending_until": {
        "en": "Then it can’t be verified yet. Shall I mark “{title}” as waiting until {at}?",
        "de": "Dann lässt es sich noch nicht prüfen. Soll „{title}“ bis {at} als wartend gelten?",
    },
    "confirm": {
        "en": "Confirm it below, please: I only propose outcomes.",
        "de": "Bestätigen Sie es bitte unten: Ich schlage Ergebnisse nur vor.",
    },
    # small talk
    "greeting": {
        "en": "Hello. What is the problem, who has it, and what exactly does the screen say?",
        "de": "Hallo. Was ist das Problem, wer hat es, und was genau steht auf dem Bildschirm?",
    },
    "thanks": {"en": "You’re welcome.", "de": "Gern geschehen."},
    "thanks_open": {
        "en": "You’re welcome. Tell me how “{title}” went.",
        "de": "Gern geschehen. Sagen Sie mir, ob „{title}“ geholfen hat.",
    },
    # a fix is open
    "current_applied": {
        "en": "Before I suggest something else: did “{title}” work? You can also ask for the next one.",
        "de": "Bevor ich etwas anderes vorschlage: Hat „{title}“ geholfen? Sie können auch nach dem nächsten fragen.",
    },
    "current_waiting": {
        "en": "“{title}” is still awaiting verification. Tell me how it went, or ask for the next one.",
        "de": "„{title}“ wartet noch auf Prüfung. Sagen Sie mir, ob es geholfen hat, oder fragen Sie "
        "nach dem nächsten.",
    },
    "current_proposed": {
        "en": "“{title}” still fits best. Try it and tell me how it went, or ask for the next one.",
        "de": "„{title}“ passt weiter am besten. Versuchen Sie es und sagen Sie mir, ob es geholfen hat, oder "
        "fragen Sie nach dem nächsten.",
    },
    # questions
    "two": {
        "en": "It could be one of two: “{first}” or “{second}”. {ask}",
        "de": "Zwei kommen infrage: „{first}“ oder „{second}“. {ask}",
    },
    # proposals
    "again": {
        "en": "I suggested this before; now it fits best.",
        "de": "Das habe ich schon einmal vorgeschlagen; jetzt passt es am besten.",
    },
    "again_as_last": {
        "en": "Nothing else fits, so I suggest this again.",
        "de": "Sonst passt nichts, deshalb schlage ich das noch einmal vor.",
    },
    "from_session": {
        "en": "This is like {name}, where “{title}” worked.",
        "de": "Das ähnelt {name}; dort hat „{title}“ geholfen.",
    },
    "from_session_partly": {
        "en": "This is like {name}, where “{title}” partly worked.",
        "de": "Das ähnelt {name}; dort hat „{title}“ teilweise geholfen.",
    },
    "from_playbook": {
        "en": "This fits the playbook “{problem}”: {title}.",
        "de": "Das passt zur Anleitung „{problem}“: {title}.",
    },
    "from_template": {
        "en": "There is a script for this: {title}.",
        "de": "Dafür gibt es ein Skript: {title}.",
    },
    "because": {"en": "Words that match: {words}.", "de": "Übereinstimmende Wörter: {words}."},
    "untried": {
        "en": "Your team hasn’t recorded an outcome of it yet.",
        "de": "Ihr Team hat dazu noch kein Ergebnis festgehalten.",
    },
    # nothing fits
    "nothing": {
        "en": "I know nothing that fits yet. I looked for {words}.",
        "de": "Dazu kenne ich noch nichts, was passt. Gesucht habe ich nach {words}.",
    },
    "nothing_fits_well": {
        "en": "Nothing that I know fits well. The nearest is “{title}”, but it has no more in common than: {words}.",
        "de": "Nichts, was ich kenne, passt gut. Am nächsten kommt „{title}“, gemeinsam ist aber nur: {words}.",
    },
    "new_code": {
        "en": "{codes} is new here and looks like another problem; I know no fix for it. “{title}” was suggested for "
        "what you said before. What were you doing when it came up?",
        "de": "{codes} ist hier neu und sieht nach einem anderen Problem aus; dafür kenne ich keine Lösung. „{title}“ "
        "war der Vorschlag zu dem, was Sie vorher geschrieben haben. Wobei tritt es auf?",
    },
    "nothing_to_look_for": {
        "en": "There is nothing in it yet that I could look for.",
        "de": "Darin ist noch nichts, wonach ich suchen könnte.",
    },
    "nothing_more": {
        "en": "I have nothing else that fits.",
        "de": "Ich habe nichts weiter, was passt.",
    },
    "detail-message": {
        "en": "What exactly does the error message say, with its code?",
        "de": "Was genau sagt die Fehlermeldung, mit ihrem Code?",
    },
    "detail-change": {
        "en": "Since when is it so, and what changed just before: an update, a password, a device, the network?",
        "de": "Seit wann ist es so, und was war kurz davor anders: ein Update, ein Kennwort, ein Gerät, das Netz?",
    },
    "detail-scope": {
        "en": "Who is affected, one person or device or everybody, and in which program?",
        "de": "Wer ist betroffen, eine Person oder ein Gerät oder alle, und in welchem Programm?",
    },
    "detail-none": {
        "en": "Write down what you find out; when you have a fix, record it, and next time I know it. Or escalate.",
        "de": "Schreiben Sie auf, was Sie herausfinden; ist die Lösung da, halten Sie sie fest, dann kenne ich sie "
        "beim nächsten Mal. Oder eskalieren Sie.",
    },
}


def say(key: str, language: Language, **values: object) -> str:
    return SENTENCES[key][language].format(**values)
