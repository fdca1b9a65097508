"""A case is cut into lexemes three times as fast, and an error code is found with and without its 0x.

All cases are written again, because the rule has changed.
"""

from django.db import migrations

IN_A_CODE = r"[^\s\"''<>()\[\]{},;|`„“”‚‘’«»]*"
MOST_CHARACTERS = 50_000

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION flowpilot_codes(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
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

CREATE OR REPLACE FUNCTION flowpilot_without_0x(lexeme text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN starts_with(lexeme, '0x') AND length(lexeme) > 5 THEN substr(lexeme, 3) END;

CREATE OR REPLACE FUNCTION flowpilot_terms(text) RETURNS TABLE (lexemes text[], times int)
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

CREATE OR REPLACE FUNCTION flowpilot_lexemes(shelf text, said text) RETURNS tsvector
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

CREATE OR REPLACE FUNCTION flowpilot_text_of(playbook flowpilot_playbooks) RETURNS text LANGUAGE sql STABLE
AS $$
    SELECT concat_ws(
        E'\\n', playbook.title, playbook.area, playbook.fix_title,
        (SELECT string_agg(symptom, E'\\n') FROM jsonb_array_elements_text(playbook.symptoms) symptom)
    )
$$;

CREATE OR REPLACE FUNCTION flowpilot_keep_playbook() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP <> 'DELETE' AND NOT NEW.retired THEN
        PERFORM flowpilot_put_case('playbook', NEW.id, NEW.account_id, flowpilot_text_of(NEW));
    ELSIF TG_OP <> 'INSERT' THEN
        DELETE FROM flowpilot_cases WHERE id = OLD.id;
    END IF;
    RETURN NULL;
END
$$;
"""

WRITE_AGAIN = """
SELECT count(flowpilot_put_case('fix', fix.id, fix.account_id, flowpilot_problem_of(fix))::text)
FROM session_suggested_fixes fix WHERE flowpilot_is_case(fix.status);
SELECT count(flowpilot_put_case('template', id, account_id, concat_ws(E'\\n', name, description))::text)
FROM script_templates WHERE NOT retired;
SELECT count(flowpilot_put_case('playbook', id, account_id, flowpilot_text_of(playbook))::text)
FROM flowpilot_playbooks playbook WHERE NOT retired;
"""


class Migration(migrations.Migration):
    dependencies = [("flowpilot", "0007_comparable_scores")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(WRITE_AGAIN, migrations.RunSQL.noop),
    ]
