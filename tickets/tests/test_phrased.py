"""What a model phrased stands in its slots; what the honesty check refuses is replaced by the built-in sentences."""

from tickets.models.text import Kind, Language
from tickets.tests.bundles import bundle_of
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown
from tickets.writing.slots import Slots, SlotSentence
from tickets.writing.writer import write

FACTS = ("no token: AzureAdPrt : NO", "webmail works")
MODEL = "kestrel-8b"
LIE = SlotSentence("The problem is resolved.", ("session:problem_summary",))


def _written(*states: str, kind: Kind = Kind.NOTE, **slots: tuple[SlotSentence, ...]) -> Document:
    return write(bundle_of(*states, facts=FACTS), kind, Language.ENGLISH, Slots(MODEL, slots))


def _told(document: Document, key: str) -> list[list[tuple[str, str, bool]]]:
    """Each item's sentences: text, writer, and whether it was refused."""
    section = next(each for each in document.sections if each.key == key)
    items = [item for block in section.blocks for item in block.items]
    return [[(each.text, each.writer, bool(each.refused)) for each in item.sentences] for item in items]


def test_accepted_sentences_stand_in_place_of_the_built_in_ones() -> None:
    document = _written(
        "waits",
        problem=(SlotSentence("Outlook asks for the password again and again.", ("session:problem_summary",)),),
        confirmed=(SlotSentence("Webmail works.", ("fact:1",)), SlotSentence("AzureAdPrt is NO.", ("fact:0",))),
    )
    assert _told(document, "problem") == [[("Outlook asks for the password again and again.", MODEL, False)]]
    assert _told(document, "confirmed") == [[("Webmail works.", MODEL, False)], [("AzureAdPrt is NO.", MODEL, False)]]


def test_a_refused_problem_is_struck_out_and_the_built_in_one_follows_once() -> None:
    document = _written("waits", problem=(LIE, SlotSentence("It was fixed.", ("session:problem_summary",))))
    assert _told(document, "problem") == [
        [
            ("The problem is resolved.", MODEL, True),
            ("Outlook on Ines’ PC asks for the password again and again.", "", False),
            ("It was fixed.", MODEL, True),
        ]
    ]
    assert "resolved" not in as_markdown(document)


def test_a_problem_that_the_model_took_over_word_for_word_stands_once() -> None:
    own = "Outlook on Ines’ PC asks for the password again and again."
    document = _written("waits", problem=(SlotSentence(own, ("session:problem_summary",)), LIE))
    assert _told(document, "problem") == [[(own, MODEL, False), ("The problem is resolved.", MODEL, True)]]


def test_a_refused_finding_is_replaced_by_the_one_that_it_cites() -> None:
    document = _written(
        "waits",
        confirmed=(
            SlotSentence("AzureAdPrt is NO on 3 PCs.", ("fact:0",)),
            SlotSentence("Webmail works.", ("fact:1",)),
        ),
    )
    assert _told(document, "confirmed") == [
        [("AzureAdPrt is NO on 3 PCs.", MODEL, True), ("No token: AzureAdPrt : NO.", "", False)],
        [("Webmail works.", MODEL, False)],
    ]


def test_a_refused_sentence_that_cites_no_finding_is_replaced_by_what_no_other_tells() -> None:
    document = _written("waits", confirmed=(SlotSentence("Webmail works.", ("fact:1",)), LIE))
    assert _told(document, "confirmed") == [
        [("Webmail works.", MODEL, False)],
        [("The problem is resolved.", MODEL, True), ("No token: AzureAdPrt : NO.", "", False)],
    ]


def test_without_any_accepted_sentence_the_slot_is_the_built_in_one() -> None:
    document = _written(confirmed=(SlotSentence("9 PCs work.", ()),))
    assert as_markdown(document).count("- ") == 2
    empty = write(
        bundle_of(facts=()),
        Kind.NOTE,
        Language.ENGLISH,
        Slots(MODEL, {"confirmed": (SlotSentence("9 PCs work.", ()),)}),
    )
    assert "## What we confirmed\n\n- No findings were recorded." in as_markdown(empty)


def test_the_check_of_what_waits_stays_the_products_first_step() -> None:
    step = SlotSentence("Look at the token: AzureAdPrt.", ("fact:0",))
    document = _written("waits", kind=Kind.PACKAGE, next_steps=(step,))
    first, second = _told(document, "next_steps")
    assert first[0][0].startswith("Check first whether “Clear the saved Office credentials” has helped")
    assert second == [("Look at the token: AzureAdPrt.", MODEL, False)]


def test_impact_and_access_and_everything_outside_the_slots_stay_the_products() -> None:
    document = _written("waits", kind=Kind.PACKAGE, hypothesis=(LIE,), tried=(LIE,), resolution=(LIE,))
    assert document == write(bundle_of("waits", facts=FACTS), Kind.PACKAGE, Language.ENGLISH)


def test_a_repeated_sentence_stands_once() -> None:
    twice = (SlotSentence("Webmail works.", ("fact:1",)),) * 2
    assert _told(_written(confirmed=twice), "confirmed") == [[("Webmail works.", MODEL, False)]]
