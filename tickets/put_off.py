"""Addenda that a person has put off with *Not now*: remembered while they are signed in, until the next outcome."""

from django.http import HttpRequest

from sessions.models import AISession

KEY, KEPT = "addenda_put_off", 20


def put_off(request: HttpRequest, session: AISession) -> None:
    others = [each for each in request.session.get(KEY, []) if not each.startswith(str(session.pk))]
    request.session[KEY] = [*others, _name(session)][-KEPT:]


def is_put_off(request: HttpRequest, session: AISession) -> bool:
    return _name(session) in request.session.get(KEY, [])


def _name(session: AISession) -> str:
    return f"{session.pk}:{session.state_version}"
