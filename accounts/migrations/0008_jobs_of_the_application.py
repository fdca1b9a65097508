from django.db import migrations

from accounts.database_roles import restrict_jobs


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_labels_of_lists"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunPython(restrict_jobs, migrations.RunPython.noop)]
