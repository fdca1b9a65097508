from django.db import migrations


class Migration(migrations.Migration):
    """Nothing ever read or wrote the preferences of accounts."""

    dependencies = [("accounts", "0004_text_in_one_form")]

    operations = [migrations.RemoveField("account", "preferences")]
