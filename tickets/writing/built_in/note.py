"""The resolution note, which the customer reads."""

from tickets.bundle import Bundle
from tickets.models.text import Kind, Language
from tickets.writing.document import Block, Document, Item, Section, Sentence


def note(bundle: Bundle, language: Language) -> Document:
    problem = Sentence(
        bundle.problem or bundle.title, ("session:problem_summary" if bundle.problem else "session:title",)
    )
    facts = [Item((Sentence(bundle.statements[each].text, (each,)),)) for each in bundle.facts]
    cause = bundle.inputs.root_cause
    cause_said = (
        Sentence(cause, ("input:root_cause",)) if cause else Sentence("No cause was established.", is_fixed=True)
    )
    tried = [
        Sentence(
            f"{each.title}: {each.status.label}.",
            tuple(outcome.cites for outcome in each.outcomes) or (each.suggested,),
        )
        for each in bundle.attempts
    ] or [Sentence("No fix was tried.", is_fixed=True)]
    is_provisional = bool(bundle.awaiting)
    return Document(
        Kind.NOTE,
        language,
        (
            Section("problem", "Problem", (_paragraph(problem),)),
            Section(
                "confirmed",
                "What we confirmed",
                (Block("bullets", tuple(facts)),)
                if facts
                else (_paragraph(Sentence("Nothing was recorded here.", is_fixed=True)),),
            ),
            Section("root_cause", "Root cause", (_paragraph(cause_said),)),
            Section("resolution", "Resolution", (_paragraph(*tried),), "provisional" if is_provisional else ""),
        ),
        is_provisional=is_provisional,
    )


def _paragraph(*sentences: Sentence) -> Block:
    return Block("paragraph", (Item(sentences),))
