"""The words around days, times of day and spans, English and German, as data. All in lower case."""


def words(listed: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(listed.split())


BEFORE_DAY = words("on by next this coming until till before am erst bis ab zum nächsten naechsten kommenden diesen")
"""Words before a weekday that make it the coming one."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner jan",
            "february februar feb",
            "march märz maerz mar",
            "april apr",
            "may mai",
            "june juni jun",
            "july juli jul",
            "august aug",
            "september sept sep",
            "october oktober oct okt",
            "november nov",
            "december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
"""Months: they count only beside a day's number."""

BEFORE_CLOCK = words("at by around about until till before after um gegen bis ab ca circa vor nach")
"""Words before a time of day."""

AFTER_HOUR = words("today tomorrow tonight on heute morgen am again sharp nochmal nochmals wieder")
"""Words after a bare hour that show it is one: "at 3 tomorrow"."""

AT_NIGHT = ("nachts", "früh", "morgens")
"""Words after "3 Uhr" that keep it in the night."""

BETWEEN = words("at by around about on in the um gegen am so ca circa bis")
"""Words that can stand between a day and its time of day."""

LEADS = BEFORE_DAY | BEFORE_CLOCK
"""Words that belong to a time when they stand right before it."""

NUMBERS: dict[str, float] = {
    word: number
    for number, words in (
        (1, "a an one ein eine einem einer ner nem"),
        (1.5, "anderthalb eineinhalb"),
        (2, "two zwei"),
        (3, "three drei"),
        (4, "four vier"),
        (5, "five fünf"),
        (6, "six sechs"),
        (7, "seven sieben"),
        (8, "eight acht"),
        (9, "nine neun"),
        (10, "ten zehn"),
        (11, "eleven elf"),
        (12, "twelve zwölf"),
        (15, "fifteen fünfzehn"),
        (20, "twenty zwanzig"),
        (30, "thirty dreißig"),
    )
    for word in words.split()
}
"""Numbers that people write out before a unit of time."""

AMOUNTS = {
    tuple(words.split()): amount
    for amount, rows in (
        (0.25, "a quarter of an, quarter of an, einer viertel"),
        (0.5, "half an, half a, a half, halben, halbe, einer halben, ner halben, eine halbe, ne halbe"),
        (0.75, "einer dreiviertel, three quarters of an"),
        (1.5, "one and a half"),
        (2, "a couple of, a couple, couple of"),
        (3, "a few, few, ein paar, paar, einigen, some"),
    )
    for words in rows.split(",")
}
"""Amounts of more than one word; they win over NUMBERS."""

DAYS = 1440
UNITS = {
    unit: minutes
    for minutes, units in (
        (1, "m min mins minute minutes minuten minuts"),
        (15, "viertelstunde"),
        (45, "dreiviertelstunde"),
        (60, "h hr hrs hour hours std stunde stunden"),
        (DAYS, "d day days tag tage tagen"),
        (7 * DAYS, "week weeks woche wochen"),
        (30 * DAYS, "month months monat monate monaten"),
    )
    for unit in units.split()
}
"""Units of time in minutes. A day or more keeps the time of day."""

BEFORE_SPAN = words(
    "in up within another give gib geben take takes need needs wait warte warten noch dauert dauern braucht brauchen "
    "binnen innerhalb bis"
)
"""Words before a span that make it one ahead: "takes 15 minutes", "noch 20 Minuten", "up to 24 hours"."""

BEFORE_AMOUNT = words(
    "it them me ihm dem wir about around approx approximately roughly maybe say like another the next up to ca circa "
    "etwa ungefähr rund von den der nächsten nächste noch zu vielleicht so at least mindestens max maximal"
)
"""Words that can stand between them and the amount."""

NEXT = ("next", "nächsten", "nächste")
"""After these a unit needs no amount: "within the next hour"."""

BETWEEN_RANGE = ("to", "bis", "or", "oder")
"""Words between the ends of a range, of which the later counts: "in 2 to 3 hours"."""

BEFORE_UNIT = words("more full weitere weiteren ganze ganzen volle vollen")
"""Words that can stand between the amount and the unit."""

AFTER_PAST_SPAN = words("ago already later schon bereits her")
"""Words after a span that put it into the past."""

BEFORE_RATE = words("times once twice mal einmal zweimal dreimal")
"""Words before a span that make it a rate: "three times in 2 hours"."""

BEFORE_PAST = words("since last yesterday every each previous seit letzten letzte letzter jeden jede gestern")
"""Words before a time that put it into the past, or make it a habit."""
