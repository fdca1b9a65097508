"""The functions by which texts are found: they cut what is stored and what is typed into the same words.

Their rules are in docs/decisions/0014-words-are-cut-in-postgresql.md. An index on `search_lexemes` holds what these
functions gave when a row was written, so whoever changes one of them rebuilds those indexes in the same release.
"""

import unicodedata
from collections.abc import Iterable

from django.db import migrations

BETWEEN_WORDS = {"Cc", "Cf", "Co", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs"}
"""Unicode's categories of controls, punctuation, symbols and blanks. Letters, digits and marks make words."""
LETTER_APOSTROPHE = "\u02bc"

IGNORABLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point: what no reader sees, such as joiners and soft hyphens."""
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts without spaces between words."""
WHITE_SPACE = r"\t-\r\u0085 \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

MOST_WORDS, LONGEST_WORD, LONGEST_RUN = 8, 100, 32
"""Of a search; characters of a word that count; characters of a run without spaces that count in a search."""


def ranges(codes: Iterable[int]) -> str:
    """Return the inside of a bracket expression for these characters, which come in rising order."""
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in found)


def is_between_words(character: str) -> bool:
    return unicodedata.category(character) in BETWEEN_WORDS or character == LETTER_APOSTROPHE


SEPARATORS = ranges(code for code in range(1, 0x110000) if is_between_words(chr(code)))

FUNCTIONS = f"""
CREATE FUNCTION search_words(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(
        replace(
            translate(
                regexp_replace(lower(normalize($1, NFKC)), '[{IGNORABLE}]+' COLLATE "C", '', 'g'),
                'ς', 'σ'
            ),
            'ß', 'ss'
        ),
        '[{SEPARATORS}]+' COLLATE "C", ' ', 'g'
    ),
    '([{UNSPACED}]+)' COLLATE "C", ' \\1 ', 'g'
);
COMMENT ON FUNCTION search_words(text) IS
    'The words of a text with blanks between them, in the spelling in which they are compared. '
    'A run of letters of a script without spaces counts as one word.';

CREATE FUNCTION search_lexemes(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
RETURN array_to_tsvector(
    array_remove(
        string_to_array(
            regexp_replace(
                regexp_replace(search_words($1), '([{UNSPACED}])' COLLATE "C", '\\1 \\1', 'g'),
                '([^ ]{{{LONGEST_WORD}}})[^ ]+' COLLATE "C", '\\1', 'g'
            ),
            ' '
        ),
        ''
    )
);
COMMENT ON FUNCTION search_lexemes(text) IS
    'What a text is found by: its words; of a run without spaces every two neighbours, its first and its last letter.';

CREATE FUNCTION search_query(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(term, ' & ')::tsquery
    FROM (
        SELECT
            CASE
                WHEN word !~ '^[{UNSPACED}]' COLLATE "C" THEN
                    '''' || left(word, {LONGEST_WORD}) || ''''
                    || CASE WHEN word_number = cardinality(words) THEN ':*' ELSE '' END
                WHEN length(word) = 1 THEN '''' || word || ''':*'
                ELSE (
                    SELECT string_agg('''' || substr(word, letter, 2) || '''', ' & ')
                    FROM generate_series(1, least(length(word), {LONGEST_RUN}) - 1) letter
                )
            END AS term
        FROM
            regexp_split_to_table($1, '[{WHITE_SPACE}]+' COLLATE "C") WITH ORDINALITY AS pieces (piece, piece_number),
            LATERAL array_remove(string_to_array(search_words(piece), ' '), '') AS words,
            LATERAL unnest(words) WITH ORDINALITY AS cut (word, word_number)
        ORDER BY piece_number, word_number
        LIMIT {MOST_WORDS}
    ) terms
);
COMMENT ON FUNCTION search_query(text) IS
    'Finds the texts that have every word of what was typed. Of a piece between white space, such as “cw-482”, the '
    'last word may be the beginning of one. Null when there is no word in it, which finds nothing.';
"""

BACK = """
DROP FUNCTION search_query(text);
DROP FUNCTION search_lexemes(text);
DROP FUNCTION search_words(text);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
