from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def admins_are_staff(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """From now on the role decides who may use the admin site."""
    people = apps.get_model("accounts", "User").objects
    people.update(is_staff=models.Q(is_superuser=True) | models.Q(role="admin"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people")]

    operations = [migrations.RunPython(admins_are_staff, migrations.RunPython.noop)]
