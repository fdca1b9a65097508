"""The function that finds the cases nearest to a problem, `flowpilot_find` (docs/copilot.md).

All SQL of retrieval is in it, with the account inside, so that it can become SECURITY DEFINER under row security.
How it searches was measured: docs/decisions/0022-retrieval-in-postgresql.md.
"""

from django.db import migrations

FEW = 500
"""A shelf with at most so many cases is compared case by case."""
MOST_CHARACTERS = 20_000
"""Of what is asked: its words then have places that a tsvector can count."""
UNKNOWN = 20
"""So many further cases without any of the words are added in thought: a small library proves no word common."""
COUNTED = 60
"""So many words without statistics are counted in the index."""
RAREST, MOST_ROWS, LEAST_FOUND = 12, 12_000, 10
"""Words that a search is made of; rows of the index they may read together; cases after which it is content."""
COMPARED, BEST = 400, 20

RESULT = "TABLE (kind varchar, id uuid, score real, found text[], weights real[])"
LENGTH_NORM = "1 + 1.2 * (0.25 + 0.75 * length / (SELECT avg(length) FROM cases))"
"""BM25's denominator for words that a case has once, with k1 = 1.2 and b = 0.75."""
WEIGHT = (
    "ln(1 + ({many} - {rows_with} + 0.5) / ({rows_with} + 0.5)) / ln(2 * {many} + 2) * times * 2 / (times + 1)"
    " * CASE WHEN lexemes[1] ~ '[0-9].*[0-9]' AND length(lexemes[1]) > 5 THEN 2 ELSE 1 END"
)
"""A word's weight, from 0 to 1: BM25's, over that of a word that only one case has. So scores compare between shelves of
any size: a word of one in two fixes doesn't outweigh a word of one in eighty playbooks. Saying it more often counts up
to twice, and error codes and the like count twice."""

QUERIES = """
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

QUERIES_BACK = """
DROP FUNCTION flowpilot_at_least(int, tsquery[]);
DROP FUNCTION flowpilot_any(text, text[]);
"""

STATISTICS = """
ALTER TABLE flowpilot_cases ALTER COLUMN lexemes SET STATISTICS 1000;
ALTER TABLE flowpilot_cases SET (autovacuum_analyze_scale_factor = 0.05);

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
"""

STATISTICS_BACK = """
DROP FUNCTION flowpilot_frequencies(text);
ALTER TABLE flowpilot_cases RESET (autovacuum_analyze_scale_factor);
ALTER TABLE flowpilot_cases ALTER COLUMN lexemes SET STATISTICS -1;
"""

AMONG_FEW = f"""
CREATE FUNCTION flowpilot_find_among_few(of_account uuid, shelves text[], said text) RETURNS {RESULT}
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
            WHERE substr(has.lexeme, length(cases.shelf) + 1) = asked.lexeme
        ),
        weights AS MATERIALIZED (
            SELECT
                lexemes,
                {WEIGHT.format(many="many", rows_with="rows_with")} AS weight
            FROM
                (SELECT lexemes, times, count(*) AS rows_with FROM matches GROUP BY lexemes, times) counted,
                (SELECT count(*) + {UNKNOWN} AS many FROM cases) total
        ),
        scored AS (
            SELECT
                kind, id, shelf,
                sum(weight) * 2.2 / ({LENGTH_NORM}) AS score,
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
"""
"""Small shelves are searched together: among an account's first one or two fixes every word is common; among them and
the library it isn't. The shelf is cut off the words of a case, so that they can be compared by hashing: put before the
words asked, it would make PostgreSQL compare pair by pair, which takes five times as long with 500 fixes."""

AMONG_MANY = f"""
CREATE FUNCTION flowpilot_find_among_many(of_account uuid, of_shelf text, said text) RETURNS {RESULT}
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    names text[];  -- of the words asked, the rarest first
    queries tsquery[];
    rarities real[];
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
                SELECT c.*, t.many, {WEIGHT.format(many="greatest(t.many, c.rows_with)", rows_with="c.rows_with")} AS weight
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
    INTO names, queries, rarities, rarest
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
            GROUP BY c.kind, c.id, c.length, c.lexemes ORDER BY sum(rarities[place]) DESC LIMIT {BEST}
        )
    SELECT b.kind, b.id, (sum(rarities[place]) * 2.2 / ({LENGTH_NORM}))::real AS score,
        array_agg(names[place] ORDER BY place), array_agg(rarities[place] ORDER BY place)
    FROM best b, generate_subscripts(queries, 1) place
    WHERE b.lexemes @@ queries[place]
    GROUP BY b.kind, b.id, b.length
    ORDER BY score DESC, b.id;
END
$$;
COMMENT ON FUNCTION flowpilot_find_among_many(uuid, text, text) IS
    'Finds cases with several of the rarest words of the question through the index, and compares the best by BM25.';
"""

FIND = f"""
CREATE FUNCTION flowpilot_find(of_account uuid, said text) RETURNS {RESULT}
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
COMMENT ON FUNCTION flowpilot_find(uuid, text) IS
    'The account''s fixes that worked, and the templates and playbooks it may use, nearest to a problem: at most '
    '{BEST} of the fixes, of its own library and of the shared one. found: the words of the problem that a case has, the '
    'weightiest first; weights: theirs. score: their sum, adjusted to the length of the case as in BM25.';
"""


class Migration(migrations.Migration):
    dependencies = [("flowpilot", "0002_words_of_cases")]

    operations = [
        migrations.RunSQL(QUERIES, QUERIES_BACK),
        migrations.RunSQL(STATISTICS, STATISTICS_BACK),
        migrations.RunSQL(AMONG_FEW, "DROP FUNCTION flowpilot_find_among_few(uuid, text[], text)"),
        migrations.RunSQL(AMONG_MANY, "DROP FUNCTION flowpilot_find_among_many(uuid, text, text)"),
        migrations.RunSQL(FIND, "DROP FUNCTION flowpilot_find(uuid, text)"),
    ]
