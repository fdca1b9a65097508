"""Every address of the site, with something of every kind in the database to open it with."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver

from accounts.invitations import invite
from accounts.models import ApiToken, Role
from accounts.tests.factories import UserFactory
from fixes.models import ScriptTemplate
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot.models import ModelCall, Playbook
from flowpilot.tests.answers import ask
from sessions import facts, notices
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tickets.models import Kind
from tickets.previews import preview_of
from tickets.tests.factories import make_handoff


def addresses(found: list[URLPattern | URLResolver], above: str = "/") -> Iterator[str]:
    """Yield the route of every address, such as `/sessions/<uuid:sid>/`."""
    for each in found:
        route = above + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        else:
            yield route


def some_rows(session: AISession) -> dict[str, Any]:
    """Create a row of every kind, and return what `path_of` puts in place of each parameter of an address."""
    fix = make_fix(session, Status.PENDING, ai_drafted_script="ipconfig")
    lifecycle.decide(make_fix(session, ai_drafted_script="ipconfig").pk, "draft_template", by(session.owner))
    ScriptTemplate.objects.create(account=session.account, name="Flush DNS", body="ipconfig /flushdns")
    Playbook.objects.create(account=session.account, slug="dns", title="DNS fails", fix_title="Flush DNS")
    token, _ = ApiToken.objects.issue(session.owner, "nightly")
    admin = UserFactory.create(account=session.account, role=Role.ADMIN, is_staff=True)
    invitation, secret = invite(session.account, admin, email="new@x.example", display_name="New", role=Role.ENGINEER)
    answer = ask(session)
    ModelCall.objects.create(
        answer=answer,
        session=session,
        account=session.account,
        attempt=1,
        model="kestrel-8b",
        request=[],
        outcome="done",
    )
    notices.notify(session.owner, "check_due", session, quote="Reboot")
    return {
        "nid": notices.of(session.owner)[0].pk,
        **{"sid": session.pk, "fid": fix.pk, "act": "apply", "tid": token.pk, "uid": admin.pk, "iid": invitation.pk},
        "aid": answer.pk,
        "pid": preview_of(session, Kind.NOTE, user=session.owner)[0].pk,
        "fact_id": facts.add(session.pk, "It hums.", "question", user=None, sessions=AISession.objects.all()).pk,
        "hid": make_handoff(SessionFactory.create(owner=session.owner)).pk,
        **{"secret": secret, "app_label": "fixes", "admin": admin},
    }


PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


def path_of(route: str, rows: dict[str, Any]) -> str:
    """The address with real ids in it; the admin's `object_id` is some row of its model."""
    found = re.match(r"/admin/(\w+)/(\w+)/<path:object_id>", route)
    row = apps.get_model(*found.groups())._default_manager.first() if found else None
    known = {**rows, "object_id": row.pk if row else "x"}
    return PARAMETER.sub(lambda match: str(known.get(match[1] or match[2], "x")), route)
