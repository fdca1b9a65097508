"""The packages of handoffs become posted texts."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_packages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every handoff its text. A claimed one says so from now on in its state, too."""
    handoffs, texts = apps.get_model("tickets", "Handoff"), apps.get_model("tickets", "PostedText")
    handoffs.objects.filter(claimed_by__isnull=False).update(state="claimed")
    for handoff in handoffs.objects.filter(text=None).exclude(package="").select_related("session").iterator():
        handoff.text = texts.objects.create(
            session_id=handoff.session_id,
            account_id=handoff.account_id,
            kind="escalation_package",
            markdown=handoff.package,
            language="en",
            writer="",
            posted_by_id=handoff.from_user_id,
            posted_at=handoff.created_at,
            state_version=handoff.session.state_version,
        )
        handoff.save(update_fields=["text"])


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_texts")]

    operations = [migrations.RunPython(keep_packages, migrations.RunPython.noop)]
