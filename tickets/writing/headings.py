"""The headings of texts, by the key of their section, in every language (docs/texts.md)."""

from tickets.models.text import Kind, Language

HEADINGS: dict[tuple[Kind, Language], dict[str, str]] = {
    (Kind.NOTE, Language.ENGLISH): {
        "problem": "Problem",
        "confirmed": "What we confirmed",
        "root_cause": "Root cause",
        "resolution": "Resolution",
    },
    (Kind.NOTE, Language.GERMAN): {
        "problem": "Problem",
        "confirmed": "Was wir festgestellt haben",
        "root_cause": "Ursache",
        "resolution": "Lösung",
    },
    (Kind.PACKAGE, Language.ENGLISH): {
        "problem": "Problem",
        "confirmed": "What we’ve confirmed",
        "tried": "What we’ve tried",
        "hypothesis": "Current hypothesis",
        "next_steps": "Suggested next steps",
    },
    (Kind.PACKAGE, Language.GERMAN): {
        "problem": "Problem",
        "confirmed": "Was wir festgestellt haben",
        "tried": "Was wir versucht haben",
        "hypothesis": "Aktuelle Hypothese",
        "next_steps": "Vorgeschlagene nächste Schritte",
    },
}
"""A text has all of its sections, in this order."""

MARKS: dict[Language, dict[str, str]] = {
    Language.ENGLISH: {"provisional": "provisional", "awaiting": "awaiting verification"},
    Language.GERMAN: {"provisional": "vorläufig", "awaiting": "Prüfung steht aus"},
}
"""`Section.mark` → the words in brackets after the heading."""

QUESTION: dict[Language, str] = {
    Language.ENGLISH: "Question for whoever takes over:",
    Language.GERMAN: "Frage an die übernehmende Person:",
}
NOT_DESCRIBED: dict[Language, str] = {Language.ENGLISH: "Not described:", Language.GERMAN: "Nicht beschrieben:"}
GAPS_NAMED: dict[Language, dict[str, str]] = {
    Language.ENGLISH: {
        "impact": "the impact",
        "access": "how to get access",
    },
    Language.GERMAN: {
        "impact": "die Auswirkung",
        "access": "der Zugang",
    },
}
"""Key of a gap (`tickets.gaps`) → its name after *Not described*. Of the others, sections say that they are empty."""
