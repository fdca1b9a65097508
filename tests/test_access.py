"""Every page and form of the project, by everybody who may not do everything.

A URL that isn't in the table fails. What stands under api/v1/ is walked by test_api_access, and the admin by
test_admin_tenancy.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.guards import STOP_POLLING
from accounts.models import ApiToken, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import PASSWORD, UserFactory
from fixes.models import SuggestedFix
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from sessions import facts
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tickets.tests.factories import make_handoff

EXPECTED: dict[str, dict[str, tuple[int, int, int, int]]] = {
    "": {"GET": (302, 302, 302, 302), "POST": (302, 302, 302, 302)},
    "sign-in/": {"GET": (200, 302, 302, 302), "POST": (422, 302, 302, 302)},
    "sign-out/": {"GET": (405, 405, 405, 405), "POST": (302, 302, 302, 302)},
    "password/": {"GET": (302, 200, 200, 200), "POST": (302, 422, 422, 422)},
    "password/forgotten/": {"GET": (200, 200, 200, 200), "POST": (422, 422, 422, 422)},
    "password/sent/": {"GET": (200, 200, 200, 200), "POST": (405, 405, 405, 405)},
    "password/new/<uidb64>/<token>/": {"GET": (410, 410, 410, 410), "POST": (410, 410, 410, 410)},
    "profile/": {"GET": (302, 200, 200, 200), "POST": (303, 422, 422, 422)},
    "profile/theme": {"GET": (302, 405, 405, 405), "POST": (303, 422, 422, 422)},
    "devices/": {"GET": (302, 200, 200, 200), "POST": (303, 405, 405, 405)},
    "devices/sign-out/": {"GET": (302, 405, 405, 405), "POST": (303, 303, 303, 303)},
    "tokens/": {"GET": (302, 200, 200, 403), "POST": (303, 422, 422, 403)},
    "tokens/<uuid:tid>/revoke/": {"GET": (302, 405, 405, 403), "POST": (303, 404, 404, 403)},
    "people/": {"GET": (302, 403, 403, 403), "POST": (303, 403, 403, 403)},
    "people/<uuid:uid>/role/": {"GET": (302, 403, 403, 403), "POST": (303, 403, 403, 403)},
    "people/<uuid:uid>/deactivate/": {"GET": (302, 403, 403, 403), "POST": (303, 403, 403, 403)},
    "people/<uuid:uid>/reactivate/": {"GET": (302, 403, 403, 403), "POST": (303, 403, 403, 403)},
    "people/invitations/<uuid:iid>/renew/": {"GET": (302, 403, 403, 403), "POST": (303, 403, 403, 403)},
    "people/invitations/<uuid:iid>/revoke/": {"GET": (302, 403, 403, 403), "POST": (303, 403, 403, 403)},
    "invitations/<str:secret>/": {"GET": (404, 404, 404, 404), "POST": (404, 404, 404, 404)},
    "insights/calibration/": {"GET": (302, 403, 200, 403), "POST": (303, 403, 405, 403)},
    "sessions/": {"GET": (302, 200, 200, 403), "POST": (303, 405, 405, 403)},
    "sessions/new/": {"GET": (302, 403, 200, 403), "POST": (303, 403, 422, 403)},
    "sessions/<uuid:sid>/": {"GET": (302, 200, 404, 403), "POST": (303, 405, 405, 403)},
    "sessions/<uuid:sid>/edit/": {"GET": (302, 403, 404, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/messages/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/status/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/status/undo/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/reopen/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/facts/": {"GET": (302, 200, 404, 403), "POST": (303, 405, 405, 403)},
    "sessions/<uuid:sid>/facts/add/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/facts/<uuid:fact_id>/edit/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/facts/<uuid:fact_id>/remove/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/facts/<uuid:fact_id>/restore/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/fixes/<uuid:fid>/banner": {"GET": (302, 200, 404, 403), "POST": (303, 405, 405, 403)},
    "sessions/<uuid:sid>/fixes/<uuid:fid>/<act:act>": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "pending/": {"GET": (302, 200, 200, 403), "POST": (303, 405, 405, 403)},
    "pending/counts": {"GET": (286, 200, 200, 403), "POST": (286, 405, 405, 403)},
    "pending/record": {"GET": (302, 403, 405, 403), "POST": (303, 403, 422, 403)},
    "pending/undo": {"GET": (302, 403, 405, 403), "POST": (303, 403, 409, 403)},
    "notices/": {"GET": (302, 200, 200, 403), "POST": (303, 405, 405, 403)},
    "notices/read": {"GET": (302, 405, 405, 403), "POST": (303, 422, 422, 403)},
    "notices/<uuid:nid>/": {"GET": (302, 404, 404, 403), "POST": (303, 405, 405, 403)},
    "notices/checks/<uuid:fid>/snooze": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/answering": {"GET": (302, 200, 404, 403), "POST": (303, 405, 405, 403)},
    "sessions/<uuid:sid>/answers/<uuid:aid>/stop": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/answers/<uuid:aid>/retry": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/what-is-sent/": {"GET": (302, 403, 404, 403), "POST": (303, 403, 405, 403)},
    "sessions/<uuid:sid>/what-is-sent/<uuid:aid>/": {"GET": (302, 403, 404, 403), "POST": (303, 403, 405, 403)},
    "escalations/": {"GET": (302, 200, 200, 403), "POST": (303, 405, 405, 403)},
    "escalations/queue": {"GET": (286, 200, 200, 403), "POST": (286, 405, 405, 403)},
    "escalations/<uuid:hid>/claim": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "escalations/<uuid:hid>/take-back": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/resolve/": {"GET": (302, 403, 404, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/resolve/preview/": {"GET": (302, 403, 302, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/resolve/retry/": {"GET": (302, 403, 302, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/resolve/overtaken": {"GET": (286, 200, 404, 403), "POST": (286, 405, 405, 403)},
    "sessions/<uuid:sid>/resolve/draft/": {"GET": (302, 403, 302, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/resolve/draft/discard/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/resolve/draft.md": {"GET": (302, 403, 404, 403), "POST": (303, 403, 405, 403)},
    "sessions/<uuid:sid>/escalate/": {"GET": (302, 403, 404, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/escalate/preview/": {"GET": (302, 403, 302, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/escalate/retry/": {"GET": (302, 403, 302, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/escalate/overtaken": {"GET": (286, 200, 404, 403), "POST": (286, 405, 405, 403)},
    "sessions/<uuid:sid>/escalate/draft/": {"GET": (302, 403, 302, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/escalate/draft/discard/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/escalate/draft.md": {"GET": (302, 403, 404, 403), "POST": (303, 403, 405, 403)},
    "sessions/<uuid:sid>/addendum/": {"GET": (302, 403, 404, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/addendum/not-now/": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "sessions/<uuid:sid>/previews/<uuid:pid>.md": {"GET": (302, 403, 404, 403), "POST": (303, 403, 405, 403)},
    "escalations/<uuid:hid>/ask": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "escalations/<uuid:hid>/return": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "escalations/<uuid:hid>/rate": {"GET": (302, 403, 405, 403), "POST": (303, 403, 404, 403)},
    "healthz": {"GET": (200, 200, 200, 200), "POST": (405, 405, 405, 405)},
}
"""Route → method → the status for each of PEOPLE. 302 and 303 lead an anonymous visitor to sign-in."""


def routes(found: list[URLPattern | URLResolver], above: str = "") -> Iterator[str]:
    for each in found:
        route = above + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        else:
            yield route


WALKED = [route for route in routes(get_resolver().url_patterns) if not route.startswith(("api/v1/", "admin/"))]


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session)


PEOPLE: dict[str, Callable[[AISession], User | None]] = {
    "anonymous": lambda session: None,
    "viewer": lambda session: UserFactory.create(account=session.account, role=Role.VIEWER),
    "engineer of another account": lambda session: UserFactory.create(),
    "superuser without account": lambda session: User.objects.create_superuser("root@example.com", PASSWORD),
}


def client_of(person: User | None) -> Client:
    client = Client()
    if person:
        let_in(client, person)
    return client


def test_every_address_stands_in_the_table() -> None:
    assert sorted(WALKED) == sorted(EXPECTED)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_is_theirs(fix: SuggestedFix, who: str) -> None:
    token, _ = ApiToken.objects.issue(fix.session.owner, "sync")
    rows = {"sid": fix.session_id, "fid": fix.pk, "uid": fix.session.owner_id, "tid": token.pk, "act": "apply"}
    fact = facts.add(fix.session_id, "It hums.", "question", user=None, sessions=AISession.objects.all())
    rows |= {"fact_id": fact.pk, "hid": make_handoff(SessionFactory.create(owner=fix.session.owner)).pk}
    person = PEOPLE[who](fix.session)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for route, method in product(EXPECTED, ("GET", "POST")):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(rows.get(part[1], token.pk)), route)
        client = client_of(person)  # a new sign-in each time: some of these end it
        with assert_nothing_written():
            answer = client.generic(method, f"/{path}")
        found[route][method] = answer.status_code
        if who == "anonymous" and route.startswith("sessions/") and answer.status_code != STOP_POLLING:
            assert answer["Location"].startswith("/sign-in/?next=")
    place = list(PEOPLE).index(who)
    assert found == {route: {m: each[place] for m, each in by.items()} for route, by in EXPECTED.items()}


@pytest.mark.parametrize("route", [route for route in EXPECTED if "<uuid:" in route])
def test_a_malformed_id_is_not_found(browser_client: Client, route: str) -> None:
    path = re.sub(r"<uuid:\w+>", "bogus", route).replace("<act:act>", "apply")
    assert browser_client.get(f"/{path}").status_code == 404
    assert browser_client.post(f"/{path}").status_code == 404
