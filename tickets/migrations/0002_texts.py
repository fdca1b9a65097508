"""Posted texts, previews, drafts, and what handoffs need for a queue."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.database_roles import make_append_only


def same_account(table: str) -> migrations.RunSQL:
    """The row's account is its session's: the database holds the two together."""
    name = f"{table}_same_account"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (session_id, account_id)"
        " REFERENCES ai_sessions (id, account_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def keep_history(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the application insert and read posted texts and events of handoffs, but not change them."""
    make_append_only(schema_editor, "posted_texts")
    make_append_only(schema_editor, "handoff_events")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_account_language"),
        ("ai_sessions", "0012_facts_in_the_database"),
        ("tickets", "0001_handoffs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Preview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resolution_note", "Resolution note"),
                            ("escalation_package", "Escalation package"),
                            ("addendum", "Addendum"),
                        ],
                        max_length=18,
                    ),
                ),
                ("language", models.CharField(choices=[("en", "English"), ("de", "Deutsch")], max_length=2)),
                (
                    "writer",
                    models.CharField(default="built-in", max_length=100, verbose_name="built-in, or the model’s name"),
                ),
                ("state_version", models.PositiveIntegerField(verbose_name="the session's, which it describes")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the form's input")),
                ("inputs", models.JSONField(default=dict, verbose_name="the form's input")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("writing", "Writing"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="done",
                        max_length=7,
                    ),
                ),
                ("document", models.JSONField(default=dict, verbose_name="the text, see tickets.writing.document")),
                (
                    "slots",
                    models.JSONField(null=True, verbose_name="what the model phrased, see tickets.writing.slots"),
                ),
                ("error", models.TextField(default="", verbose_name="why the model failed, in words for people")),
                ("claim", models.UUIDField(editable=False, null=True)),
                (
                    "job",
                    models.CharField(default="", editable=False, max_length=40, verbose_name="job that claimed it"),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                (
                    "not_before",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="when a busy server may be asked again"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("finished_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "db_table": "text_previews",
                "ordering": ["created_at"],
            },
        ),
        migrations.AddField(
            model_name="handoff",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="when it was returned or taken back"),
        ),
        migrations.AddField(
            model_name="handoff",
            name="missing",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                db_default=[],
                default=list,
                size=None,
                verbose_name="gaps named",
            ),
        ),
        migrations.AddField(
            model_name="handoff",
            name="missing_notes",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="handoff",
            name="question",
            field=models.TextField(db_default="", default="", verbose_name="question for whoever claims it"),
        ),
        migrations.AddField(
            model_name="handoff",
            name="rated_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="handoff",
            name="return_reason",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="handoff",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Unclaimed"),
                    ("claimed", "Claimed"),
                    ("returned", "Returned"),
                    ("taken_back", "Taken back"),
                ],
                db_default="waiting",
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="handoff",
            name="was_enough",
            field=models.BooleanField(null=True),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resolution_note", "Resolution note"),
                            ("escalation_package", "Escalation package"),
                            ("addendum", "Addendum"),
                        ],
                        max_length=18,
                    ),
                ),
                ("language", models.CharField(choices=[("en", "English"), ("de", "Deutsch")], max_length=2)),
                ("markdown", models.TextField()),
                ("begun_from", models.TextField(verbose_name="the text that it was edited from")),
                ("state_version", models.PositiveIntegerField(verbose_name="the session's, when it was begun")),
                ("version", models.PositiveIntegerField(default=1)),
                ("edited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ai_sessions.aisession",
                    ),
                ),
            ],
            options={
                "db_table": "text_drafts",
                "ordering": ["edited_at"],
            },
        ),
        migrations.CreateModel(
            name="HandoffEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("escalate", "Escalated"),
                            ("claim", "Claimed"),
                            ("ask", "Asked"),
                            ("return", "Returned"),
                            ("take_back", "Taken back"),
                            ("rate", "Rated"),
                        ],
                        max_length=9,
                    ),
                ),
                ("notes", models.TextField(default="", verbose_name="question or reason")),
                ("at", models.DateTimeField()),
                ("state_version", models.PositiveIntegerField(verbose_name="the session's, after this act")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "handoff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="tickets.handoff"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handoff_events",
                        to="ai_sessions.aisession",
                    ),
                ),
            ],
            options={
                "db_table": "handoff_events",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PostedText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resolution_note", "Resolution note"),
                            ("escalation_package", "Escalation package"),
                            ("addendum", "Addendum"),
                        ],
                        max_length=18,
                    ),
                ),
                ("markdown", models.TextField()),
                ("language", models.CharField(choices=[("en", "English"), ("de", "Deutsch")], max_length=2)),
                (
                    "writer",
                    models.CharField(
                        max_length=100, verbose_name="built-in, or the model’s name; empty where a person rewrote it"
                    ),
                ),
                (
                    "is_provisional",
                    models.BooleanField(default=False, verbose_name="whether a fix in it awaited verification"),
                ),
                (
                    "sentences",
                    models.JSONField(default=list, verbose_name="sentences with the statements that they cite"),
                ),
                (
                    "my_words",
                    models.JSONField(
                        default=list, verbose_name="sentences that the check warned of and the person kept"
                    ),
                ),
                ("posted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("state_version", models.PositiveIntegerField(verbose_name="the session's, after this act")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "adds_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="tickets.postedtext",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="ai_sessions.aisession",
                    ),
                ),
            ],
            options={
                "db_table": "posted_texts",
                "ordering": ["posted_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="handoff",
            name="text",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="handoffs", to="tickets.postedtext"
            ),
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["account", "created_at", "id"],
                name="handoffs_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(fields=["account", "state", "-created_at", "-id"], name="handoffs_by_state"),
        ),
        migrations.AddConstraint(
            model_name="handoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "claimed", "returned", "taken_back"])),
                name="handoffs_state",
            ),
        ),
        migrations.AddField(
            model_name="preview",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
            ),
        ),
        migrations.AddField(
            model_name="preview",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="preview",
            name="session",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="ai_sessions.aisession",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("session", "kind"), name="text_drafts_one_of_a_kind"),
        ),
        migrations.AddIndex(
            model_name="handoffevent",
            index=models.Index(fields=["session", "at"], name="handoff_events_of_session"),
        ),
        migrations.AddConstraint(
            model_name="handoffevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__in", ["escalate", "claim", "ask", "return", "take_back", "rate"])),
                name="handoff_events_action",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoffevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4153e339979783c5d184f7a3ef858f5ec544087b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_21e7d",
                    table="handoff_events",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="postedtext",
            index=models.Index(fields=["session", "posted_at"], name="posted_texts_of_session"),
        ),
        migrations.AddConstraint(
            model_name="postedtext",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["resolution_note", "escalation_package", "addendum"])),
                name="posted_texts_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="postedtext",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "de"])), name="posted_texts_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="postedtext",
            constraint=models.CheckConstraint(
                condition=models.Q(("markdown__regex", "\\S")), name="posted_texts_markdown"
            ),
        ),
        migrations.AddConstraint(
            model_name="postedtext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adds_to__isnull", False), ("kind", "addendum")),
                    models.Q(models.Q(("kind", "addendum"), _negated=True), ("adds_to", None)),
                    _connector="OR",
                ),
                name="posted_texts_addenda_add_to_a_text",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postedtext",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4d622457fe79832c3fa19796b123111205d687db",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f081e",
                    table="posted_texts",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="preview",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "writing"))),
                fields=["created_at"],
                name="text_previews_unwritten",
            ),
        ),
        migrations.AddConstraint(
            model_name="preview",
            constraint=models.UniqueConstraint(
                fields=("session", "kind", "language", "writer", "state_version", "digest"), name="text_previews_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="preview",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "writing", "done", "failed"])), name="text_previews_state"
            ),
        ),
        same_account("posted_texts"),
        same_account("handoff_events"),
        same_account("text_previews"),
        same_account("text_drafts"),
        migrations.RunPython(keep_history, migrations.RunPython.noop),
    ]
