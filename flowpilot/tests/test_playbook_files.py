"""One file: what it says when it is sound, and what is said of each flaw, in which line."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowpilot.playbook_files.durations import duration, written
from flowpilot.playbook_files.files import FILE_MAX, PlaybookFile
from flowpilot.tests.playbook_folders import SOUND, damaged

SYMPTOMS = "symptoms:\n  - Outlook asks again and again\n  - Outlook fragt ständig nach dem Kennwort\n"


def problems(text: str | bytes) -> list[str]:
    file = PlaybookFile("a.md", text if isinstance(text, bytes) else text.encode())
    assert (file.content is None) == bool(file.problems)
    return [str(problem) for problem in file.problems]


def test_a_sound_file() -> None:
    file = PlaybookFile("mail/outlook.md", SOUND.encode())

    assert file.problems == []
    assert file.slug == "outlook"
    content = file.content
    assert content is not None
    assert content.title == "Outlook keeps asking for the password"
    assert content.area == "Microsoft 365"
    assert content.symptoms == ["Outlook asks again and again", "Outlook fragt ständig nach dem Kennwort"]
    assert content.questions == [
        {
            "id": "webmail-works",
            "ask": "Does webmail work?",
            "options": {"yes": ["webmail works", "owa is fine"], "no": ["webmail fails"]},
            "fits": "yes",
        }
    ]
    assert content.fix_title == "Clear the saved credentials"
    assert content.verification_hint == "It opens without asking"
    assert content.typical_wait == timedelta(minutes=10)
    assert content.description == "Why it helps.\n\n1. Close Outlook."
    assert (content.script_language, content.script) == ("powershell", "cmdkey.exe /list\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n", "\r\n"),
        ("---\ntitle", "\ufeff---\ntitle"),
        ("typical_wait: 10 min\n", ""),
        ("Why it helps.", "Why it helps.\n\n```\nAn example.\n```\n\nThen:"),
    ],
)
def test_windows_line_ends_a_byte_order_mark_and_other_code_blocks_are_fine(before: str, after: str) -> None:
    assert problems(SOUND.replace(before, after)) == []


def test_a_file_without_questions_and_script() -> None:
    text = SOUND[: SOUND.index("questions:")] + "fix: Do it\nverification_hint: It works\n---\nSteps.\n"
    file = PlaybookFile("a.md", text.encode())
    assert file.problems == []
    assert file.content is not None
    assert (file.content.questions, file.content.script, file.content.typical_wait) == ([], "", None)


KEYS = "Use title, area, symptoms, fix, verification_hint, questions, typical_wait, script_language."
FLAWS = {
    "missing key": ("title: Outlook keeps asking for the password\n", "", "a.md:2: title: Missing. Add it."),
    "missing key of a question": ("    fits: yes\n", "", "a.md:8: questions[0].fits: Missing. Add it."),
    "unknown key": ("area:", "aera: x\narea:", f"a.md:3: aera: Unknown. {KEYS}"),
    "empty key": ("fix: Clear the saved credentials", "fix:", "a.md:14: fix: Empty. Write something."),
    "duplicate key": ("fix:", "title: x\nfix:", 'a.md:14: "title" is here twice. Remove one of the two.'),
    "tab": ("  - Outlook fragt", "\t- Outlook fragt", "a.md:6: A tab. Indent with blanks."),
    "open quote": ("title: Outlook", 'title: "Outlook', "a.md:2: A quote is opened here and not closed."),
    "open list": (
        "[webmail fails]",
        "[webmail fails",
        "a.md:13: This is not YAML (expected ',' or ']', but got ':'). Put text in quotes where it has a colon with "
        "a blank behind it, or begins with a sign such as @, *, & or %.",
    ),
    "two colons": (
        "title: Outlook",
        "title: Outlook: it",
        "a.md:2: A second colon in one line, or wrong indentation. Put text in quotes where it has a colon with "
        "a blank behind it, or begins with a sign such as @, *, & or %.",
    ),
    "colon in a list": (
        "- Outlook asks again",
        "- Outlook: asks again",
        'a.md:5: symptoms[0]: {"Outlook": "asks again and again"} is not text. Put it in quotes.',
    ),
    "comment": (
        "fix: Clear",
        "fix: Step #1 Clear",
        "a.md:14: YAML ignores what stands behind “ #”. Put the whole text in quotes, or remove that.",
    ),
    "anchor": (
        "- Outlook asks",
        "- &x Outlook asks",
        "a.md:5: Anchors and aliases (& and *) are not taken. Put text in quotes where it has a colon with "
        "a blank behind it, or begins with a sign such as @, *, & or %.",
    ),
    "tag": (
        "title: Outlook",
        "title: !!python/object:os.system Outlook",
        'a.md:2: Tags such as "tag:yaml.org,2002:python/object:os.syst… are not taken. Put text in quotes where it has '
        "a colon with a blank behind it, or begins with a sign such as @, *, & or %.",
    ),
    "many levels": (
        SYMPTOMS,
        f"symptoms: {'[' * 50}{']' * 50}\n",
        "a.md:4: More than 8 levels. A playbook has four at most.",
    ),
    "no list": (SYMPTOMS, "symptoms: it asks\n", 'a.md:4: symptoms: "it asks" is not a list: […].'),
    "no symptoms": (SYMPTOMS, "symptoms: []\n", "a.md:4: symptoms: 0 symptoms. Write 1 to 20."),
    "symptom twice": (
        "- Outlook fragt ständig nach dem Kennwort",
        "- outlook asks again AND again",
        'a.md:6: symptoms[1]: "outlook asks again AND again" is in this list twice. Remove one of the two.',
    ),
    "no question": (
        "  - id: webmail-works\n    ask: Does webmail work?\n",
        "  - webmail\n  - ask: Does webmail work?\n    id: webmail-works\n",
        'a.md:8: questions[0]: "webmail" is not a question. Write its keys: id, ask, options, fits.',
    ),
    "question id": (
        "id: webmail-works",
        "id: Webmail works?",
        'a.md:8: questions[0].id: "Webmail works?" is not a name. '
        "Use a–z, 0–9 and hyphens, at most 50, such as one-user.",
    ),
    "one option": (
        "      no: [webmail fails]\n",
        "",
        "a.md:10: questions[0].options: 1 options. Write 2 to 8.",
    ),
    "no such option": (
        "fits: yes",
        "fits: maybe",
        'a.md:13: questions[0].fits: "maybe" is not one of the options yes, no.',
    ),
    "long hint": (
        "It opens without asking",
        "x" * 501,
        "a.md:15: verification_hint: Too long: 501 characters (limit 500).",
    ),
    "wrong wait": (
        "10 min",
        "10 minutes",
        'a.md:16: typical_wait: "10 minutes" is not a waiting time. Write it like 10 min, 2 h or 1 day.',
    ),
    "too long a wait": ("10 min", "31 days", 'a.md:16: typical_wait: "31 days" is too long. Write at most 30 days.'),
    "language": (
        "language: powershell",
        "language: perl",
        'a.md:17: script_language: "perl" is not one of powershell, bash.',
    ),
    "control character": ("Why it", "Why\x1b it", "a.md:20: An invalid character (U+001B). Remove it."),
    "no end of the front matter": (
        "---\n\nWhy",
        "\nWhy",
        "a.md:26: The front matter has no end. Write a line --- below its last key.",
    ),
    "no end of the script": (
        "/list\n```",
        "/list",
        "a.md:24: The code block that begins here has no end. Write a line ``` below it.",
    ),
    "no script": (
        "```powershell\ncmdkey.exe /list\n```\n",
        "",
        "a.md:17: The script is missing. End the file with a code block ```powershell, or remove script_language.",
    ),
    "script without a language": (
        "script_language: powershell\n",
        "",
        "a.md:23: The text ends with a script. Add script_language to the front matter, or write something below it.",
    ),
    "script in another language": (
        "```powershell",
        "```bash",
        "a.md:24: Write ```powershell here, as script_language says, or correct that.",
    ),
    "no text": ("Why it helps.\n\n1. Close Outlook.\n\n", "", "a.md:20: description: Empty. Write something."),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_named_with_its_line(flaw: str) -> None:
    before, after, message = FLAWS[flaw]
    assert message in problems(damaged(before, after))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "a.md:1: The front matter is missing. Begin the file with a line --- and write the keys below it."),
        (
            b"# Hello\n",
            "a.md:1: The front matter is missing. Begin the file with a line --- and write the keys below it.",
        ),
        (
            b"\x89PNG\r\n\x1a\n\x00",
            "a.md:1: This is not text in UTF-8. Save the file as UTF-8, or remove it from the folder.",
        ),
        (
            b"---\ntitle: gr\xfc\xdf\n---\n",
            "a.md:2: This is not text in UTF-8. Save the file as UTF-8, or remove it from the folder.",
        ),
        (b"---\n\0\n---\n", "a.md:2: An invalid character (U+0000). Remove it."),
        (
            b"---\njust text\n---\nText\n",
            "a.md:2: The front matter has no keys. Write them like title: Outlook asks for the password.",
        ),
        (b"x" * (FILE_MAX + 1), "a.md:1: Longer than 200,000 bytes. A playbook is a page of text."),
    ],
)
def test_what_is_no_playbook_at_all(raw: bytes, message: str) -> None:
    assert problems(raw) == [message]


def test_all_flaws_of_a_file_are_named_at_once() -> None:
    text = damaged("title: Outlook keeps asking for the password\n", "").replace("10 min", "soon").replace("bash", "sh")
    text = text.replace("```powershell", "```")
    assert problems(text) == [
        "a.md:2: title: Missing. Add it.",
        'a.md:15: typical_wait: "soon" is not a waiting time. Write it like 10 min, 2 h or 1 day.',
        "a.md:23: Write ```powershell here, as script_language says, or correct that.",
    ]


@pytest.mark.parametrize(
    ("text", "waiting", "as_written"),
    [
        ("10 min", timedelta(minutes=10), "10 min"),
        ("90min", timedelta(minutes=90), "90 min"),
        ("120 min", timedelta(hours=2), "2 h"),
        ("1 day", timedelta(days=1), "1 day"),
        ("3 days", timedelta(days=3), "3 days"),
    ],
)
def test_waiting_times_are_read_and_written(text: str, waiting: timedelta, as_written: str) -> None:
    assert duration(text) == waiting
    assert written(waiting) == as_written


ANY = settings(max_examples=200, deadline=None)
PIECES = st.sampled_from(
    [
        *"\n \t[]{}\"'|>#&*!%@`\u2028\x85\ufeffé\\🖨\x07\r",
        "---",
        "- ",
        ": ",
        "? ",
        "```",
        "<<",
        "...",
        "yes",
        "title",
        "questions",
    ]
)


@ANY
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_front_matter_breaks_the_reader(front: str) -> None:
    for text in (
        f"---\n{front}\n---\nText\n",
        SOUND.replace("area: Microsoft 365", front),
        SOUND.replace("Why it helps.", front),
    ):
        assert all(problem.startswith("a.md:") for problem in problems(text))


@ANY
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    assert all(problem.startswith("a.md:") for problem in problems(raw))


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = damaged("- Outlook asks again and again", '- "Outlook\u2028asks"').replace("10 min", "soon")
    assert problems(text) == [
        'a.md:16: typical_wait: "soon" is not a waiting time. Write it like 10 min, 2 h or 1 day.'
    ]


def test_a_hostile_front_matter_is_read_in_a_moment() -> None:
    for text in ("[" * 150_000, "- " * 90_000, "a: &x [" * 20_000, "? " * 90_000, '"' + "x " * 90_000):
        assert problems(f"---\n{text}\n---\nText\n")
