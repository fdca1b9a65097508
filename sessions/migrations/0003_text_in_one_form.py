"""Texts that were stored before text was checked by one rule: composed characters, one line where there is one.

What people wrote in a conversation stays to the letter, but for the spelling of its accents.
"""

from django.db import migrations

from common.stored_text import composed, one_line, several_lines


class Migration(migrations.Migration):
    dependencies = [("ai_sessions", "0002_admin_list")]

    operations = [
        *one_line("ai_sessions", title=200, client_name=200, ticket_ref=50),
        *several_lines("ai_sessions", "problem_summary"),
        *composed("session_messages", "content"),
        *composed("session_facts", "text"),
    ]
