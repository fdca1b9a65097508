"""The function that finds the cases nearest to a problem, `flowpilot_find` (docs/copilot.md).

All SQL of retrieval is in it, with the account inside, so that it can become SECURITY DEFINER under row security.
How it searches was measured: docs/decisions/0022-retrieval-in-postgresql.md.
"""

from django.db import migrations

FEW = 500
"""A shelf with at most so many cases is compared case by case."""
MOST_CHARACTERS = 20_000
"""Of what is asked: its words then have places that a tsvector can count."""
COUNTED = 60
"""So many words without statistics are counted in the index."""
RAREST, MOST_ROWS, LEAST_FOUND = 12, 12_000, 10
"""Words that a search is made of; rows of the index they may read together; cases after which it is content."""
COMPARED, BEST = 400, 20

RESULT = "TABLE (kind varchar, id uuid, score real, share real, found text[])"
LENGTH_NORM = "1 + 1.2 * (0.25 + 0.75 * length / (SELECT avg(length) FROM cases))"
"""BM25's denominator for words that a case has once, with k1 = 1.2 and b = 0.75."""
RARITY = "ln(1 + ({many} - {rows_with} + 0.5) / ({rows_with} + 0.5)) * times * 2 / (times + 1)"
"""BM25's weight of a word of the question; saying it more often counts at most twice."""

FUNCTIONS = f"""
CREATE FUNCTION flowpilot_frequencies(of_shelf text) RETURNS TABLE (lexeme text, rows_with real)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
    SELECT
        substr(lexeme, length(of_shelf) + 1),
        frequency * (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'flowpilot_cases'::regclass)
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) common (lexeme, frequency)
    WHERE schemaname = current_schema() AND tablename = 'flowpilot_cases' AND attname = 'lexemes'
        AND starts_with(lexeme, of_shelf)
$$;
COMMENT ON FUNCTION flowpilot_frequencies(text) IS
    'How many cases of the shelf have a lexeme, from the statistics of ANALYZE: for the frequent ones only.';

CREATE FUNCTION flowpilot_find_among_few(of_account uuid, of_shelf text, said text) RETURNS {RESULT}
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    WITH
        terms AS MATERIALIZED (
            SELECT lexemes, times, flowpilot_any(of_shelf, lexemes) AS query FROM flowpilot_terms(said)
            ORDER BY times DESC, lexemes LIMIT 100
        ),
        cases AS MATERIALIZED (
            SELECT kind, id, length, lexemes FROM flowpilot_cases
            WHERE shelf = of_shelf AND account_id IS NOT DISTINCT FROM of_account
        ),
        matches AS MATERIALIZED (
            SELECT cases.kind, cases.id, cases.length, terms.lexemes, terms.times
            FROM cases JOIN terms ON cases.lexemes @@ terms.query
        ),
        weights AS MATERIALIZED (
            SELECT lexemes, {RARITY.format(many="many", rows_with="rows_with")} AS weight
            FROM
                (SELECT lexemes, times, count(*) AS rows_with FROM matches GROUP BY lexemes, times) counted,
                (SELECT count(*) AS many FROM cases) total
        )
    SELECT kind, id, sum(weight) * 2.2 / ({LENGTH_NORM}) AS score,
        sum(weight) / (SELECT sum(weight) FROM weights), array_agg(lexemes[1] ORDER BY weight DESC, lexemes[1])
    FROM matches JOIN weights USING (lexemes)
    GROUP BY kind, id, length
    ORDER BY score DESC, id LIMIT {BEST}
$$;
COMMENT ON FUNCTION flowpilot_find_among_few(uuid, text, text) IS 'Compares every case of a small shelf, by BM25.';

CREATE FUNCTION flowpilot_find_among_many(of_account uuid, of_shelf text, said text) RETURNS {RESULT}
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    names text[];  -- of the words asked, the rarest first
    queries tsquery[];
    weights real[];
    rarest int[];  -- their places in these arrays
    near uuid[];
BEGIN
    WITH
        terms AS MATERIALIZED (
            SELECT t.lexemes, t.times, flowpilot_any(of_shelf, t.lexemes) AS query FROM flowpilot_terms(said) t
        ),
        frequencies AS MATERIALIZED (SELECT * FROM flowpilot_frequencies(of_shelf)),
        total AS MATERIALIZED (
            SELECT coalesce(
                (SELECT f.rows_with FROM frequencies f WHERE f.lexeme = ''),
                (SELECT count(*) FROM flowpilot_cases c WHERE c.shelf = of_shelf AND c.account_id IS NOT DISTINCT FROM of_account)
            ) AS many
        ),
        known AS (
            SELECT t.lexemes, t.times, t.query, max(f.rows_with) AS rows_with
            FROM terms t CROSS JOIN unnest(t.lexemes) lexeme LEFT JOIN frequencies f USING (lexeme)
            GROUP BY t.lexemes, t.times, t.query
        ),
        unknown AS (
            SELECT k.lexemes, k.times, k.query FROM known k WHERE k.rows_with IS NULL
            ORDER BY k.lexemes[1] ~ '[0-9]' DESC, k.times DESC, length(k.lexemes[1]) DESC, k.lexemes LIMIT {COUNTED}
        ),
        counted AS (
            SELECT u.*, (SELECT count(*) FROM flowpilot_cases c WHERE c.lexemes @@ u.query) AS rows_with FROM unknown u
            UNION ALL
            SELECT * FROM known k WHERE k.rows_with IS NOT NULL
        ),
        placed AS (
            SELECT w.*, row_number() OVER (ORDER BY w.weight DESC, w.lexemes) AS place
            FROM (
                SELECT c.*, t.many, {RARITY.format(many="greatest(t.many, c.rows_with)", rows_with="c.rows_with")} AS weight
                FROM counted c, total t
                WHERE c.rows_with > 0
                ORDER BY weight DESC, c.lexemes LIMIT 100
            ) w
        ),
        rare AS (
            SELECT p.place, row_number() OVER before AS nth, sum(p.rows_with) OVER before AS postings
            FROM placed p WHERE p.rows_with <= greatest(0.05 * p.many, {FEW})
            WINDOW before AS (ORDER BY p.place)
        )
    SELECT
        array_agg(p.lexemes[1] ORDER BY p.place), array_agg(p.query ORDER BY p.place),
        array_agg(p.weight ORDER BY p.place),
        (SELECT array_agg(r.place) FROM rare r WHERE r.nth <= {RAREST} AND r.postings <= {MOST_ROWS})
    INTO names, queries, weights, rarest
    FROM placed p;

    FOR minimum IN REVERSE least(4, cardinality(rarest)) .. 1 LOOP
        near := ARRAY(
            SELECT c.id FROM flowpilot_cases c
            WHERE c.lexemes @@ flowpilot_at_least(minimum, ARRAY(SELECT queries[place] FROM unnest(rarest) place))
                AND c.shelf = of_shelf AND c.account_id IS NOT DISTINCT FROM of_account
            LIMIT {COMPARED}
        );
        EXIT WHEN cardinality(near) >= {LEAST_FOUND};
    END LOOP;

    RETURN QUERY
    WITH
        cases AS MATERIALIZED (SELECT c.kind, c.id, c.length, c.lexemes FROM flowpilot_cases c WHERE c.id = ANY(near)),
        best AS MATERIALIZED (
            SELECT c.kind, c.id, c.length, c.lexemes FROM cases c, unnest(rarest) place
            WHERE c.lexemes @@ queries[place]
            GROUP BY c.kind, c.id, c.length, c.lexemes ORDER BY sum(weights[place]) DESC LIMIT {BEST}
        )
    SELECT b.kind, b.id, (sum(weights[place]) * 2.2 / ({LENGTH_NORM}))::real AS score,
        (sum(weights[place]) / (SELECT sum(weight) FROM unnest(weights) weight))::real,
        array_agg(names[place] ORDER BY place)
    FROM best b, generate_subscripts(queries, 1) place
    WHERE b.lexemes @@ queries[place]
    GROUP BY b.kind, b.id, b.length
    ORDER BY score DESC, b.id;
END
$$;
COMMENT ON FUNCTION flowpilot_find_among_many(uuid, text, text) IS
    'Finds cases with several of the rarest words of the question through the index, and compares the best by BM25.';

CREATE FUNCTION flowpilot_find(of_account uuid, said text) RETURNS {RESULT}
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    question CONSTANT text := left(said, {MOST_CHARACTERS});
    shelves CONSTANT text[] := ARRAY[
        flowpilot_shelf('fix', of_account), flowpilot_shelf('playbook', of_account), flowpilot_shelf('playbook', NULL)
    ];
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
            RETURN QUERY SELECT * FROM flowpilot_find_among_few(owner, shelves[shelf_number], question);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION flowpilot_find(uuid, text) IS
    'The account''s fixes that worked, and the templates and playbooks it may use, nearest to a problem: at most '
    '{BEST} of the fixes, of its own library and of the shared one. score: BM25, to compare within one of the three; '
    'share: of the question''s words that are found anywhere there, weighed by rarity; found: those words.';
"""

BACK = """
DROP FUNCTION flowpilot_find(uuid, text);
DROP FUNCTION flowpilot_find_among_many(uuid, text, text);
DROP FUNCTION IF EXISTS flowpilot_find_among_few(uuid, text, text);
DROP FUNCTION IF EXISTS flowpilot_find_among_few(uuid, text[], text);  -- as 0009 has it
DROP FUNCTION flowpilot_frequencies(text);
"""


class Migration(migrations.Migration):
    dependencies = [("flowpilot", "0004_words_of_cases")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
