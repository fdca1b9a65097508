"""Texts that were stored before text was checked by one rule: composed characters, one line where there is one.

Scripts stay to the letter, and so does history.
"""

from django.db import migrations

from common.stored_text import one_line, several_lines


class Migration(migrations.Migration):
    dependencies = [("fixes", "0008_events_in_order_unique")]

    operations = [
        *one_line("session_suggested_fixes", title=200),
        *several_lines("session_suggested_fixes", "description", "partial_notes", "pending_reason", "failure_reason"),
        *one_line("script_templates", name=200, language=50),
        *several_lines("script_templates", "description"),
        *one_line("draft_templates", name=200),
    ]
