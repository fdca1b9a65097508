"""The triggers that keep flowpilot_cases, so that every edge and every import feeds retrieval (docs/copilot.md).

A fix is a case while it stands as worked or partly worked. Its text is what was known when it was suggested: title and
problem of its session, what engineers had written until then, and its own title.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION flowpilot_put_case(of_kind text, of_id uuid, of_account uuid, said text) RETURNS void
LANGUAGE sql
AS $$
    INSERT INTO flowpilot_cases (id, kind, account_id, shelf, lexemes, length)
    SELECT of_id, of_kind, of_account, shelf, lexemes, length(lexemes)
    FROM flowpilot_shelf(of_kind, of_account) shelf, flowpilot_lexemes(shelf, said) lexemes
    ON CONFLICT (id) DO UPDATE SET
        kind = excluded.kind, account_id = excluded.account_id, shelf = excluded.shelf, lexemes = excluded.lexemes,
        length = excluded.length
$$;

CREATE FUNCTION flowpilot_problem_of(fix session_suggested_fixes) RETURNS text LANGUAGE sql STABLE
AS $$
    SELECT concat_ws(
        E'\\n', fix.title, title, problem_summary,
        (
            SELECT string_agg(content, E'\\n' ORDER BY sequence) FROM session_messages m
            WHERE m.session_id = fix.session_id AND m.author = 'engineer' AND m.created_at <= fix.created_at
        )
    )
    FROM ai_sessions WHERE id = fix.session_id
$$;

CREATE FUNCTION flowpilot_is_case(status text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('applied_success', 'applied_partial');

CREATE FUNCTION flowpilot_keep_fix() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP <> 'DELETE' AND flowpilot_is_case(NEW.status) THEN
        PERFORM flowpilot_put_case('fix', NEW.id, NEW.account_id, flowpilot_problem_of(NEW));
    ELSIF TG_OP <> 'INSERT' THEN
        DELETE FROM flowpilot_cases WHERE id = OLD.id;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION flowpilot_keep_session() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM flowpilot_put_case('fix', fix.id, fix.account_id, flowpilot_problem_of(fix))
    FROM session_suggested_fixes fix WHERE fix.session_id = NEW.id AND flowpilot_is_case(fix.status);
    RETURN NULL;
END
$$;

CREATE FUNCTION flowpilot_keep_template() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP <> 'DELETE' AND NOT NEW.retired THEN
        PERFORM flowpilot_put_case('template', NEW.id, NEW.account_id, concat_ws(E'\\n', NEW.name, NEW.description));
    ELSIF TG_OP <> 'INSERT' THEN
        DELETE FROM flowpilot_cases WHERE id = OLD.id;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION flowpilot_text_of(playbook flowpilot_playbooks) RETURNS text LANGUAGE sql STABLE
AS $$
    SELECT concat_ws(
        E'\\n', playbook.title, playbook.area, playbook.fix_title,
        (SELECT string_agg(symptom, E'\\n') FROM jsonb_array_elements_text(playbook.symptoms) symptom)
    )
$$;

CREATE FUNCTION flowpilot_keep_playbook() RETURNS trigger LANGUAGE plpgsql
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

TRIGGERS = """
CREATE TRIGGER flowpilot_new_fix AFTER INSERT ON session_suggested_fixes
    FOR EACH ROW WHEN (flowpilot_is_case(NEW.status)) EXECUTE FUNCTION flowpilot_keep_fix();
CREATE TRIGGER flowpilot_changed_fix AFTER UPDATE OF status, title ON session_suggested_fixes
    FOR EACH ROW
    WHEN (
        (flowpilot_is_case(NEW.status) OR flowpilot_is_case(OLD.status))
        AND (flowpilot_is_case(NEW.status), NEW.title) IS DISTINCT FROM (flowpilot_is_case(OLD.status), OLD.title)
    )
    EXECUTE FUNCTION flowpilot_keep_fix();
CREATE TRIGGER flowpilot_deleted_fix AFTER DELETE ON session_suggested_fixes
    FOR EACH ROW WHEN (flowpilot_is_case(OLD.status)) EXECUTE FUNCTION flowpilot_keep_fix();
CREATE TRIGGER flowpilot_changed_session AFTER UPDATE OF title, problem_summary ON ai_sessions
    FOR EACH ROW
    WHEN ((NEW.title, NEW.problem_summary) IS DISTINCT FROM (OLD.title, OLD.problem_summary))
    EXECUTE FUNCTION flowpilot_keep_session();
CREATE TRIGGER flowpilot_new_template AFTER INSERT OR DELETE ON script_templates
    FOR EACH ROW EXECUTE FUNCTION flowpilot_keep_template();
CREATE TRIGGER flowpilot_changed_template AFTER UPDATE OF name, description, retired, account_id ON script_templates
    FOR EACH ROW
    WHEN (
        (NEW.name, NEW.description, NEW.retired, NEW.account_id)
        IS DISTINCT FROM (OLD.name, OLD.description, OLD.retired, OLD.account_id)
    )
    EXECUTE FUNCTION flowpilot_keep_template();
CREATE TRIGGER flowpilot_new_playbook AFTER INSERT OR DELETE ON flowpilot_playbooks
    FOR EACH ROW EXECUTE FUNCTION flowpilot_keep_playbook();
CREATE TRIGGER flowpilot_changed_playbook
    AFTER UPDATE OF title, area, fix_title, symptoms, retired, account_id ON flowpilot_playbooks
    FOR EACH ROW
    WHEN (
        (NEW.title, NEW.area, NEW.fix_title, NEW.symptoms, NEW.retired, NEW.account_id)
        IS DISTINCT FROM (OLD.title, OLD.area, OLD.fix_title, OLD.symptoms, OLD.retired, OLD.account_id)
    )
    EXECUTE FUNCTION flowpilot_keep_playbook();
"""

WHAT_IS_THERE = """
SELECT count(flowpilot_put_case('fix', fix.id, fix.account_id, flowpilot_problem_of(fix))::text)
FROM session_suggested_fixes fix WHERE flowpilot_is_case(fix.status);
SELECT count(flowpilot_put_case('template', id, account_id, concat_ws(E'\\n', name, description))::text)
FROM script_templates WHERE NOT retired;
SELECT count(flowpilot_put_case('playbook', id, account_id, flowpilot_text_of(playbook))::text)
FROM flowpilot_playbooks playbook WHERE NOT retired;
"""
"""For the rows written before these triggers, in the same transaction: who writes such a row meanwhile waits, so that
none is missed."""

BACK = """
DROP TRIGGER flowpilot_changed_playbook ON flowpilot_playbooks;
DROP TRIGGER flowpilot_new_playbook ON flowpilot_playbooks;
DROP TRIGGER flowpilot_changed_template ON script_templates;
DROP TRIGGER flowpilot_new_template ON script_templates;
DROP TRIGGER flowpilot_changed_session ON ai_sessions;
DROP TRIGGER flowpilot_deleted_fix ON session_suggested_fixes;
DROP TRIGGER flowpilot_changed_fix ON session_suggested_fixes;
DROP TRIGGER flowpilot_new_fix ON session_suggested_fixes;
DROP FUNCTION flowpilot_keep_playbook();
DROP FUNCTION flowpilot_text_of(flowpilot_playbooks);
DROP FUNCTION flowpilot_keep_template();
DROP FUNCTION flowpilot_keep_session();
DROP FUNCTION flowpilot_keep_fix();
DROP FUNCTION flowpilot_is_case(text);
DROP FUNCTION flowpilot_problem_of(session_suggested_fixes);
DROP FUNCTION flowpilot_put_case(text, uuid, uuid, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("flowpilot", "0003_retrieval"),
        ("fixes", "0014_same_fix_data"),
        ("ai_sessions", "0011_markers_and_their_effects"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS + TRIGGERS, BACK),
        migrations.RunSQL(WHAT_IS_THERE, "DELETE FROM flowpilot_cases"),
    ]
