"""The honest sentence that is offered in place of closure about a fix that isn't verified."""

from datetime import datetime

from fixes.transitions import Status
from tickets.bundle import Attempt, Bundle
from tickets.honesty.times import ENGLISH_MONTHS, GERMAN_MONTHS
from tickets.models.text import Language

_SENTENCES = {
    (Status.PENDING, Language.ENGLISH): "This is provisional: “{title}” awaits verification",
    (Status.PENDING, Language.GERMAN): "Dies ist vorläufig: Die Prüfung von „{title}“ steht noch aus",
    (Status.PARTIAL, Language.ENGLISH): "“{title}” helped only in part",
    (Status.PARTIAL, Language.GERMAN): "„{title}“ hat nur zum Teil geholfen",
    (Status.FAILED, Language.ENGLISH): "“{title}” did not help",
    (Status.FAILED, Language.GERMAN): "„{title}“ hat nicht geholfen",
    (Status.DISMISSED, Language.ENGLISH): "“{title}” was not pursued",
    (Status.DISMISSED, Language.GERMAN): "„{title}“ wurde nicht weiterverfolgt",
    (Status.PROPOSED, Language.ENGLISH): "“{title}” was suggested; its outcome is not known",
    (Status.PROPOSED, Language.GERMAN): "„{title}“ wurde vorgeschlagen; das Ergebnis ist nicht bekannt",
}


def honest_sentence(attempt: Attempt, bundle: Bundle, language: Language) -> str:
    """Return what can be said of this fix, with its check-by."""
    sentence = _SENTENCES[attempt.status, language].format(title=attempt.title)
    check_by = attempt.outcome.check_by if attempt.outcome else None
    if attempt.status == Status.PENDING and check_by:
        sentence += _check_by(check_by.astimezone(bundle.zone), language)
    return f"{sentence}."


def _check_by(at: datetime, language: Language) -> str:
    if language == Language.GERMAN:
        return f", zu prüfen bis {at.day}. {GERMAN_MONTHS[at.month - 1]} {at.year}, {at:%H:%M} Uhr"
    return f", check by {at:%H:%M} on {at.day} {ENGLISH_MONTHS[at.month - 1]} {at.year}"
