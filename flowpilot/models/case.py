import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from accounts.models import Account


class CaseKind(models.TextChoices):
    FIX = "fix", "Fix that worked"
    TEMPLATE = "template", "Script template"
    PLAYBOOK = "playbook", "Playbook"


class Case(models.Model):
    """What retrieval finds a fix that worked, a script template or a playbook by (docs/copilot.md).

    The database keeps these rows: triggers write them when a fix, its session, a template or a playbook changes.
    `id`: the id of that fix, template or playbook. Without an account it is shared by all accounts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=CaseKind)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+", db_index=False)
    shelf = models.CharField("prefix of its lexemes", max_length=8)
    lexemes = SearchVectorField()
    length = models.PositiveIntegerField("number of lexemes")

    class Meta:
        db_table = "flowpilot_cases"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=CaseKind.values), name="flowpilot_cases_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["shelf", "account"], name="flowpilot_cases_shelf"),
            GinIndex(fields=["lexemes"], name="flowpilot_cases_lexemes", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"
