"""Mail that people wait for. Where it goes is a setting (docs/running.md)."""

import logging
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

FAILURES = (OSError, SMTPException)
"""What a mail server that is away, or that refuses, raises."""

logger = logging.getLogger(__name__)


def send(to: str, subject: str, template: str, context: dict[str, Any]) -> bool:
    """Whether it was handed over. If not, the reason stands in the logs, and the caller says so."""
    one_line = " ".join(subject.split())
    try:
        EmailMessage(one_line, render_to_string(template, context), to=[to]).send()
    except FAILURES:
        logger.exception("A mail could not be sent: %s", template)
        return False
    return True
