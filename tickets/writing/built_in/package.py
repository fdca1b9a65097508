"""The escalation package, which the next engineer reads."""

from tickets.bundle import Bundle
from tickets.models.text import Kind, Language
from tickets.writing.document import Block, Document, Item, Section, Sentence


def package(bundle: Bundle, language: Language) -> Document:
    problem = Sentence(
        bundle.problem or bundle.title, ("session:problem_summary" if bundle.problem else "session:title",)
    )
    facts = [Item((Sentence(bundle.statements[each].text, (each,)),)) for each in bundle.facts]
    tried = [
        Item(
            (
                Sentence(
                    f"{each.status.label}.", tuple(outcome.cites for outcome in each.outcomes) or (each.suggested,)
                ),
            ),
            each.title,
            each.status,
        )
        for each in bundle.attempts
    ]
    nothing = _paragraph(Sentence("Nothing was recorded here.", is_fixed=True))
    awaiting = bundle.awaiting
    hypothesis = [Sentence(f"{each.title}.", (each.outcomes[-1].cites,)) for each in awaiting]
    return Document(
        Kind.PACKAGE,
        language,
        (
            Section("problem", "Problem", (_paragraph(problem),)),
            Section("confirmed", "What we’ve confirmed", (Block("bullets", tuple(facts)),) if facts else (nothing,)),
            Section("tried", "What we’ve tried", (Block("attempts", tuple(tried)),) if tried else (nothing,)),
            Section(
                "hypothesis",
                "Current hypothesis",
                (_paragraph(*hypothesis),) if hypothesis else (nothing,),
                "awaiting" if awaiting else "",
            ),
            Section("next_steps", "Suggested next steps", (nothing,)),
        ),
        question=bundle.inputs.question or "",
        is_provisional=bool(awaiting),
    )


def _paragraph(*sentences: Sentence) -> Block:
    return Block("paragraph", (Item(sentences),))
