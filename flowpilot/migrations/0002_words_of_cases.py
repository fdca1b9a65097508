"""The functions that cut a text into lexemes, for what is stored and for what is asked (docs/copilot.md).

Their rules are in docs/decisions/0022-retrieval-in-postgresql.md. The table flowpilot_cases holds what these functions
gave when a row was written, so whoever changes one of them writes those rows again in the same release.
"""

from django.db import migrations

WORDS = "asciiword, word, asciihword, hword, hword_asciipart, hword_part"
"""The kinds of tokens that have stems. Numbers, hosts, paths and addresses are kept as they are."""

CONFIGURATIONS = f"""
CREATE TEXT SEARCH DICTIONARY flowpilot_not_english (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY flowpilot_not_german (TEMPLATE = simple, STOPWORDS = german, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION flowpilot_english (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION flowpilot_english ALTER MAPPING FOR {WORDS}
    WITH flowpilot_not_english, flowpilot_not_german, english_stem;
CREATE TEXT SEARCH CONFIGURATION flowpilot_german (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION flowpilot_german ALTER MAPPING FOR {WORDS}
    WITH flowpilot_not_english, flowpilot_not_german, german_stem;
"""

CONFIGURATIONS_BACK = """
DROP TEXT SEARCH CONFIGURATION flowpilot_german;
DROP TEXT SEARCH CONFIGURATION flowpilot_english;
DROP TEXT SEARCH DICTIONARY flowpilot_not_german;
DROP TEXT SEARCH DICTIONARY flowpilot_not_english;
"""

IN_A_CODE = r"[^\s\"''<>()\[\]{},;|`„“”‚‘’«»]*"
MOST_CHARACTERS = 50_000
"""Of a text: a tsvector takes less than 1 MB, also when each character is a letter of four bytes."""

FUNCTIONS = f"""
CREATE FUNCTION flowpilot_spelling(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN replace(replace(replace(replace(left($1, 100), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss');
COMMENT ON FUNCTION flowpilot_spelling(text) IS 'A lexeme with umlauts written as people without their keys write them.';

CREATE FUNCTION flowpilot_without_0x(lexeme text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN starts_with(lexeme, '0x') AND length(lexeme) > 5 THEN substr(lexeme, 3) END;

CREATE FUNCTION flowpilot_codes(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT flowpilot_spelling(code)
        FROM
            regexp_matches(words, '{IN_A_CODE}(?:[0-9\\\\/_@]|[a-z0-9][.-][a-z0-9]){IN_A_CODE}', 'g') AS runs (run),
            trim(BOTH '.:*!?=' FROM run[1]) AS code
        WHERE length(code) BETWEEN 3 AND 100 AND code ~ '[^0-9.:+-]'
    );
END
$$;
COMMENT ON FUNCTION flowpilot_codes(text) IS
    'Host names, paths, addresses and error codes in a text in lower case: runs without blanks, quotes and brackets '
    'that have a digit or a sign which joins.';

CREATE FUNCTION flowpilot_terms(text) RETURNS TABLE (lexemes text[], times int)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH
        said AS MATERIALIZED (SELECT lower(normalize(left($1, {MOST_CHARACTERS}), NFKC)) AS words),
        stems AS MATERIALIZED (
            SELECT place, array_agg(DISTINCT spelling) AS lexemes
            FROM
                (
                    SELECT cut.* FROM said, unnest(to_tsvector('flowpilot_english', words)) cut
                    UNION ALL
                    SELECT cut.* FROM said, unnest(to_tsvector('flowpilot_german', words)) cut
                ) cut,
                unnest(positions) place,
                unnest(ARRAY[flowpilot_spelling(lexeme), flowpilot_without_0x(lexeme)]) spelling
            WHERE length(lexeme) > 1 AND spelling IS NOT NULL
            GROUP BY place
        ),
        codes AS (SELECT ARRAY[code] AS lexemes FROM said, unnest(flowpilot_codes(words)) code),
        known AS (SELECT unnest(lexemes) AS lexeme FROM stems)
    SELECT lexemes, count(*)::int FROM stems GROUP BY lexemes
    UNION ALL
    SELECT lexemes, 1 FROM codes WHERE lexemes[1] NOT IN (SELECT lexeme FROM known);
END;
COMMENT ON FUNCTION flowpilot_terms(text) IS
    'The words of a text, each with its English and its German stem and how often it is said; stop words of both '
    'languages are left out. Host names, paths, addresses and error codes are also words as a whole.';

CREATE FUNCTION flowpilot_shelf(kind text, account uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind WHEN 'fix' THEN 'f' ELSE 'l' END || coalesce(left(account::text, 4), '') || ':';
COMMENT ON FUNCTION flowpilot_shelf(text, uuid) IS
    'The prefix of all lexemes of an account''s fixes, or of its templates and playbooks. With it the index reads '
    'only what belongs to the account, and the statistics count its words apart.';

CREATE FUNCTION flowpilot_lexemes(shelf text, said text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    words CONSTANT text := lower(normalize(left(said, {MOST_CHARACTERS}), NFKC));
BEGIN
    RETURN array_to_tsvector(
        ARRAY(
            SELECT DISTINCT shelf || spelling
            FROM
                unnest(
                    tsvector_to_array(to_tsvector('flowpilot_english', words))
                    || tsvector_to_array(to_tsvector('flowpilot_german', words))
                    || flowpilot_codes(words)
                ) lexeme,
                unnest(ARRAY[flowpilot_spelling(lexeme), flowpilot_without_0x(lexeme)]) spelling
            WHERE length(lexeme) > 1 AND spelling IS NOT NULL
        ) || shelf
    );
END
$$;
COMMENT ON FUNCTION flowpilot_lexemes(text, text) IS
    'What a text is found by. The shelf alone is a lexeme, too: its frequency is the number of cases on the shelf.';
"""
"""flowpilot_lexemes gives the lexemes of flowpilot_terms with the shelf before each. It doesn't count words, and so
cuts a case three times as fast."""

FUNCTIONS_BACK = """
DROP FUNCTION flowpilot_lexemes(text, text);
DROP FUNCTION flowpilot_shelf(text, uuid);
DROP FUNCTION flowpilot_terms(text);
DROP FUNCTION flowpilot_codes(text);
DROP FUNCTION flowpilot_without_0x(text);
DROP FUNCTION flowpilot_spelling(text);
"""


class Migration(migrations.Migration):
    dependencies = [("flowpilot", "0001_initial")]

    operations = [
        migrations.RunSQL(CONFIGURATIONS, CONFIGURATIONS_BACK),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
    ]
