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
DROP TEXT SEARCH CONFIGURATION flowpilot_english;
DROP TEXT SEARCH CONFIGURATION flowpilot_german;
DROP TEXT SEARCH DICTIONARY flowpilot_not_english;
DROP TEXT SEARCH DICTIONARY flowpilot_not_german;
"""

IN_A_CODE = r"[^\s\"''<>()\[\]{},;|`„“”‚‘’«»]*"
MOST_CHARACTERS = 50_000
"""Of a text: a tsvector takes less than 1 MB, also when each character is a letter of four bytes."""

FUNCTIONS = f"""
CREATE FUNCTION flowpilot_spelling(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN replace(replace(replace(replace(left($1, 100), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss');
COMMENT ON FUNCTION flowpilot_spelling(text) IS 'A lexeme with umlauts written as people without their keys write them.';

CREATE FUNCTION flowpilot_terms(text) RETURNS TABLE (lexemes text[], times int)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH
        said AS MATERIALIZED (SELECT lower(normalize(left($1, {MOST_CHARACTERS}), NFKC)) AS words),
        stems AS MATERIALIZED (
            SELECT place, array_agg(DISTINCT flowpilot_spelling(lexeme)) AS lexemes
            FROM (
                SELECT cut.* FROM said, unnest(to_tsvector('flowpilot_english', words)) cut
                UNION ALL
                SELECT cut.* FROM said, unnest(to_tsvector('flowpilot_german', words)) cut
            ) cut, unnest(positions) place
            WHERE length(lexeme) > 1
            GROUP BY place
        ),
        codes AS (
            SELECT ARRAY[flowpilot_spelling(code)] AS lexemes
            FROM said,
                regexp_matches(
                    words, '{IN_A_CODE}(?:[0-9\\\\/_@]|[a-z0-9][.-][a-z0-9]){IN_A_CODE}', 'g'
                ) AS runs (run),
                trim(BOTH '.:*!?=' FROM run[1]) AS code
            WHERE length(code) BETWEEN 3 AND 100 AND code ~ '[^0-9.:+-]'
        )
    SELECT lexemes, count(*)::int FROM stems GROUP BY lexemes
    UNION ALL
    SELECT lexemes, count(*)::int FROM codes WHERE lexemes NOT IN (SELECT lexemes FROM stems) GROUP BY lexemes;
END;
COMMENT ON FUNCTION flowpilot_terms(text) IS
    'The words of a text, each with its English and its German stem and how often it is said; stop words of both '
    'languages are left out. Host names, paths, addresses and error codes are also words as a whole.';

CREATE FUNCTION flowpilot_shelf(kind text, account uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE kind WHEN 'fix' THEN 'f' ELSE 'l' END || coalesce(left(account::text, 4), '') || ':';
COMMENT ON FUNCTION flowpilot_shelf(text, uuid) IS
    'The prefix of all lexemes of an account''s fixes, or of its templates and playbooks. With it the index reads '
    'only what belongs to the account, and the statistics count its words apart.';

CREATE FUNCTION flowpilot_lexemes(shelf text, said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(
    ARRAY(SELECT DISTINCT shelf || lexeme FROM flowpilot_terms(said) terms, unnest(terms.lexemes) lexeme) || shelf
);
COMMENT ON FUNCTION flowpilot_lexemes(text, text) IS
    'What a text is found by. The shelf alone is a lexeme, too: its frequency is the number of cases on the shelf.';

CREATE FUNCTION flowpilot_any(shelf text, lexemes text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg('''' || replace(replace(shelf || lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery
    FROM unnest(lexemes) lexeme
);
COMMENT ON FUNCTION flowpilot_any(text, text[]) IS 'Finds the cases on the shelf that have one of these lexemes.';

CREATE FUNCTION flowpilot_at_least(minimum int, leaves tsquery[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    many CONSTANT int := cardinality(leaves);
    half CONSTANT int := many / 2;
    found tsquery;
    part tsquery;
BEGIN
    IF minimum > many THEN
        RETURN NULL;
    ELSIF many = 1 THEN
        RETURN leaves[1];
    END IF;
    FOR on_the_left IN greatest(0, minimum - (many - half)) .. least(minimum, half) LOOP
        part := CASE on_the_left
            WHEN 0 THEN flowpilot_at_least(minimum, leaves[half + 1:])
            WHEN minimum THEN flowpilot_at_least(minimum, leaves[:half])
            ELSE flowpilot_at_least(on_the_left, leaves[:half])
                && flowpilot_at_least(minimum - on_the_left, leaves[half + 1:])
        END;
        found := coalesce(found || part, found, part);
    END LOOP;
    RETURN found;
END
$$;
COMMENT ON FUNCTION flowpilot_at_least(int, tsquery[]) IS
    'Finds what matches at least so many of these queries: some in the left half, the others in the right half.';
"""

FUNCTIONS_BACK = """
DROP FUNCTION flowpilot_at_least(int, tsquery[]);
DROP FUNCTION flowpilot_any(text, text[]);
DROP FUNCTION flowpilot_lexemes(text, text);
DROP FUNCTION flowpilot_shelf(text, uuid);
DROP FUNCTION flowpilot_terms(text);
DROP FUNCTION flowpilot_spelling(text);
"""


class Migration(migrations.Migration):
    dependencies = [("flowpilot", "0003_cases")]

    operations = [
        migrations.RunSQL(CONFIGURATIONS, CONFIGURATIONS_BACK),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        migrations.RunSQL(
            "ALTER TABLE flowpilot_cases ALTER COLUMN lexemes SET STATISTICS 1000;"
            "ALTER TABLE flowpilot_cases SET (autovacuum_analyze_scale_factor = 0.05);",
            migrations.RunSQL.noop,
        ),
    ]
