"""Previews by a model for tests, asked for as the pages ask, and written as a worker writes them."""

from typing import Any

from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from sessions.models import AISession, Fact
from sessions.tests.factories import SessionFactory
from tickets import previews, requested_texts
from tickets.bundle import ClosingInput
from tickets.models import Kind, Language, Preview
from tickets.writing.model import attempts

PROBLEM = "The mailbox asks for the password again and again."
FACT = "Webmail opens with the same password."


def make_session(**columns: Any) -> AISession:
    """A session with a problem and one fact."""
    session = SessionFactory.create(**{"problem_summary": PROBLEM, **columns})
    Fact.objects.create(session=session, account=session.account, text=FACT, kind="question", user=session.owner)
    return session


def shown(session: AISession, kind: Kind = Kind.NOTE, user: User | None = None, **how: Any) -> Preview:
    """Return the preview that a person sees who asks the model of the settings for a text."""
    how = {"writer": settings.FLOWPILOT_MODEL, **how}
    return previews.preview_of(session, kind, user=user or session.owner, **how)[0]


def ask(session: AISession, kind: Kind = Kind.NOTE, user: User | None = None, **how: Any) -> Preview:
    """Ask the model of the settings for a text, and return the row that waits for a worker."""
    asked = shown(session, kind, user, **how)
    inputs = how.get("inputs") or ClosingInput()
    key = requested_texts.key_of(session, kind, Language(asked.language), asked.writer, inputs)
    return Preview.objects.get(**key)


def written(session: AISession | None = None, kind: Kind = Kind.NOTE, **how: Any) -> Preview:
    """Ask the model for a text, let the worker's code write it, and return its row."""
    text = ask(session or make_session(), kind, **how)
    attempts.write(text.pk, "job")
    text.refresh_from_db()
    return text


def queued() -> list[str]:
    """Return the ids of the texts that have a job."""
    jobs = ProcrastinateJob.objects.filter(task_name="tickets.write_text").order_by("id")
    return [job.args["preview_id"] for job in jobs]
