"""Signatures and quoted mail below a message are no statements of the session."""

import time

import pytest

from tickets.bundle.mail import without_quoted_mail

OUTLOOK = """It works again now.

Kind regards,
Ines Gale
Pemberlow Architects

-----Original Message-----
From: Maya Lindqvist <maya@northwind.example>
Sent: 26 November 2026 10:03
To: Ines Gale
Subject: RE: Outlook

Please restart your PC."""

OUTLOOK_WITH_RULE = """Still asks for the password.
________________________________
From: Maya Lindqvist <maya@northwind.example>
Sent: Thursday, November 26, 2026 10:03:12 AM
To: Ines Gale
Subject: RE: Outlook

Please restart your PC."""

GERMAN_OUTLOOK = """Passt jetzt.

Mit freundlichen Grüßen
Ines Gale

Von: Maya Lindqvist <maya@northwind.example>
Gesendet: Donnerstag, 26. November 2026 10:03
An: Ines Gale
Betreff: AW: Outlook

Bitte starten Sie den PC neu."""

GMAIL = """yes, twice

On Thu, 26 Nov 2026 at 10:03, Maya Lindqvist <maya@northwind.example>
wrote:

> Did you restart?
>
> Maya"""

APPLE_MAIL = """No change.

Sent from my iPhone

On 26 Nov 2026, at 10:03, Maya Lindqvist <maya@northwind.example> wrote:

> Did you restart?"""

THUNDERBIRD = """Am 26.11.26 um 10:03 schrieb Maya Lindqvist:
> Haben Sie neu gestartet?

Ja, zweimal. Der Drucker geht auch nicht.

--\x20
Ines Gale
Pemberlow Architects"""

GMX = """Geht wieder, danke!

Gesendet: Donnerstag, 26. November 2026 um 10:03 Uhr
Von: "Maya Lindqvist" <maya@northwind.example>
An: ines@pemberlow.example
Betreff: Outlook

Bitte neu starten."""

POSTSCRIPT = """Restarted.

Best regards,
Ines

PS: the printer is still offline"""


@pytest.mark.parametrize(
    ("mail", "own"),
    [
        (OUTLOOK, "It works again now."),
        (OUTLOOK_WITH_RULE, "Still asks for the password."),
        (GERMAN_OUTLOOK, "Passt jetzt."),
        (GMAIL, "yes, twice"),
        (APPLE_MAIL, "No change."),
        (THUNDERBIRD, "Ja, zweimal. Der Drucker geht auch nicht."),
        (GMX, "Geht wieder, danke!"),
        (POSTSCRIPT, "Restarted.\n\nPS: the printer is still offline"),
        ("Fixed by the restart.\nThanks,\nInes", "Fixed by the restart."),
        ("Neustart hat nichts gebracht.\n\nVG\nInes", "Neustart hat nichts gebracht."),
        ("Geht nicht.\n\nViele Grüße aus Kiel\nIda", "Geht nicht."),
        ("Nothing.\n\nGet Outlook for Android", "Nothing."),
        ("Nichts.\n\nVon meinem iPhone gesendet", "Nichts."),
    ],
)
def test_what_the_person_wrote_is_left(mail: str, own: str) -> None:
    assert without_quoted_mail(mail) == own


PROMPTS = "C:\\> ping dc1\n> set x=1\n> exit"
LOG = "From: 10.0.0.1 port 25\nTo: 10.0.0.2 port 25\nDate: 2026-11-26\n250 OK"
LOG_BELOW = f"the relay says\n\n{LOG}"
HEADERS = (
    "mail was delayed:\n\nReceived: from mx1\nFrom: a@x.example\nTo: b@x.example\nDate: 26 Nov 2026\nSubject: Test"
)
RAW = "see\n\nFrom: a@x.example\nDate: 26 Nov 2026\nTo: b@x.example\nMessage-ID: <1@x.example>"
IN_CODE = "trace:\n```\nFrom: a\nDate: 3\nTo: b\n-- \nx\n```\nso it is sent"
LIST = "Tried:\n- restart\n- new profile\n-- nothing helped"
AGENT = "On 3 PCs the agent wrote:\nERROR 1603\nERROR 1618"
SQL = "SELECT 1\n--\nGO\n" + "PRINT 1\n" * 20
SENTENCE = "Restarted.\nThanks,\nit still asks"
RULES = "before\n" + "_" * 40 + "\nafter"
QUOTE_ONLY = "> the whole message is a quotation"


@pytest.mark.parametrize(
    "text", [PROMPTS, LOG, LOG_BELOW, HEADERS, RAW, IN_CODE, LIST, AGENT, SQL.strip(), SENTENCE, RULES, QUOTE_ONLY]
)
def test_logs_prompts_lists_and_code_stay(text: str) -> None:
    assert without_quoted_mail(text) == text


def test_a_message_that_is_nothing_but_a_signature_stays() -> None:
    assert without_quoted_mail("Kind regards\nInes") == "Kind regards\nInes"


@pytest.mark.parametrize(
    "part",
    [
        "On ",
        "On 1 ",
        "On 1\n",
        "> ",
        "From: 1\nDate: 2\n",
        "_",
        f"{'_' * 30}\n",
        "-- \n",
        "schrieb am 1",
        "a:\n",
        "From: 1\n\n",
        "On 1\na:\n",
        "\n",
        "```\n",
    ],
)
def test_hostile_text_takes_no_long_time(part: str) -> None:
    text = f"x\n{part * (50_000 // len(part))}"
    began = time.process_time()
    without_quoted_mail(text)
    assert time.process_time() - began < 1
