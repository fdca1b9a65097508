"""The admin by everybody who may not do everything: its addresses are walked, not listed, so a new one is tried too."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import ForeignKey, Model
from django.test import Client
from django.urls import reverse

from accounts.admin.tenancy import TenantAdmin
from accounts.models import Account, ApiToken, Role, User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.models import DraftTemplate, ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import by
from fixes.tests.admin_pages import admin_of, session_of, signed_in, superuser
from fixes.tests.factories import make_fix
from flowpilot.models import ModelCall, Playbook
from flowpilot.tests.answers import ask
from sessions.models import AISession
from tickets.tests.factories import make_handoff

MARK = "Verschlossen"
"""A word that stands in everything of the other account."""
OURS = ("accounts", "ai_sessions", "fixes", "flowpilot", "tickets")
UNCOUNTED = {"Device"}
"""Sign-ins: their rows say when somebody was last seen."""

Foreign = dict[type[Model], Model]


@pytest.fixture
def foreign(db: None) -> Foreign:
    """A row of another account for each model that the admin shows."""
    account = AccountFactory.create(name=f"{MARK} GmbH", slug="verschlossen")
    user = UserFactory.create(account=account, display_name=f"{MARK} Petra", email="verschlossen@example.com")
    session = session_of(user, title=f"{MARK} session", client_name=MARK, problem_summary=MARK, ticket_ref=MARK)
    fix = make_fix(session, title=f"{MARK} fix", description=MARK, ai_drafted_script=MARK)
    lifecycle.decide(fix.pk, "draft_template", by(user))
    token, _ = ApiToken.objects.issue(user, f"{MARK} token")
    template = ScriptTemplate.objects.create(account=account, name=f"{MARK} template", body=MARK)
    drafted = DraftTemplate.objects.get(fix=fix)
    playbook = Playbook.objects.create(
        account=account, slug="theirs", title=f"{MARK} playbook", fix_title=MARK, symptoms=[MARK], description=MARK
    )
    rows: list[Model] = [account, user, session, SuggestedFix.objects.get(pk=fix.pk), token, template, drafted]
    call = ModelCall.objects.create(
        answer=ask(session, MARK),
        session=session,
        account=account,
        attempt=1,
        model=MARK,
        request=[{"role": "user", "content": MARK}],
        response=MARK,
        outcome=MARK,
    )
    handoff = make_handoff(session, question=MARK)
    assert handoff.text is not None
    rows += [playbook, call, handoff, handoff.text]
    return {type(row): row for row in rows}


@pytest.fixture
def staff(db: None) -> User:
    """An admin of an account with a row of each kind."""
    user = admin_of(display_name="Nora")
    make_fix(session_of(user))
    return user


def everything() -> dict[str, list[Any]]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in models
        if model.__name__ not in UNCOUNTED
    }


def body(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def site_addresses() -> Iterator[str]:
    for name in ("index", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"):
        yield reverse(f"admin:{name}")
    for label in {model._meta.app_label for model in admin.site._registry}:
        yield reverse("admin:app_list", args=[label])


def model_addresses(model: type[Model], id_: object) -> Iterator[str]:
    """Every named address of a model's admin, about the row with this id."""
    for pattern in admin.site.get_model_admin(model).get_urls():
        if pattern.name:
            yield reverse(f"admin:{pattern.name}", args=[id_] if "object_id" in str(pattern.pattern) else [])


def all_addresses(foreign: Foreign) -> list[str]:
    of_models = (each for model, row in foreign.items() for each in model_addresses(model, row.pk))
    return [*site_addresses(), *of_models]


def test_every_model_of_the_admin_is_tried(foreign: Foreign) -> None:
    assert set(admin.site._registry) == set(foreign)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_enters_without_signing_in(client: Client, foreign: Foreign, method: str) -> None:
    for address in all_addresses(foreign):
        answer = getattr(client, method)(address)
        assert answer.status_code == {"get": 302, "post": 303}[method], address
        assert answer["Location"].startswith("/sign-in/?next="), address
    assert client.get("/admin/login/")["Location"] == "/admin/"


@pytest.mark.parametrize(("role", "method"), [(Role.VIEWER, "get"), (Role.ENGINEER, "post")])
def test_only_admins_enter(foreign: Foreign, role: Role, method: str) -> None:
    client = signed_in(UserFactory.create(role=role))
    before = everything()
    for address in all_addresses(foreign):
        answer = getattr(client, method)(address)
        assert answer.status_code == 403, address
        assert "The admin is for admins" in body(answer)
    assert everything() == before


def test_an_admin_who_was_demoted_or_deactivated_is_out(staff: User) -> None:
    client = signed_in(staff)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=staff.pk).update(role=Role.ENGINEER)
    assert client.get("/admin/").status_code == 403
    User.objects.filter(pk=staff.pk).update(role=Role.ADMIN, is_active=False)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_rows_of_another_account_are_not_there(staff: User, foreign: Foreign, method: str) -> None:
    client, before = signed_in(staff), everything()
    fields = {"version": "1", "outcome": "applied_success", "title": "Taken", "name": "Taken", "role": "viewer"}
    for model, row in foreign.items():
        for address in model_addresses(model, row.pk):
            if str(row.pk) not in address:
                continue
            answer = getattr(client, method)(address, fields if method == "post" else {}, follow=True)
            assert MARK not in body(answer), address
            assert answer.status_code in {200, 403, 404}, address
            if answer.status_code == 200:
                assert answer.redirect_chain[-1][0] == "/admin/", address
    assert everything() == before


@pytest.mark.parametrize(
    "query",
    ["", "?q=verschlossen", "?q={id}", "?all=", "?p=1", "?o=1", "?account__id__exact={account}", "?_facets=True"],
)
def test_lists_show_none_of_another_account(staff: User, foreign: Foreign, query: str) -> None:
    client = signed_in(staff)
    account = foreign[Account].pk
    for model, row in foreign.items():
        for address in model_addresses(model, row.pk):
            if str(row.pk) in address or address.endswith("/add/"):
                continue
            answer = client.get(address + query.format(id=row.pk, account=account))
            assert answer.status_code in {200, 400, 403}, address
            assert MARK not in body(answer), address


def test_completions_offer_none_of_another_account(staff: User, foreign: Foreign) -> None:
    client = signed_in(staff)
    tried = 0
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey):
                continue
            asked = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": field.name,
                "term": "verschlossen",
            }
            answer = client.get("/admin/autocomplete/", asked)
            assert answer.status_code in {200, 403}
            assert MARK not in body(answer), asked
            tried += answer.status_code == 200
    assert tried > 5


def test_actions_touch_none_of_another_account(staff: User, foreign: Foreign) -> None:
    client, before = signed_in(staff), everything()
    for model, row in foreign.items():
        listed = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        request = client.get(listed).wsgi_request
        for action in [*admin.site.get_model_admin(model).get_actions(request), "delete_selected"]:
            for across in ("0", "1"):
                data = {"action": action, "_selected_action": [str(row.pk)], "select_across": across, "index": "0"}
                if action.startswith("record_") and across == "1":
                    continue  # that is their own list, and theirs to answer
                assert MARK not in body(client.post(listed, data, follow=True)), action
    assert everything() == before


@pytest.mark.parametrize("model", [User, ApiToken])
@pytest.mark.parametrize(
    "lookup", ["password__startswith", "digest__startswith", "is_superuser__exact", "account__name__contains", "o__x"]
)
def test_addresses_filter_by_nothing_but_the_filters(staff: User, model: type[Model], lookup: str) -> None:
    """Else the digests of one's own account could be found out, letter by letter."""
    listed = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert signed_in(staff).get(listed, {lookup: "a"}).status_code == 400


HOSTILE = [
    *("2026-11-26 12:00+23:59", "2026-11-26 12:00-15:60", "2026-11-26T00:00:00+16:00", "0001-01-01 00:00+14:00"),
    *("0001-01-01", "9999-12-31", "9999-12-31 23:59-12:00", "2026-02-30", "294277-01-01", "-1", "1e400", "inf"),
    *("", " ", "a\0b", "\ud800", "'", "%", "\u202e", "x" * 5_000, "None", "true", "[]", "0" * 400),
]
"""What no list can be filtered by; some of it PostgreSQL or Python refuse in ways of their own."""


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_of_a_filter_breaks_a_list_or_an_export(staff: User, value: str) -> None:
    client, tried = signed_in(staff), 0
    for model in admin.site._registry:
        model_admin = admin.site.get_model_admin(model)
        assert isinstance(model_admin, TenantAdmin)
        for address in {reverse(f"{_name(model)}_changelist"), *_exports(model)}:
            for lookup in [*model_admin.lookups, "q", "p"]:
                answer = client.get(address, {lookup: value.encode("utf-8", "surrogatepass")})
                assert answer.status_code in {200, 302, 400}, (address, lookup)
                if answer.streaming:
                    body(answer)
                tried += 1
    assert tried > 20


def _exports(model: type[Model]) -> list[str]:
    return [each for each in model_addresses(model, UUID(int=0)) if each.endswith("/export/")]


def test_no_row_with_history_can_be_deleted(foreign: Foreign) -> None:
    client, before = signed_in(superuser()), everything()
    for model, row in foreign.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[row.pk])
        assert client.get(address).status_code == 403
        assert client.post(address, {"post": "yes"}).status_code == 403
    assert everything() == before


def test_superusers_see_every_account(staff: User, foreign: Foreign) -> None:
    client = signed_in(superuser())
    for model, row in foreign.items():
        listed = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert MARK in body(client.get(listed)), listed
        assert MARK in body(client.get(reverse(f"{_name(model)}_change", args=[row.pk]))), model
        assert MARK in body(client.get(f"{listed}?q=verschlossen")), listed
    assert str(staff.account_id) in body(client.get("/admin/accounts/account/"))


def _name(model: type[Model]) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


@pytest.mark.parametrize("id_", ["x", "a\0b", UUID(int=0)])
def test_ids_that_are_none(staff: User, id_: object) -> None:
    client = signed_in(staff)
    for model in admin.site._registry:
        for address in model_addresses(model, id_):
            assert client.get(address).status_code in {200, 302, 403, 404}, address


def test_sessions_of_the_same_account_are_there(staff: User) -> None:
    client = signed_in(staff)
    session = AISession.objects.get()
    assert session.title in body(client.get("/admin/ai_sessions/aisession/"))
    assert session.title in body(client.get(f"/admin/ai_sessions/aisession/{session.pk}/change/"))
