"""Times that people say, from a Thursday morning in Berlin: 26 November 2026, 10:00."""

from datetime import UTC, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from fixes.said_times import said_time

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=BERLIN)

ENGLISH = """
have to wait for the reboot tomorrow morning | tomorrow morning | Fri 27.11. 09:00
user is in tomorrow | tomorrow | Fri 27.11. 09:00
tmrw 8:30 works for them | tmrw 8:30 | Fri 27.11. 08:30
will know at 9 tomorrow | at 9 tomorrow | Fri 27.11. 09:00
tomorrow after lunch | tomorrow after lunch | Fri 27.11. 13:30
the day after tomorrow | the day after tomorrow | Sat 28.11. 09:00
check again in 2 hours | in 2 hours | Thu 26.11. 12:00
will know in half an hour | in half an hour | Thu 26.11. 10:30
in an hour or so | in an hour | Thu 26.11. 11:00
in a couple of hours | in a couple of hours | Thu 26.11. 12:00
in 1.5 hours | in 1.5 hours | Thu 26.11. 11:30
back in 1 h 30 min | in 1 h 30 min | Thu 26.11. 11:30
in 2-3 hours | in 2-3 hours | Thu 26.11. 13:00
replication takes about 15 minutes | takes about 15 minutes | Thu 26.11. 10:15
give it 30 min | give it 30 min | Thu 26.11. 10:30
licence sync, up to 24 hours | up to 24 hours | Fri 27.11. 10:00
within the next hour | within the next hour | Thu 26.11. 11:00
need to see it after lunch | after lunch | Thu 26.11. 13:30
calling the user at 3pm | at 3pm | Thu 26.11. 15:00
calling the user at 3pm today | at 3pm today | Thu 26.11. 15:00
before lunch | before lunch | Thu 26.11. 12:00
late afternoon | late afternoon | Thu 26.11. 17:00
she restarts at 9am tomorrow | at 9am tomorrow | Fri 27.11. 09:00
done by 15:30 | by 15:30 | Thu 26.11. 15:30
ask again at 3 | at 3 | Thu 26.11. 15:00
reboot tonight | tonight | Thu 26.11. 19:00
at 8 tonight | at 8 tonight | Thu 26.11. 20:00
this afternoon | this afternoon | Thu 26.11. 15:00
checking before end of day | before end of day | Thu 26.11. 17:00
eod at the latest | eod | Thu 26.11. 17:00
policy refreshes overnight | overnight | Fri 27.11. 09:00
user is back on Monday | on Monday | Mon 30.11. 09:00
Monday 10am | Monday 10am | Mon 30.11. 10:00
by next Thursday | by next Thursday | Thu 03.12. 09:00
maintenance window sometime next week | next week | Mon 30.11. 09:00
Tuesday next week | Tuesday next week | Tue 01.12. 09:00
end of the week | end of the week | Fri 27.11. 17:00
will see in the morning | in the morning | Fri 27.11. 09:00
on 3 December | on 3 December | Thu 03.12. 09:00
by December 3rd | by December 3rd | Thu 03.12. 09:00
ISP comes 2026-12-24 | 2026-12-24 | Thu 24.12. 09:00
it broke yesterday, check again in 2 hours | in 2 hours | Thu 26.11. 12:00
"""

GERMAN = """
morgen früh nochmal schauen | morgen früh | Fri 27.11. 09:00
muss bis morgen warten | bis morgen | Fri 27.11. 09:00
morgen um 9 | morgen um 9 | Fri 27.11. 09:00
morgen am Nachmittag | morgen am Nachmittag | Fri 27.11. 15:00
in 2 Stunden | in 2 Stunden | Thu 26.11. 12:00
in einer halben Stunde | in einer halben Stunde | Thu 26.11. 10:30
in ner Stunde | in ner Stunde | Thu 26.11. 11:00
in ein paar Stunden | in ein paar Stunden | Thu 26.11. 13:00
in anderthalb Stunden | in anderthalb Stunden | Thu 26.11. 11:30
dauert noch ca. 20 Minuten | dauert noch ca. 20 Minuten | Thu 26.11. 10:20
bis zu 15 min | bis zu 15 min | Thu 26.11. 10:15
in 3 Tagen | in 3 Tagen | Sun 29.11. 10:00
nach dem Mittag | nach dem Mittag | Thu 26.11. 13:30
um 15 Uhr | um 15 Uhr | Thu 26.11. 15:00
ab 15:30 Uhr | ab 15:30 Uhr | Thu 26.11. 15:30
gegen halb vier | gegen halb vier | Thu 26.11. 15:30
Wartung um 3 Uhr nachts | um 3 Uhr nachts | Fri 27.11. 03:00
heute Abend | heute Abend | Thu 26.11. 19:00
heute Nachmittag um 4 | heute Nachmittag um 4 | Thu 26.11. 16:00
heute Abend um 8 | heute Abend um 8 | Thu 26.11. 20:00
heute Nacht wird repliziert | heute Nacht | Fri 27.11. 09:00
am Montag | am Montag | Mon 30.11. 09:00
Montagnachmittag | Montagnachmittag | Mon 30.11. 15:00
um 9 am Montag | um 9 am Montag | Mon 30.11. 09:00
Dienstag nächste Woche | Dienstag nächste Woche | Tue 01.12. 09:00
vor Feierabend | vor Feierabend | Thu 26.11. 17:00
erst nach Feierabend | erst nach Feierabend | Thu 26.11. 18:00
kommt erst Mo | erst Mo | Mon 30.11. 09:00
übermorgen | übermorgen | Sat 28.11. 09:00
am 3.12. | am 3.12 | Thu 03.12. 09:00
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "words", "at"), rows(ENGLISH) + rows(GERMAN))
def test_a_time_is_found_with_the_words_that_say_it(text: str, words: str, at: str) -> None:
    said = said_time(text, NOW)
    assert said is not None
    assert (said.words.rstrip("."), f"{said.at:%a %d.%m. %H:%M}") == (words.rstrip("."), at)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no luck",
        "it worked until this morning",
        "since Monday the VPN drops",
        "last Monday it was fine",
        "2 hours ago",
        "it sat there for 5 min",
        "it dropped 5 times in 2 hours",
        "today it broke",
        "the Monday backup job failed",
        "Monday's patch broke it",
        "happens every morning",
        "event 1004 on SRV-EXCH-01",
        "the second user may be on 10.0.0.1 with 3 errors",
        "10 may be down",
        "works in Outlook 2019",
        "at 3 sites",
        "at 15:30:22 in the log",
        "on Sun server",
        "in 999 days",
        "in 99999 hours",
        "am 31.2.",
        "today at 9am",
        "guten Morgen",
        "Morgen, läuft wieder",
        "heute morgen ging es noch",
        "seit Montag",
        "vor 2 Stunden",
        "jeden Morgen dasselbe",
        "am Server",
        "schönen Feierabend",
    ],
)
def test_what_names_no_time_ahead_is_left_alone(text: str) -> None:
    assert said_time(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "now", "at"),
    [
        ("after lunch", "14:00", "Fri 27.11. 13:30"),
        ("end of day", "17:30", "Fri 27.11. 17:00"),
        ("this afternoon", "15:20", "Thu 26.11. 17:00"),
        ("tonight", "19:30", "Thu 26.11. 21:00"),
        ("in the morning", "01:00", "Thu 26.11. 09:00"),
        ("at 9:30", "10:00", "Fri 27.11. 09:30"),
        ("on Thursday", "08:00", "Thu 03.12. 09:00"),
    ],
)
def test_a_time_of_day_that_has_passed_is_the_next_one(text: str, now: str, at: str) -> None:
    hour, minute = map(int, now.split(":"))
    said = said_time(text, NOW.replace(hour=hour, minute=minute))
    assert said is not None
    assert f"{said.at:%a %d.%m. %H:%M}" == at


@pytest.mark.parametrize(
    ("now", "text", "at"),
    [
        ((2026, 3, 28, 10, 0), "tomorrow", "2026-03-29T09:00:00+02:00"),
        ((2026, 3, 28, 10, 0), "in 24 hours", "2026-03-29T10:00:00+02:00"),
        ((2026, 3, 28, 10, 0), "in 25 hours", "2026-03-29T12:00:00+02:00"),
        ((2026, 3, 28, 23, 0), "in 5 hours", "2026-03-29T05:00:00+02:00"),
        ((2026, 3, 28, 2, 30), "in 1 day", "2026-03-29T03:30:00+02:00"),
        ((2026, 10, 24, 23, 0), "in 4 hours", "2026-10-25T02:00:00+01:00"),
        ((2026, 10, 24, 10, 0), "tomorrow at 02:30", "2026-10-25T02:30:00+02:00"),
        ((2026, 10, 24, 10, 0), "in 1 day", "2026-10-25T10:00:00+01:00"),
    ],
)
def test_hours_are_counted_and_days_keep_their_time_when_the_clocks_change(
    now: tuple[int, ...], text: str, at: str
) -> None:
    said = said_time(text, datetime(*now, tzinfo=BERLIN))
    assert said is not None
    assert said.at.isoformat() == at


def test_nine_is_nine_in_the_zone_of_the_account() -> None:
    auckland = said_time("tomorrow", NOW.astimezone(ZoneInfo("Pacific/Auckland")))
    assert auckland is not None
    assert auckland.at.isoformat() == "2026-11-27T09:00:00+13:00"


@pytest.mark.parametrize("text", ["in 365 days", "next month", "tomorrow", "am 25.11.", "2027-11-26", "on 26 November"])
def test_a_time_lies_after_now_and_within_a_year(text: str) -> None:
    said = said_time(text, NOW)
    assert said is None or timedelta() < said.at.astimezone(UTC) - NOW.astimezone(UTC) <= timedelta(days=365)


@pytest.mark.parametrize(
    "piece",
    ["in ", "in in the next up to ", "tomorrow at at at ", "9", "1.", "morgen am ", "Monday,", "İ", "since Monday "],
)
def test_a_megabyte_takes_seconds_at_most(piece: str) -> None:
    began = process_time()
    said_time(piece * (1_000_000 // len(piece)), NOW)
    assert process_time() - began < 8
