"""What people wrote becomes sentences that a customer can read."""

from dataclasses import replace

import pytest

from tickets.bundle import Statement, StatementKind
from tickets.bundle.mail import without_quoted_mail
from tickets.models.text import Kind, Language
from tickets.tests.bundles import bundle_of
from tickets.writing.document import Section
from tickets.writing.writer import write

ENGLISH, GERMAN = Language.ENGLISH, Language.GERMAN


def _lines(section: Section) -> list[str]:
    return [each.text for block in section.blocks for item in block.items for each in item.sentences]


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("Hi team,\nthe printer is down.\nThx.\nPaul.", ["The printer is down."]),
        ("Hallo zusammen,\n\nder Drucker steht.\n\nDanke!\nInes", ["Der Drucker steht."]),
        ("Hi the printer is down, please help", ["Hi the printer is down, please help."]),
        ("Sehr geehrte Damen und Herren,\nder Drucker steht", ["Der Drucker steht."]),
        ("Hello, Outlook hangs", ["Outlook hangs."]),
        ("Outlook asks for\nthe password,\nagain and again", ["Outlook asks for the password, again and again."]),
        ("PC: PC-0123\nUser: Ines", ["PC: PC-0123.", "User: Ines."]),
        ("Hi team,", ["Hi team."]),
        ("Hiring portal is down", ["Hiring portal is down."]),
    ],
)
def test_a_problem_has_no_greeting_and_its_lines_stay_together(problem: str, told: list[str]) -> None:
    bundle = bundle_of(problem=without_quoted_mail(problem))
    assert _lines(write(bundle, Kind.NOTE, ENGLISH).sections[0]) == told


def test_a_command_keeps_its_small_letter_and_a_comma_gets_no_full_stop() -> None:
    facts = ("telnet smtp.office365.com 587 ok.", "webmail works,", "server FS01 answers:")
    assert _lines(write(bundle_of(facts=facts), Kind.NOTE, ENGLISH).sections[1]) == [
        "telnet smtp.office365.com 587 ok.",
        "Webmail works.",
        "Server FS01 answers:",
    ]


def test_a_question_with_its_answer_is_told_as_such() -> None:
    facts = ("What does AzureAdPrt say in dsregcmd /status, run as the user? No.", "Who is affected? only Ines")
    bundle = bundle_of(facts=facts)
    assert _lines(write(bundle, Kind.NOTE, ENGLISH).sections[1]) == [
        "Asked: “What does AzureAdPrt say in dsregcmd /status, run as the user?” Answer: no.",
        "Asked: “Who is affected?” Answer: only Ines.",
    ]
    assert _lines(write(bundle, Kind.NOTE, GERMAN).sections[1])[1] == "Gefragt: „Who is affected?“ Antwort: only Ines."


def test_without_a_problem_a_package_quotes_the_first_message_and_a_note_does_not() -> None:
    text = "Hi Jonas,\nthe scanner sends no mail since Monday.\nIt shows error 535."
    message = Statement("message:1", StatementKind.MESSAGE, text)
    bundle = bundle_of(problem="")
    bundle = replace(bundle, statements={**bundle.statements, "message:1": message}, first_message="message:1")
    assert _lines(write(bundle, Kind.NOTE, ENGLISH).sections[0]) == ["Outlook asks for the password."]
    assert _lines(write(bundle, Kind.PACKAGE, ENGLISH).sections[0]) == [
        "Outlook asks for the password.",
        "From the first message: “the scanner sends no mail since Monday. It shows error 535”.",
    ]


def test_a_suggestion_that_is_a_question_has_no_second_full_stop() -> None:
    bundle = bundle_of("proposed")
    attempt = replace(bundle.attempts[0], title="Is the spooler running?")
    steps = _lines(write(replace(bundle, attempts=(attempt,)), Kind.PACKAGE, ENGLISH).sections[-1])
    assert steps == ["Consider what was suggested, but not applied: “Is the spooler running?”"]
