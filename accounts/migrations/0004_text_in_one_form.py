"""Names that were stored before text was checked by one rule: composed characters, one line, no controls."""

from django.db import migrations

from common.stored_text import one_line


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_admins_are_staff")]

    operations = [
        *one_line("accounts", name=200),
        *one_line("users", display_name=100),
        *one_line("invitations", display_name=100),
        *one_line("api_tokens", name=100),
    ]
