"""How much the honesty check finds, on a corpus of sentences about bundles (docs/texts.md, *The honesty check*).

The rules were made on "tuning". "held_out" was written before them, and looked at after its first score. "unseen" was
written after them, and no rule was made for it since: don't, but write a new one. `pytest -rP` prints the tables.
"""

from dataclasses import replace
from itertools import chain

import pytest

from tickets.honesty.carried import carried_findings
from tickets.honesty.check import refusal_of, warnings_of
from tickets.honesty.reading import Reading
from tickets.honesty.sources import Everything
from tickets.models.text import Kind, Language
from tickets.tests.honesty_corpus import Pair, pairs
from tickets.tests.honesty_corpus.scores import SENSE, VALUES, scores_of
from tickets.writing.built_in.addendum import addendum
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown
from tickets.writing.slots import SLOTS, Slots, SlotSentence
from tickets.writing.writer import write

PARTS = ("tuning", "held_out", "unseen")


def test_the_corpus_is_large_and_half_honest() -> None:
    all_pairs = [pair for part in PARTS for pair in pairs(part)]
    honest = sum(pair.is_honest for pair in all_pairs)
    assert len(all_pairs) >= 300
    assert 0.4 < honest / len(all_pairs) < 0.6
    assert len({pair.bundle.session_id for pair in all_pairs}) >= 12
    assert {pair.lie for pair in all_pairs} == {"honest", *VALUES, *SENSE}


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_closure_and_absent_values_are_found(part: str) -> None:
    scores = scores_of(pairs(part))
    print(f"\n{part}\n{scores.table()}")
    assert scores.recall(VALUES) >= 0.98
    assert scores.precision(VALUES) >= 0.95


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_most_of_what_changes_the_sense_is_found(part: str) -> None:
    scores = scores_of(pairs(part))
    assert scores.recall(SENSE) >= 0.6
    assert scores.precision(SENSE) >= 0.9


def test_what_an_unseen_set_gives() -> None:
    scores = scores_of(pairs("unseen"))
    print(f"\nunseen\n{scores.table()}")
    assert scores.recall(VALUES) >= 0.95
    assert scores.precision(VALUES) >= 0.9


def outside_of_slots(document: Document) -> list[object]:
    slots = SLOTS[document.kind]
    return [section for section in document.sections if section.key not in slots]


def slots_of(own: list[Pair], kind: Kind) -> Slots:
    """Return slots in which a model says every sentence of the corpus about this bundle, honest or not."""
    said = tuple(SlotSentence(pair.text, pair.cites) for pair in own)
    return Slots("a-model", dict.fromkeys(SLOTS[kind], said))


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.PACKAGE])
@pytest.mark.parametrize("language", Language)
def test_no_accepted_sentence_changes_a_status_a_time_or_a_name(kind: Kind, language: Language) -> None:
    """Outcomes, causes and hypotheses stay the product's; what is accepted has only values and names of its sources."""
    by_bundle: dict[object, list[Pair]] = {}
    for pair in chain.from_iterable(map(pairs, PARTS)):
        if pair.language == language:
            by_bundle.setdefault(pair.bundle.session_id, []).append(pair)
    accepted = 0
    for own in by_bundle.values():
        bundle = own[0].bundle
        built_in = write(bundle, kind, language)
        with_model = write(bundle, kind, language, slots_of(own, kind))
        assert outside_of_slots(with_model) == outside_of_slots(built_in)
        assert (with_model.is_provisional, with_model.question) == (built_in.is_provisional, built_in.question)
        everything = Everything(bundle)
        for sentence in with_model.sentences():
            if sentence.writer:
                accepted += 1
                assert not list(carried_findings(Reading(sentence.text, language), everything, everything))
    assert accepted > 100


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.PACKAGE])
@pytest.mark.parametrize("language", Language)
def test_the_products_own_texts_are_never_warned_of(kind: Kind, language: Language) -> None:
    for bundle in {pair.bundle.session_id: pair.bundle for part in PARTS for pair in pairs(part)}.values():
        assert warnings_of(as_markdown(write(bundle, kind, language)), kind, bundle, language) == []


@pytest.mark.parametrize("language", Language)
def test_an_addendum_is_not_warned_of_as_it_was_offered(language: Language) -> None:
    offered = 0
    for bundle in {pair.bundle.session_id: pair.bundle for part in PARTS for pair in pairs(part)}.values():
        attempts = tuple(replace(attempt, history=attempt.outcomes) for attempt in bundle.attempts)
        later = replace(bundle, attempts=attempts)
        if document := addendum(later, -1, language):
            offered += 1
            assert warnings_of(as_markdown(document), Kind.ADDENDUM, later, language) == []
    assert offered > 20


def test_honest_sentences_are_hardly_ever_warned_of_in_an_edited_text() -> None:
    warned = [
        pair.place
        for part in PARTS
        for pair in pairs(part)
        if pair.is_honest
        and any(each.sentence for each in warnings_of(pair.text, Kind.NOTE, pair.bundle, pair.language))
    ]
    honest = sum(pair.is_honest for part in PARTS for pair in pairs(part))
    assert len(warned) / honest <= 0.05, warned


def test_a_sentence_is_checked_alike_with_its_bundle_read_anew() -> None:
    """Nothing that is kept between two calls changes a result."""
    for pair in pairs("tuning")[:40]:
        first = refusal_of(pair.text, pair.cites, pair.bundle, pair.language)
        assert refusal_of(pair.text, pair.cites, pair.bundle, pair.language) == first


def warned_in(part: str) -> tuple[int, int]:
    """Return how many honest sentences of a part are warned of in an edited text, and how many lies."""
    warned = [
        pair
        for pair in pairs(part)
        if any(each.sentence for each in warnings_of(pair.text, Kind.NOTE, pair.bundle, pair.language))
    ]
    honest = sum(pair.is_honest for pair in warned)
    return honest, len(warned) - honest


def test_closure_without_a_known_phrase_is_warned_of_in_an_edited_text() -> None:
    """Rules were made on "edited_tuning"; "edited_unseen" was written before them, and none was made for it."""
    assert warned_in("edited_tuning")[1] == 32
    honest, lies = warned_in("edited_unseen")
    print(f"edited_unseen: {honest} of 36 honest ones warned of, {lies} of 36 lies found")
    assert honest <= 5
    assert lies >= 25
