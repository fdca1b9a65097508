"""Which values of a sentence its source carries, however they are written."""

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tickets.bundle import Bundle, Statement, StatementKind
from tickets.honesty.carried import carried_findings
from tickets.honesty.reading import Reading
from tickets.honesty.sources import Everything, Sources
from tickets.models.text import Language

NOW = datetime(2026, 11, 26, 12, 20, tzinfo=UTC)
"""A Thursday."""


def absent(said: str, sentence: str, language: Language = Language.ENGLISH, zone: str = "Europe/London") -> list[str]:
    """Return the values of the sentence that a message, said this morning by Maya Lindqvist, doesn't carry."""
    at = datetime(2026, 11, 26, 11, 3, tzinfo=UTC)
    message = Statement("message:1", StatementKind.MESSAGE, said, at, "Maya Lindqvist")
    bundle = Bundle(
        uuid4(), "Title", "", "Client", "CW-1", ZoneInfo(zone), 1, NOW, "Maya Lindqvist", {"message:1": message}
    )
    found = carried_findings(Reading(sentence, language), Sources(bundle, ["message:1"]), Everything(bundle))
    return [each.excerpt for each in found]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("14 pcs", "Fourteen PCs are affected."),
        ("fourteen pcs", "It concerns 14 PCs."),
        ("about 140,000 files", "About 140000 files are left."),
        ("takes 90 min", "It takes 1.5 hours."),
        ("every 30 sec", "It asks every 30 seconds."),
        ("cpu 30 %", "The load is 30%."),
        ("lands at 9am", "It begins at 09:00."),
        ("call at 2", "The call is at 2 pm."),
        ("call at 14:00", "The call is at 2 p.m."),
        ("bis 16 Uhr", "It is due by 4 pm."),
        ("replaced yesterday", "It was replaced on 25 November."),
        ("replaced on 25/11", "It was replaced on 25 November 2026."),
        ("since the 20th", "It began on 20 November."),
        ("since monday", "It began on Monday 23 November."),
        ("monday night", "It began in the night to Tuesday."),
        ("since this morning", "It began today."),
        ("FTS-ALD-DC1.fts.example is down", "The host FTS-ALD-DC1 is down."),
        (r"see \\CLW-FS1\Tenants\2026", r"The share is \\CLW-FS1\Tenants\2026."),
        ("mac 00-1A-2B-3C-4D-5E", "Its address is 00:1a:2b:3c:4d:5e."),
        ("ports 49152-65535", "Ports 49152 to 65535 are open."),
        ("seven of nine updated", "The other two were not updated."),
        ("BW-LT-11 and BW-LT-14 hang", "Two laptops hang."),
        ("version 8.6.5", "Version v8.6.5 is installed."),
        ("ines can't print", "Ines’ printer is offline."),
        ("ines can't print", "Maya Lindqvist noted it at 11:03."),
        ("max is 1440", "It takes at most 1440 minutes."),
    ],
)
def test_a_value_is_known_in_other_words(said: str, sentence: str) -> None:
    assert absent(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence", "value"),
    [
        ("14 pcs", "Forty PCs are affected.", "Forty"),
        ("takes 90 min", "It takes 90 seconds.", "90 seconds"),
        ("62 GB free", "62 MB are free.", "62 mb"),
        ("at 9am", "It begins at 9 pm.", "9 pm"),
        ("at 14:00", "It begins at 14:30.", "14:30"),
        ("since monday", "It began on Tuesday.", "Tuesday"),
        ("on 19 nov", "It began on 9 November.", "9 November"),
        ("HAL-PRT-02", "It is HAL-PRT-20.", "HAL-PRT-20"),
        ("10.44.2.10", "It is 10.44.2.1.", "10.44.2.1"),
        ("error 0x80070005", "The error is 0x80070006.", "0x80070006"),
        ("invoices@harbrook.example", "The mailbox is invoice@harbrook.example.", "invoice@harbrook.example"),
        ("on drive E:", "It is on drive F: now.", "F"),
        ("AzureAdPrt : NO", "AzureAdPrt is YES.", "YES"),
        ("ines can't print", "Jonas can’t print.", "Jonas"),
        ("ines can't print", "The driver is from Xerox.", "Xerox"),
        ("the boss can't print", "It was reported by Mr Aldridge.", "Aldridge"),
    ],
)
def test_an_absent_value_is_named(said: str, sentence: str, value: str) -> None:
    assert absent(said, sentence) == [value]


@pytest.mark.parametrize(
    ("said", "sentence", "values"),
    [
        ("14 PCs", "Es betrifft vierzehn PCs.", []),
        ("at noon", "Das geschieht um 12 Uhr.", []),
        ("on 25 November", "Das war am 25.11.", []),
        ("yesterday", "Das war gestern.", []),
        ("tomorrow at 10", "Das ist morgen um 10 Uhr.", []),
        ("60,000 files", "Es fehlen 60.000 Dateien.", []),
        ("Moira confirmed", "Moira hat die Anmeldung am Rechner bestätigt.", []),
        ("14 PCs", "Es betrifft vierzig PCs.", ["vierzig"]),
        ("on 25 November", "Das war am 15.11.", ["15.11"]),
        ("Moira confirmed", "Frau Campbell hat es bestätigt.", ["Campbell"]),
        ("Moira confirmed", "Laut Sabine geht es.", ["Sabine"]),
    ],
)
def test_german_values_are_compared_alike(said: str, sentence: str, values: list[str]) -> None:
    assert absent(said, sentence, Language.GERMAN) == values


def test_times_are_those_of_the_account() -> None:
    assert absent("it works", "This was noted at 6:03 am.", zone="America/New_York") == []
    assert absent("it works", "This was noted at 11:03.", zone="America/New_York") == ["11:03"]
