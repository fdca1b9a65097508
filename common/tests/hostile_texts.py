"""Texts that break products, for the tests of every room.

Each table maps what a text is to the text, for `pytest.mark.parametrize(..., TABLE.values(), ids=TABLE)`.
"""

import unicodedata

from hypothesis import strategies as st

INVISIBLE = {
    "white space": " \t\r\n\u00a0\u3000",
    "line and paragraph separators": "\u2028\u2029",
    "zero-width space": "\u200b",
    "zero-width joiner and non-joiner": "\u200d\u200c",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "direction marks": "\u200e\u200f\u202e\u2066",
    "variation selector": "\ufe0f",
    "tag characters": "\U000e0041\U000e007f",
    "a combining mark alone": "\u0301",
    "an enclosing mark alone": "\u20dd",
    "Hangul fillers": "\u115f\u1160\u3164\uffa0",
    "blank Braille pattern": "\u2800",
    "private use": "\ue000",
    "not a character": "\ufdd0",
}
"""Nothing of it can be seen: empty, wherever text is asked for."""

INVALID = {
    "NUL": "a\x00b",
    "bell": "a\x07b",
    "escape": "a\x1b[31mb",
    "delete": "a\x7fb",
    "C1 control": "a\x90b",
    "file separator": "a\x1cb",
    "lone surrogate": "a\ud800b",
}
"""Refused, wherever text is taken."""

ONE_LINE = {
    "line feed": "a\nb",
    "carriage return and line feed": "a\r\nb",
    "tab": "a\tb",
    "vertical tab": "a\x0bb",
    "form feed": "a\x0cb",
    "next line": "a\x85b",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "no-break space": "a\u00a0b",
    "ideographic space": "a\u3000b",
    "a run of them": " a \n\u2028\t b \n",
}
"""Stored as “a b” in a field of one line."""

KEPT = {
    "emoji with joiners": "👩\u200d💻",
    "emoji with a variation selector": "⚠\ufe0f",
    "Persian with a non-joiner": "می\u200cخواهم",
    "Hindi": "त्रुटि",
    "Thai": "เครื่องพิมพ์",
    "Japanese": "プリンター",
    "right to left": "שגיאה 0x80070005",
    "beyond the basic plane": "𝔘 🜚",
}
"""Stored to the letter."""

DECOMPOSED = unicodedata.normalize("NFD", "Café Zürich é")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)
"""What DECOMPOSED is stored as."""

PIECES = ["é", "e\u0301", "ß", "’", "'", "ﬁ", "Ａ", "ς", "İ", "क्", "ไม่", "が", "か\u3099", *INVISIBLE.values()]

any_text = st.text(st.characters(exclude_categories=[]), max_size=80)
"""Lone surrogates and NUL included."""
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)
"""What can be stored or is refused for control characters, full of what looks alike."""
