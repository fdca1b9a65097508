"""What is true of every built-in text, over every combination of up to three fixes, in both languages."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from tickets.bundle import Bundle
from tickets.models.text import Kind, Language
from tickets.tests.bundles import MAYA, STATES, STATUSES, bundle_of
from tickets.writing.document import Document, Section, Sentence
from tickets.writing.rendering import as_markdown, as_plain_text
from tickets.writing.writer import write

COMBINATIONS = [states for size in range(4) for states in product(STATES, repeat=size)]
CLOSURE = {
    Language.ENGLISH: re.compile(r"\b(?:resolved|fixed|confirmed|solved|done|verified)\b", re.IGNORECASE),
    Language.GERMAN: re.compile(r"\b(?:gelöst|behoben|bestätigt|erledigt|repariert)\b", re.IGNORECASE),
}
QUOTED = re.compile("[“„][^”“]*[”“]")
SECTIONS = {
    Kind.NOTE: ["problem", "confirmed", "root_cause", "resolution"],
    Kind.PACKAGE: ["problem", "confirmed", "tried", "hypothesis", "next_steps"],
}

Case = tuple[tuple[str, ...], Bundle, Document]


def _all(kind: Kind, language: Language) -> Iterator[Case]:
    for states in COMBINATIONS:
        bundle = bundle_of(*states)
        yield states, bundle, write(bundle, kind, language)


of_every_kind = pytest.mark.parametrize(("kind", "language"), list(product(SECTIONS, Language)))


@of_every_kind
def test_every_section_is_there_and_has_something_in_it(kind: Kind, language: Language) -> None:
    for states, _, document in _all(kind, language):
        assert [section.key for section in document.sections] == SECTIONS[kind], states
        for section in document.sections:
            assert [each.text for each in _sentences(section)], states
            assert all(block.items for block in section.blocks), states


@of_every_kind
def test_every_sentence_that_is_not_fixed_rests_on_statements_that_exist(kind: Kind, language: Language) -> None:
    for states, bundle, document in _all(kind, language):
        for each in document.sentences():
            assert each.is_fixed or each.cites, (states, each)
            assert set(each.cites) <= bundle.statements.keys(), (states, each)


@of_every_kind
def test_no_text_claims_closure_of_what_nobody_verified(kind: Kind, language: Language) -> None:
    for states, _, document in _all(kind, language):
        said = [QUOTED.sub("", each.text) for section in document.sections[2:] for each in _sentences(section)]
        claims = [each for each in said if CLOSURE[language].search(each) and "not verified" not in each]
        worked = states.count("worked")
        assert len(claims) <= (worked + 1 if worked else 0), (states, claims)


@of_every_kind
def test_the_problem_is_resolved_only_where_the_current_fix_worked_and_none_waits(
    kind: Kind, language: Language
) -> None:
    words = {Language.ENGLISH: "the problem is resolved", Language.GERMAN: "das Problem ist gelöst"}[language]
    for states, _, document in _all(kind, language):
        is_resolved = states[-1:] == ("worked",) and "waits" not in states and kind == Kind.NOTE
        assert (words in as_plain_text(document)) == is_resolved, states


@of_every_kind
def test_a_text_is_provisional_where_a_fix_waits_and_says_so_in_its_heading(kind: Kind, language: Language) -> None:
    marks = {
        (Kind.NOTE, Language.ENGLISH): "## Resolution (provisional)",
        (Kind.NOTE, Language.GERMAN): "## Lösung (vorläufig)",
        (Kind.PACKAGE, Language.ENGLISH): "## Current hypothesis (awaiting verification)",
        (Kind.PACKAGE, Language.GERMAN): "## Aktuelle Hypothese (Prüfung steht aus)",
    }
    for states, _, document in _all(kind, language):
        assert document.is_provisional == ("waits" in states)
        assert (marks[kind, language] in as_markdown(document)) == ("waits" in states), states


@of_every_kind
def test_no_sentence_stands_twice_and_none_has_odd_blanks(kind: Kind, language: Language) -> None:
    for states, _, document in _all(kind, language):
        sentences = [
            item.lead + each.text
            for section in document.sections
            for block in section.blocks
            for item in block.items
            for each in item.sentences
        ]
        assert len(sentences) == len(set(sentences)), (states, sentences)
        for text in sentences:
            assert not re.search(r"\s{2,}|\s[.,;:!?](?!\w| )|\.\.(?!\.)|^\s|\s$|None", text.replace(" : ", ": ")), text


@of_every_kind
def test_every_sentence_ends_as_a_sentence_and_begins_with_a_capital_or_a_quotation(
    kind: Kind, language: Language
) -> None:
    for states, _, document in _all(kind, language):
        for each in document.sentences():
            assert re.match(r"[A-ZÄÖÜ“„]", each.text), (states, each.text)
            assert re.search(r"[.:!?…][”“]?$", each.text), (states, each.text)


@of_every_kind
def test_a_fix_that_was_applied_is_named_and_of_the_others_only_in_a_package(kind: Kind, language: Language) -> None:
    for states, bundle, document in _all(kind, language):
        text = as_plain_text(document)
        for state, attempt in zip(states, bundle.attempts, strict=True):
            is_named = kind == Kind.PACKAGE or state not in {"proposed", "dismissed", "never"}
            assert (attempt.title in text) == is_named, (states, attempt.title)


@pytest.mark.parametrize("language", Language)
def test_a_note_names_nobody_except_who_verified(language: Language) -> None:
    for states, _, document in _all(Kind.NOTE, language):
        assert as_plain_text(document).count(MAYA) == states.count("worked"), states


@of_every_kind
def test_the_reason_of_every_wait_and_its_check_by_are_told(kind: Kind, language: Language) -> None:
    due = {
        Language.ENGLISH: "13:30 on 26 November",
        Language.GERMAN: "26. November um 13:30 Uhr",
    }[language]
    for states, _, document in _all(kind, language):
        text = as_plain_text(document)
        assert text.count("have to wait for the reboot") == states.count("waits"), states
        assert (due in text) == ("waits" in states), states


@of_every_kind
def test_the_first_next_step_is_to_check_what_waits(kind: Kind, language: Language) -> None:
    begins = {Language.ENGLISH: "Check first whether ", Language.GERMAN: "Zuerst prüfen, ob "}[language]
    for states, bundle, document in _all(Kind.PACKAGE, language):
        first = next(_sentences(document.sections[-1]))
        assert first.text.startswith(begins) == ("waits" in states), states
        if "waits" in states:
            waiting = [each for each in bundle.attempts if STATUSES.get(states[each.number - 1]) == each.status]
            newest = [each for each in waiting if states[each.number - 1] == "waits"][-1]
            assert newest.title in first.text, states


def _sentences(section: Section) -> Iterator[Sentence]:
    return (each for block in section.blocks for item in block.items for each in item.sentences)
