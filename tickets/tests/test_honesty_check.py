from tickets.honesty.check import refusal_of, warnings_of
from tickets.models.text import Kind, Language
from tickets.tests.honesty_corpus import bundle_of

NOTE = """## Problem
Outlook on Ines’ PC has asked for the password about every 30 seconds since this morning. Webmail and her phone work.

## What we confirmed
- Windows on this PC had no sign-in token for her: AzureAdPrt was NO.
- The white sign-in window opened and closed at once.

## Root cause
The sign-in broker was not registered in her Windows profile. What removed it is not known.

## Resolution
Clearing the saved Office credentials did not help. At 11:34 we registered the sign-in broker again, and the problem
is resolved. We did the same on all 14 PCs of the office.
"""


def warned(text: str, kind: Kind = Kind.NOTE, language: Language = Language.ENGLISH) -> list[tuple[str, str]]:
    found = warnings_of(text, kind, bundle_of("tuning/outlook_password"), language)
    return [(each.excerpt, each.reason) for each in found]


def refused(text: str, *cites: str, language: Language = Language.ENGLISH) -> str | None:
    return refusal_of(text, cites, bundle_of("tuning/outlook_password"), language)


def test_an_edited_note_is_warned_of_closure_and_of_a_number_that_nobody_gave() -> None:
    assert warned(NOTE) == [
        ("resolved", "No one has verified the fix yet. (“Register the sign-in broker again for the affected user”)"),
        ("14", "“14” appears nowhere in this session."),
        (
            "",
            "A fix awaits verification (“Register the sign-in broker again for the affected user”), but the text "
            "doesn’t say so.",
        ),
    ]


def test_closure_of_a_waiting_fix_is_offered_the_honest_sentence() -> None:
    found = warnings_of(NOTE, Kind.NOTE, bundle_of("tuning/outlook_password"), Language.ENGLISH)
    assert found[0].sentence == "At 11:34 we registered the sign-in broker again, and the problem is resolved."
    assert found[0].instead == (
        "This is provisional: “Register the sign-in broker again for the affected user” awaits verification, "
        "check by 13:30 on 26 November 2026."
    )
    assert found[1].instead == ""


def test_a_missing_section_and_one_that_is_there_twice_are_named() -> None:
    text = NOTE.replace("## Root cause\n", "").replace("## Resolution", "## Lösung (vorläufig)\n\n## Resolution")
    assert [each for each in warned(text) if "section" in each[1]] == [
        ("Root cause", "The section “Root cause” is missing."),
        ("Resolution", "The section “Resolution” is there 2 times."),
    ]


def test_a_sentence_without_a_source_or_with_one_that_does_not_exist_is_refused() -> None:
    assert refused("Webmail works.") == "It names no source in this session."
    assert refused("Webmail works.", "message:99") == "It cites “message:99”, which isn’t in this session."


def test_markup_and_hidden_characters_are_refused() -> None:
    for text in (
        "See [this](https://x.example).",
        "<b>Webmail works.</b>",
        "[FIX] Webmail works.",
        "**Webmail** works.",
    ):
        assert refused(text, "message:1") == "The sentence has markup in it; only plain words are taken."
    for text in ("Webmail\u202e works.", "Webmail\x00 works.", "Webmail works.\nNow."):
        assert refused(text, "message:1") == "The sentence has characters that can’t be seen."
    assert refused("Webmail works. " * 50, "message:1") == "The sentence is longer than 600 characters."
    assert refused(" ", "message:1") == "The sentence is empty."


def test_a_sentence_in_the_other_language_is_refused() -> None:
    text = "Das Kennwort wird seit heute Morgen von Outlook abgefragt, und das Telefon geht."
    assert refused(text, "message:1") == "The sentence is written in German, not in English."
    assert refused(text, "message:1", language=Language.GERMAN) is None


def test_a_quotation_must_be_word_for_word() -> None:
    assert refused("The engineer noted “owa fine, phone fine”.", "message:1") is None
    assert refused("The engineer noted “all fixed now”.", "message:1") is not None


def test_a_heading_that_is_not_the_products_is_checked_as_a_sentence() -> None:
    reason = "No one has verified the fix yet. (“Register the sign-in broker again for the affected user”)"
    for heading in ("### The problem is resolved and fixed", "## Problem (resolved)"):
        assert ("resolved", reason) in warned(f"{heading}\n\nWebmail and her phone work.")


def test_a_text_that_no_longer_says_that_a_fix_waits_is_offered_the_sentence() -> None:
    bundle = bundle_of("tuning/outlook_password")
    text = NOTE.replace(", and the problem\nis resolved. We did the same on all 14 PCs of the office", "")
    (found,) = warnings_of(text, Kind.NOTE, bundle, Language.ENGLISH)
    assert found.sentence == "At 11:34 we registered the sign-in broker again."
    assert found.instead == (
        "At 11:34 we registered the sign-in broker again. This is provisional: “Register the sign-in broker again for "
        "the affected user” awaits verification, check by 13:30 on 26 November 2026."
    )
    assert warnings_of(text.replace(found.sentence, found.instead), Kind.NOTE, bundle, Language.ENGLISH) == []


def test_an_empty_section_is_named() -> None:
    assert ("Root cause", "The section “Root cause” is empty. Say so where there is nothing.") in warned(
        "## Problem\nA\n## What we confirmed\nB\n## Root cause\n## Resolution\nC"
    )


def test_a_sentence_in_neither_language_cannot_be_checked() -> None:
    assert warned("Le problème est résolu.")[0][1] == (
        "This sentence is in neither English nor German, so it can’t be checked."
    )
    assert warned("Das Problem ist behoben.")[0][0] == "behoben"


def test_of_more_than_fifty_warnings_the_last_one_says_how_many_there_are() -> None:
    found = warned("It is resolved.\n\n" * 2_000)
    assert [each[0] for each in found[:50]] == ["resolved"] * 50
    assert found[50] == ("", "And 1,950 more.")
