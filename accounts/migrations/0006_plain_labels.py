import django.db.models.functions.text
from django.db import migrations, models

import accounts.time_zones


class Migration(migrations.Migration):
    """Labels and error messages in plain words. No SQL."""

    dependencies = [("accounts", "0005_drop_account_preferences")]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="email",
            field=models.EmailField(max_length=254, verbose_name="email"),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(
                error_messages={"unique": "Someone with this email address already has an account."},
                max_length=254,
                unique=True,
                verbose_name="email",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="active"),
        ),
        migrations.AlterField(
            model_name="user",
            name="is_staff",
            field=models.BooleanField(default=False, verbose_name="can use Django admin"),
        ),
        migrations.AlterField(
            model_name="user",
            name="reset_sent_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last password reset email"),
        ),
        migrations.AlterField(
            model_name="user",
            name="theme",
            field=models.CharField(
                choices=[("system", "Match system"), ("light", "Light"), ("dark", "Dark")],
                db_default="system",
                default="system",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="time_zone",
            field=models.CharField(
                blank=True,
                help_text="Empty for the account's.",
                max_length=64,
                validators=[accounts.time_zones.validate_time_zone],
            ),
        ),
        migrations.AlterConstraint(
            model_name="user",
            name="users_email_any_case",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="users_email_any_case",
                violation_error_message="Someone with this email address already has an account.",
            ),
        ),
    ]
