"""Small shelves are searched together, so that an account's first fixes are found as well as its hundredth.

What a word is worth was counted within a shelf. Among one or two fixes every word is common; among them and the
library it isn't.
"""

from importlib import import_module

from django.db import migrations

FEW = 500
MOST_CHARACTERS = 20_000
BEST = 20
UNKNOWN = 20
"""So many further cases without any of the words are added in thought: a small library proves no word common."""

FUNCTIONS = f"""
DROP FUNCTION flowpilot_find_among_few(uuid, text, text);
CREATE FUNCTION flowpilot_find_among_few(of_account uuid, shelves text[], said text)
RETURNS TABLE (kind varchar, id uuid, score real, found text[], weights real[])
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    WITH
        terms AS MATERIALIZED (SELECT lexemes, times FROM flowpilot_terms(said)),
        cases AS MATERIALIZED (
            SELECT kind, id, shelf, length, lexemes FROM flowpilot_cases
            WHERE shelf = ANY(shelves) AND (account_id = of_account OR account_id IS NULL)
        ),
        matches AS MATERIALIZED (
            SELECT DISTINCT cases.kind, cases.id, cases.shelf, cases.length, terms.lexemes, terms.times
            FROM cases, unnest(tsvector_to_array(cases.lexemes)) has (lexeme), terms, unnest(terms.lexemes) asked (lexeme)
            WHERE has.lexeme = cases.shelf || asked.lexeme
        ),
        weights AS MATERIALIZED (
            SELECT
                lexemes,
                ln(1 + (many - rows_with + 0.5) / (rows_with + 0.5)) / ln(2 * many + 2) * times * 2 / (times + 1)
                    * CASE WHEN lexemes[1] ~ '[0-9].*[0-9]' AND length(lexemes[1]) > 5 THEN 2 ELSE 1 END AS weight
            FROM
                (SELECT lexemes, times, count(*) AS rows_with FROM matches GROUP BY lexemes, times) counted,
                (SELECT count(*) + {UNKNOWN} AS many FROM cases) total
        ),
        scored AS (
            SELECT
                kind, id, shelf,
                sum(weight) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * length / (SELECT avg(length) FROM cases))) AS score,
                array_agg(lexemes[1] ORDER BY weight DESC, lexemes[1]) AS found,
                array_agg(weight::real ORDER BY weight DESC, lexemes[1]) AS weights
            FROM matches JOIN weights USING (lexemes)
            GROUP BY kind, id, shelf, length
        ),
        placed AS (SELECT *, row_number() OVER (PARTITION BY shelf ORDER BY score DESC, id) AS place FROM scored)
    SELECT kind, id, score::real, found, weights FROM placed WHERE place <= {BEST} ORDER BY score DESC, id
$$;
COMMENT ON FUNCTION flowpilot_find_among_few(uuid, text[], text) IS
    'Compares every case of small shelves, by BM25; what a word is worth is counted in all of them together.';

CREATE OR REPLACE FUNCTION flowpilot_find(of_account uuid, said text)
RETURNS TABLE (kind varchar, id uuid, score real, found text[], weights real[])
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    question CONSTANT text := left(said, {MOST_CHARACTERS});
    shelves CONSTANT text[] := ARRAY[
        flowpilot_shelf('fix', of_account), flowpilot_shelf('playbook', of_account), flowpilot_shelf('playbook', NULL)
    ];
    small text[] := '{{}}';
    owner uuid;
    many int;
BEGIN
    FOR shelf_number IN 1 .. 3 LOOP
        owner := CASE WHEN shelf_number < 3 THEN of_account END;
        SELECT count(*) INTO many FROM (
            SELECT 1 FROM flowpilot_cases c
            WHERE c.shelf = shelves[shelf_number] AND c.account_id IS NOT DISTINCT FROM owner LIMIT {FEW} + 1
        ) counted;
        IF many > {FEW} THEN
            RETURN QUERY SELECT * FROM flowpilot_find_among_many(owner, shelves[shelf_number], question);
        ELSIF many > 0 THEN
            small := small || shelves[shelf_number];
        END IF;
    END LOOP;
    IF cardinality(small) > 0 THEN
        RETURN QUERY SELECT * FROM flowpilot_find_among_few(of_account, small, question);
    END IF;
END
$$;
"""


AS_BEFORE = import_module("flowpilot.migrations.0007_comparable_scores").FUNCTIONS

BACK = f"""
DROP FUNCTION flowpilot_find_among_few(uuid, text[], text);
CREATE FUNCTION flowpilot_find_among_few(uuid, text, text) RETURNS int LANGUAGE sql AS 'SELECT 1';
{AS_BEFORE}
"""
"""What is created here only for the first statement of 0007, which replaces all three functions."""


class Migration(migrations.Migration):
    dependencies = [("flowpilot", "0008_faster_lexemes")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
