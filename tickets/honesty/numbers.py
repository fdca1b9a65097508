"""Numbers in figures and in words, and the units behind them."""

import re
from collections.abc import Iterable

from tickets.honesty.word_sets import words

_GROUPED = re.compile(r"\d{1,3}(?:[.,’']\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d+")

SECONDS = {
    **dict.fromkeys(words("s sec secs second seconds sekunde sekunden sek"), 1),
    **dict.fromkeys(words("m min mins minute minutes minuten"), 60),
    **dict.fromkeys(words("h hr hrs hour hours stunde stunden std"), 3_600),
    **dict.fromkeys(words("d day days tag tage tagen"), 86_400),
    **dict.fromkeys(words("week weeks woche wochen"), 604_800),
}
UNITS = {
    **dict.fromkeys(["%", "percent", "prozent"], "%"),
    **{
        unit: unit
        for unit in ["b", "kb", "mb", "gb", "tb", "kbit", "mbit", "gbit", "ms", "mhz", "ghz", "km", "cm", "mm"]
    },
    **dict.fromkeys(["byte", "bytes"], "b"),
    **dict.fromkeys(words("€ eur euro euros"), "€"),
    **dict.fromkeys(["$", "dollar", "dollars"], "$"),
    **dict.fromkeys(words("£ pound pounds pfund"), "£"),
    **dict.fromkeys(words("month months monat monate monaten"), "months"),
    **dict.fromkeys(words("year years jahr jahre jahren"), "years"),
}

_ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_GERMAN_ONES = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_GERMAN_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def _words() -> dict[str, int]:
    words = {word: value for ones in (_ENGLISH_ONES, _GERMAN_ONES) for value, word in enumerate(ones) if value > 1}
    for ten, (english, german) in enumerate(zip(_ENGLISH_TENS, _GERMAN_TENS, strict=True), 2):
        words |= {english: ten * 10, german: ten * 10, german.replace("ß", "ss"): ten * 10}
        for one in range(1, 10):
            words[f"{english}-{_ENGLISH_ONES[one]}"] = ten * 10 + one
            for spelled in (german, german.replace("ß", "ss")):
                words[f"{_GERMAN_ONES[one]}und{spelled}"] = ten * 10 + one
    more = {"dozen": 12, "dutzend": 12, "hundred": 100, "hundert": 100, "thousand": 1_000, "tausend": 1_000}
    times = {
        "twice": 2,
        "zweimal": 2,
        "dreimal": 3,
        "viermal": 4,
        "fünfmal": 5,
        "zweien": 2,
        "dreien": 3,
        "vieren": 4,
        "fünfen": 5,
        "sechsen": 6,
    }
    return words | more | times


WORDS = _words()
"""A number's word in English or German → the number. "One" and "ein" are left out: they are articles as well."""


def figures(token: str) -> set[str]:
    """Return what a number in figures can mean, as plain decimals: "1.500" → {"1500", "1.5"}; empty if it is none."""
    if token.isdecimal():
        return {_plain(token)}
    found = set()
    if _GROUPED.fullmatch(token):
        found.add(_plain(re.sub(r"\D", "", token)))
    if _DECIMAL.fullmatch(token):
        whole, _, part = token.replace(",", ".").partition(".")
        found.add(f"{_plain(whole)}.{part.rstrip('0')}".rstrip("."))
    return found


def with_unit(values: Iterable[str], unit: str) -> set[str] | None:
    """Return keys of a number with its unit, the same for "90 min" and "1.5 hours"; None if the unit isn't known."""
    if unit in SECONDS:
        return {f"duration:{round(float(value) * SECONDS[unit])}" for value in values if len(value) < 12}
    if unit in UNITS:
        return {f"{value} {UNITS[unit]}" for value in values}
    return None


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"
