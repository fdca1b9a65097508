"""History learns what it did not keep, and waiting fixes that were stranded lead on.

- A fix that superseded another has its event after that one's, under the same state version.
- *Suggest* events keep title and confidence as they were suggested: an edit's event has the old values, so the first
  edit after it tells them, and without an edit the fix itself does.
- A replaced fix that waited and was then answered *partly* took no outcome any more and was on no board. It waits
  again, with an event of the migration.
"""

from django.db import migrations

BEFORE_EDITS = """
    coalesce(
        (
            SELECT edits.details -> '{column}' -> 0 FROM fix_events edits
            WHERE edits.fix_id = fixes.id AND edits.action = 'edit' AND edits.details ? '{column}'
            ORDER BY edits.state_version LIMIT 1
        ),
        to_jsonb(fixes.{column})
    )
"""
SUGGESTIONS = f"""
    SET LOCAL pgtrigger.ignore = '{{pgtrigger_append_only_184bb}}';
    UPDATE fix_events suggested SET
        position = (
            SELECT count(*) FROM fix_events superseded
            WHERE superseded.session_id = suggested.session_id
                AND superseded.state_version = suggested.state_version AND superseded.action = 'supersede'
        ),
        details = suggested.details || jsonb_build_object(
            'title', {BEFORE_EDITS.format(column="title")},
            'confidence_pct', {BEFORE_EDITS.format(column="confidence_pct")}
        )
    FROM session_suggested_fixes fixes
    WHERE fixes.id = suggested.fix_id AND suggested.action = 'suggest';
    SET LOCAL pgtrigger.ignore = '{{}}';
"""
STRANDED = """
    CREATE TEMPORARY TABLE stranded ON COMMIT DROP AS
    SELECT fixes.id, fixes.session_id, fixes.account_id, fixes.pending_reason, partly.details,
        row_number() OVER (PARTITION BY fixes.session_id ORDER BY fixes.created_at, fixes.id) - 1 AS position
    FROM session_suggested_fixes fixes
    CROSS JOIN LATERAL (
        SELECT from_status, details, state_version FROM fix_events
        WHERE fix_id = fixes.id AND to_status = 'applied_partial' AND action IN ('record', 'confirm')
        ORDER BY state_version DESC LIMIT 1
    ) partly
    WHERE fixes.superseded_at IS NOT NULL AND fixes.status = 'applied_partial'
        AND partly.from_status = 'applied_pending'
        AND EXISTS (
            SELECT FROM fix_events superseded WHERE superseded.fix_id = fixes.id
                AND superseded.action = 'supersede' AND superseded.state_version < partly.state_version
        );
    UPDATE ai_sessions SET state_version = state_version + 1 WHERE id IN (SELECT session_id FROM stranded);
    UPDATE session_suggested_fixes fixes SET
        status = 'applied_pending',
        follow_up_at = (details ->> 'follow_up_at')::timestamptz,
        status_changed_at = coalesce((details #>> '{since,at}')::timestamptz, status_changed_at),
        status_changed_by_id = CASE
            WHEN details ? 'since' THEN (details #>> '{since,by}')::uuid ELSE status_changed_by_id
        END,
        version = version + 1
    FROM stranded WHERE stranded.id = fixes.id;
    INSERT INTO fix_events (
        id, fix_id, session_id, account_id, action, source, from_status, to_status, notes, follow_up_at, details,
        at, state_version, position
    )
    SELECT gen_random_uuid(), stranded.id, stranded.session_id, stranded.account_id, 'migrate', 'migration',
        'applied_partial', 'applied_pending', stranded.pending_reason,
        (stranded.details ->> 'follow_up_at')::timestamptz, '{}', now(), sessions.state_version, stranded.position
    FROM stranded JOIN ai_sessions sessions ON sessions.id = stranded.session_id;
"""


class Migration(migrations.Migration):
    dependencies = [("fixes", "0006_events_in_order")]

    operations = [
        migrations.RunSQL(SUGGESTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(STRANDED, migrations.RunSQL.noop),
    ]
