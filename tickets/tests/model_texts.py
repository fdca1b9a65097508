"""Previews by a model for tests, asked for as the pages ask, and written as a worker writes them."""

from typing import Any

from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from sessions.models import AISession, Fact
from sessions.tests.factories import SessionFactory
from tickets import previews
from tickets.models import Kind, Preview
from tickets.writing.model import attempts

PROBLEM = "The mailbox asks for the password again and again."
FACT = "Webmail opens with the same password."


def make_session(**columns: Any) -> AISession:
    """A session with a problem and one fact."""
    session = SessionFactory.create(**{"problem_summary": PROBLEM, **columns})
    Fact.objects.create(session=session, account=session.account, text=FACT, kind="question", user=session.owner)
    return session


def ask(session: AISession, kind: Kind = Kind.NOTE, user: User | None = None, **how: Any) -> Preview:
    """Ask the model of the settings for a text; it waits for a worker."""
    how = {"writer": settings.FLOWPILOT_MODEL, **how}
    return previews.preview_of(session, kind, user=user or session.owner, **how)[0]


def written(session: AISession | None = None, kind: Kind = Kind.NOTE, **how: Any) -> Preview:
    """Ask the model for a text, and let the worker's code write it."""
    preview = ask(session or make_session(), kind, **how)
    attempts.write(preview.pk, "job")
    preview.refresh_from_db()
    return preview


def queued() -> list[str]:
    """Return the ids of the previews that have a job."""
    jobs = ProcrastinateJob.objects.filter(task_name="tickets.write_text").order_by("id")
    return [job.args["preview_id"] for job in jobs]
