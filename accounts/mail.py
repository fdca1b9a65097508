"""Send mail that people wait for. Where it is sent is a setting (docs/running.md)."""

import logging
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

FAILURES = (OSError, SMTPException)
"""The exceptions of a mail server that is down, or that refuses a message."""

logger = logging.getLogger(__name__)


def send(to: str, subject: str, template: str, context: dict[str, Any]) -> bool:
    """Send one email. Return False when that failed: the reason is in the logs, and the caller says so."""
    one_line = " ".join(subject.split())
    try:
        EmailMessage(one_line, render_to_string(template, context), to=[to]).send()
    except FAILURES:
        logger.exception("An email could not be sent: %s", template)
        return False
    return True
