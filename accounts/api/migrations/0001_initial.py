import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CallCount",
            fields=[
                ("caller_id", models.UUIDField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("calls", models.PositiveIntegerField()),
            ],
            options={"db_table": "api_call_counts"},
        ),
        # unlogged: a count isn't worth a disk write; half full: every call updates a row in place
        migrations.RunSQL("ALTER TABLE api_call_counts SET UNLOGGED, SET (fillfactor = 50)", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.CharField(max_length=5)),
                ("path", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(max_length=64, verbose_name="SHA-256 of the body")),
                ("created_at", models.DateTimeField()),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("etag", models.CharField(max_length=100)),
                ("body", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "api_kept_answers",
                "indexes": [models.Index(fields=["created_at"], name="api_kept_answers_oldest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "account", "method", "path", "key"), name="api_kept_answers_one_of_a_key"
                    )
                ],
            },
        ),
    ]
