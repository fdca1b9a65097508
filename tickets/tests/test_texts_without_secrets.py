"""No text that the product writes shows a password, key or token of the session, whoever phrased it."""

from dataclasses import replace
from itertools import product

import pytest

from flowpilot.masking.forms import find
from tickets.bundle import Bundle, ClosingInput
from tickets.honesty.check import warnings_of
from tickets.models.text import Kind, Language
from tickets.tests.bundles import STATES, bundle_of
from tickets.writing.built_in.addendum import addendum
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown, as_plain_text
from tickets.writing.slots import Slots, SlotSentence
from tickets.writing.writer import write

PASSWORD, KEY = "Winter2026!x", "ghp_0123456789abcdefghijABCDEFGHIJ012345"
ENGLISH, GERMAN = Language.ENGLISH, Language.GERMAN


def _bundle(*states: str) -> Bundle:
    """Return a bundle that has the password in every field that somebody can write."""
    said = f"The password is {PASSWORD}"
    inputs = ClosingInput(root_cause=said, impact=said, access=said, question=said)
    bundle = bundle_of(*states, facts=(said, f"API key: {KEY}", f"{PASSWORD} works"), problem=said, inputs=inputs)
    attempts = tuple(
        replace(
            each,
            title=f"Sign in with password {PASSWORD} again, {each.number}",
            description=said,
            hint=said,
            outcomes=tuple(replace(outcome, notes=said) for outcome in each.outcomes),
            history=tuple(replace(outcome, notes=said) for outcome in each.history),
        )
        for each in bundle.attempts
    )
    return replace(bundle, attempts=attempts)


def _holds_none(document: Document) -> bool:
    text = as_markdown(document) + as_plain_text(document) + str(document.as_json())
    return PASSWORD not in text and KEY not in text and not list(find(as_plain_text(document)))


@pytest.mark.parametrize(("kind", "language"), list(product((Kind.NOTE, Kind.PACKAGE), Language)))
def test_a_built_in_text_shows_none_whatever_the_fixes_stand_at(kind: Kind, language: Language) -> None:
    for states in product(STATES, repeat=2):
        assert _holds_none(write(_bundle(*states), kind, language)), states


@pytest.mark.parametrize("language", Language)
def test_an_addendum_shows_none(language: Language) -> None:
    for states in product(STATES, repeat=2):
        document = addendum(_bundle(*states), 0, language)
        assert document is None or _holds_none(document), states


def test_what_stood_there_is_said_by_its_kind_in_the_language_of_the_text() -> None:
    bundle = bundle_of(facts=(f"the new password is {PASSWORD}.", f"API key: {KEY}", f"{PASSWORD} works"))
    assert _findings(write(bundle, Kind.NOTE, ENGLISH)) == [
        "The new password is [password removed].",
        "API key: [key removed].",
        "[password removed] works.",
    ]
    assert _findings(write(bundle, Kind.NOTE, GERMAN)) == [
        "The new password is [Passwort entfernt].",
        "API key: [Schlüssel entfernt].",
        "[Passwort entfernt] works.",
    ]


def test_a_models_sentence_shows_none_even_without_a_word_that_says_what_it_is() -> None:
    bundle = bundle_of("waits", facts=(f"her password is {PASSWORD}", f"{PASSWORD} works in webmail"))
    sentences = (
        SlotSentence(f"{PASSWORD} works in webmail.", ("fact:1",)),
        SlotSentence(f"Her password is {PASSWORD}.", ("fact:0",)),
    )
    document = write(bundle, Kind.NOTE, ENGLISH, Slots("kestrel-8b", {"confirmed": sentences}))
    assert _holds_none(document)
    assert _findings(document) == ["[password removed] works in webmail.", "Her password is [password removed]."]
    assert {each.writer for each in document.sentences() if "removed" in each.text} == {"kestrel-8b"}


def test_a_message_tells_what_is_a_password() -> None:
    bundle = bundle_of(facts=(f"{PASSWORD} works in webmail",))
    message = replace(bundle.statements["fact:0"], id="message:1", text=f"Password: {PASSWORD}")
    bundle = replace(bundle, statements={**bundle.statements, "message:1": message}, messages=("message:1",))
    assert _findings(write(bundle, Kind.NOTE, ENGLISH)) == ["[password removed] works in webmail."]


def test_a_sentence_about_a_password_stays_as_it_is() -> None:
    bundle = bundle_of(facts=("the password is expired", "AzureAdPrt : NO, error 0x80070005"))
    assert _findings(write(bundle, Kind.NOTE, ENGLISH)) == [
        "The password is expired.",
        "AzureAdPrt : NO, error 0x80070005.",
    ]


def test_an_edited_text_is_not_warned_of_the_words_in_place_of_a_password_but_of_the_password() -> None:
    bundle = _bundle("waits")
    text = as_markdown(write(bundle, Kind.NOTE, ENGLISH))
    assert warnings_of(text, Kind.NOTE, bundle, ENGLISH) == []
    edited = text.replace("## Root cause", f"Sign in with {PASSWORD}.\n\n## Root cause")
    assert [each.excerpt for each in warnings_of(edited, Kind.NOTE, bundle, ENGLISH)] == ["Winter2026"]


def _findings(document: Document) -> list[str]:
    return [each.text for item in document.sections[1].blocks[0].items for each in item.sentences]
