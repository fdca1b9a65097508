from django.db import models

from accounts.models import Account
from sessions.models import AISession


class TextTokens(models.Model):
    """The tokens that a model has used to write a session's notes and packages. They outlive the requests."""

    session = models.OneToOneField(AISession, models.CASCADE, primary_key=True, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    tokens_in = models.PositiveIntegerField(default=0, db_default=0)
    tokens_out = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "flowpilot_text_tokens"

    def __str__(self) -> str:
        return f"Tokens for texts of {self.session_id}"
