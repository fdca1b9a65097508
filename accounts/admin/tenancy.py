"""The base of every admin page: it limits rows to the person's account, deletes nothing, and keeps large lists fast."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import CharField, ForeignKey, Model, QuerySet, SlugField, TextField
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from accounts.admin.lookups import is_sound
from accounts.admin.widgets import Suggestions, is_id
from accounts.staff import may_enter, staff
from common.fields import CleanField, LineField
from common.search import found, lacks_words

MOST = 1_000
"""The most rows that a list counts and pages through; to see others, people search or filter."""


class BoundedPaginator(Paginator):
    """Stops counting at MOST, because counting a million rows takes too long."""

    @cached_property
    def count(self) -> int:
        return cast("QuerySet[Model]", self.object_list).order_by()[:MOST].count()

    @property
    def is_cut(self) -> bool:
        return self.count == MOST


class Listing(ChangeList):
    """A list in a fixed order that has an index. It ignores `?o=`, which would sort the whole table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = str(self.opts.verbose_name_plural).capitalize()
        if lacks_words(self.query):
            messages.warning(args[0], f"There is no word in “{self.query}”. Search for letters or digits.")

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        return list(self.model_admin.get_ordering(request))

    def apply_select_related(self, qs: QuerySet) -> QuerySet:
        return super().apply_select_related(qs).defer(*cast(TenantAdmin, self.model_admin).list_defer)


class TenantAdmin(admin.ModelAdmin):
    """Shows admins the rows of their account, and superusers all rows.

    Nothing can be added, changed or deleted unless a subclass allows it.
    """

    account_lookup: ClassVar[str] = "account"
    """The lookup that leads from a row to its account."""
    lookups: ClassVar[frozenset[str]] = frozenset()
    """Filters that the address may use. Django would allow any column, even a password's digest."""

    searched: ClassVar[Sequence[str]] = ()
    """Columns that the search reads (`common.search`). `search_fields` only makes Django show the search field."""

    list_defer: ClassVar[Sequence[str]] = ()
    """Columns with long texts, which a list doesn't load."""

    formfield_overrides: ClassVar = {
        CharField: {"form_class": LineField},
        SlugField: {"widget": AdminTextInputWidget},
        TextField: {"form_class": CleanField},
    }
    list_per_page = 50
    paginator = BoundedPaginator
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    sortable_by = ()
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.visible_rows(request, super().get_queryset(request))

    def visible_rows(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        user = staff(request)
        return rows if user.is_superuser else rows.filter(**{self.account_lookup: user.account_id})

    def get_field_queryset(
        self, db: str | None, db_field: RelatedField, request: HttpRequest | None
    ) -> QuerySet | None:
        """Offer as choices only the rows that their own admin list shows."""
        related = self.admin_site.get_model_admin(db_field.remote_field.model)
        return related.get_queryset(request) if request else None

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Suggestions(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Listing

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*self.list_display, *(["account"] if self._shows_account(request) else [])]

    def _shows_account(self, request: HttpRequest) -> bool:
        return self.account_lookup == "account" and staff(request).is_superuser

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in self.lookups and is_sound(value)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if is_id(search_term.strip()):
            return queryset.filter(pk=search_term.strip()), False
        return found(queryset, search_term, *self.searched), False

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any) -> HttpResponse | None:
        if not all(is_id(selected) for selected in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("A selected row has an invalid id.")
        return super().response_action(request, queryset, *args)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_enter(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
