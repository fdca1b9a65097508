"""Phrases that name days and times of day, English and German, as data. All in lower case, as people type them.

Each table says what a phrase of one or more words means. The longest phrase that fits wins.
"""

from datetime import time

from fixes.said_times.days import MORNING, TODAY, TOMORROW, Clock, Day, Moment, OfMonth

LATE_MORNING = Clock(time(10))
NOON = Clock(time(12))
AFTER_LUNCH = Clock(time(13, 30))
AFTERNOON = Clock(time(15), later=time(17))
END_OF_DAY = Clock(time(17))
AFTER_WORK = Clock(time(18), later=time(21))
EVENING = Clock(time(19), later=time(21))
MIDNIGHT = Clock(time(0))

NEXT_WEEK = Day(weekday=0, week=1)
NEXT_MONTH = OfMonth(1)
FRIDAY = Day(weekday=4, or_today=True)
SATURDAY = Day(weekday=5)
MONDAY = Day(weekday=0)


def _rows(*rows: tuple[Moment | None, str]) -> dict[tuple[str, ...], Moment | None]:
    """Return phrase → meaning from rows of a meaning and its phrases, with commas between them."""
    return {tuple(phrase.split()): moment for moment, phrases in rows for phrase in phrases.split(",")}


MOMENTS = _rows(
    # English
    (Moment(TOMORROW), "tomorrow, tommorow, tomorow, tommorrow, tmrw, tmr, tomorrow's, next working day"),
    (Moment(Day(2)), "day after tomorrow, the day after tomorrow"),
    (Moment(TODAY), "today"),
    (Moment(TODAY, END_OF_DAY), "later today, by today, end of today, before i leave"),
    (Moment(TODAY, AFTERNOON), "this afternoon, this arvo"),
    (Moment(TODAY, EVENING), "tonight, tonite, tonight's, this evening"),
    (Moment(TOMORROW, MORNING), "overnight, over night, first thing tomorrow"),
    (Moment(None, MORNING), "in the morning, in the am, first thing in the morning, first thing"),
    (
        Moment(None, NOON),
        "at noon, at lunch, at lunchtime, over lunch, by noon, by lunch, by lunchtime, midday, before lunch",
    ),
    (Moment(None, AFTER_LUNCH), "after lunch, after lunchtime, after my lunch, after the lunch break, after noon"),
    (Moment(None, AFTERNOON), "in the afternoon"),
    (Moment(None, END_OF_DAY), "late afternoon, in the late afternoon, am späten nachmittag"),
    (Moment(None, EVENING), "in the evening"),
    (
        Moment(None, END_OF_DAY),
        "end of day, end of the day, end of business, close of business, eod, cob, end of play, eob",
    ),
    (Moment(None, AFTER_WORK), "after hours, after work, after business hours, out of hours"),
    (Moment(None, MIDNIGHT), "at midnight, after midnight, by midnight"),
    (Moment(NEXT_WEEK), "next week, start of next week, early next week, beginning of next week"),
    (Moment(Day(weekday=2, week=1)), "mid next week, middle of next week"),
    (Moment(Day(weekday=4, week=1), END_OF_DAY), "end of next week, late next week"),
    (Moment(FRIDAY, END_OF_DAY), "end of the week, end of week, end of this week, eow"),
    (Moment(SATURDAY), "at the weekend, on the weekend, this weekend, at weekend"),
    (Moment(MONDAY), "after the weekend, over the weekend, after weekend"),
    (Moment(NEXT_MONTH), "next month, start of next month, beginning of next month"),
    (None, "this morning, good morning, good afternoon, good evening, next week's, last night, yesterday morning"),
    (None, "yesterday afternoon, yesterday evening, the other day, every morning, every night"),
    # German
    (Moment(TOMORROW), "morgen, moregn, morgne"),
    (Moment(Day(2)), "übermorgen, uebermorgen"),
    (Moment(TODAY), "heute"),
    (
        Moment(TODAY, END_OF_DAY),
        "noch heute, heute noch, bis heute, im lauf des tages, im laufe des tages, später heute",
    ),
    (Moment(TODAY, AFTERNOON), "heute nachmittag, heut nachmittag, heute am nachmittag"),
    (Moment(TODAY, EVENING), "heute abend, heut abend, heute am abend, heut abends"),
    (Moment(TODAY, NOON), "heute mittag, heute zu mittag"),
    (Moment(TOMORROW, MORNING), "heute nacht, heut nacht, über nacht, ueber nacht, morgen früh, morgen in der früh"),
    (Moment(TOMORROW, MORNING), "morgen frueh, morgen am morgen"),
    (Moment(None, MORNING), "am morgen, in der früh, in der frueh, am nächsten morgen, am nächsten tag"),
    (Moment(None, LATE_MORNING), "am vormittag, im lauf des vormittags, im laufe des vormittags"),
    (Moment(None, NOON), "am mittag, gegen mittag, zu mittag, bis mittag, über mittag, vor dem mittag"),
    (
        Moment(None, AFTER_LUNCH),
        "nach dem mittag, nach mittag, nach der mittagspause, nach dem mittagessen, nach dem essen, nachm mittag",
    ),
    (Moment(None, AFTERNOON), "am nachmittag, im lauf des nachmittags, im laufe des nachmittags"),
    (Moment(None, EVENING), "am abend, gegen abend"),
    (
        Moment(None, END_OF_DAY),
        "zum feierabend, bis feierabend, bis zum feierabend, vor feierabend, vor dem feierabend, kurz vor feierabend, "
        "feierabend, ende des tages, am ende des tages, bis ende des tages, tagesende, bis tagesende",
    ),
    (Moment(None, AFTER_WORK), "nach feierabend, nach dem feierabend, nach dienstschluss, nach geschäftsschluss"),
    (Moment(None, MIDNIGHT), "um mitternacht, nach mitternacht"),
    (Moment(NEXT_WEEK), "nächste woche, naechste woche, kommende woche, anfang nächster woche, anfang der woche"),
    (Moment(NEXT_WEEK), "nächster woche, kommender woche"),
    (Moment(Day(weekday=2, week=1)), "mitte nächster woche"),
    (Moment(Day(weekday=4, week=1), END_OF_DAY), "ende nächster woche"),
    (Moment(FRIDAY, END_OF_DAY), "ende der woche, bis ende der woche, ende dieser woche"),
    (Moment(SATURDAY), "am wochenende, dieses wochenende"),
    (Moment(MONDAY), "nach dem wochenende, übers wochenende, über das wochenende"),
    (Moment(NEXT_MONTH), "nächsten monat, naechsten monat, kommenden monat, anfang nächsten monats"),
    (None, "heute morgen, heute früh, heute frueh, heut morgen, heut früh, guten morgen, schönen feierabend"),
    (None, "morgen zusammen, morgen allerseits, morgen leute, morgen kollegen, morgen an alle, gestern abend"),
    (None, "gestern nachmittag, gestern morgen, gestern früh, gestern mittag, jeden morgen, jeden abend, jede nacht"),
    (
        None,
        "letzte nacht, letzte woche, guten abend, schönen abend, bis heute morgen, bis heute früh, bis heute mittag",
    ),
)
"""Phrases that name a time by themselves. None: the phrase is no time ahead, and its words aren't looked at again."""

PARTS = {
    tuple(name.split()): clock
    for clock, names in (
        (MORNING, "morning, am, first thing, early, früh, frueh, morgen, in der früh"),
        (LATE_MORNING, "vormittag, vormittags"),
        (NOON, "noon, lunch, lunchtime, mittag, mittags"),
        (AFTERNOON, "afternoon, pm, nachmittag, nachmittags"),
        (EVENING, "evening, night, abend, abends"),
    )
    for name in names.split(",")
}
"""Parts of a day that count only after the day: "tomorrow afternoon", "Montag früh"."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag",
            "tuesday dienstag",
            "wednesday wensday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag sonnabend",
            "sunday sonntag",
        )
    )
    for name in names.split()
}
"""Weekdays written out."""

SHORT_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("mon mo", "tue tues di", "wed mi", "thu thur thurs do", "fri fr", "sat sa", "sun so")
    )
    for name in names.split()
}
"""Weekdays cut short: they count only after a word of BEFORE_DAY, and at the end of a clause or before a time."""

DAYS_WITH_PARTS = {
    day + part: Moment(Day(weekday=WEEKDAYS[day]), clock)
    for day in WEEKDAYS
    for part, clock in (
        ("früh", MORNING),
        ("morgen", MORNING),
        ("vormittag", LATE_MORNING),
        ("mittag", NOON),
        ("nachmittag", AFTERNOON),
        ("abend", EVENING),
    )
}
"""German writes a weekday and a part of it in one word: "Montagnachmittag"."""
