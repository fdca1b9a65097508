from django.db import migrations


class Migration(migrations.Migration):
    """Nothing ever read or wrote the preferences of accounts."""

    dependencies = [("accounts", "0003_admins_are_staff")]

    operations = [migrations.RemoveField("account", "preferences")]
