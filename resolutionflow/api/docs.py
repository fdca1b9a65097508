"""The OpenAPI schema and its browsable docs. They are public, because they contain no data."""

from typing import Any

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular import renderers
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

METHODS = ["get", "head"]


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "accounts.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        where = "A token from the page Tokens, or `manage.py create_token`."
        return {"type": "http", "scheme": "bearer", "description": where}


class Schema(SpectacularAPIView):
    http_method_names = METHODS
    authentication_classes = ()
    renderer_classes = [
        renderers.OpenApiJsonRenderer,
        renderers.OpenApiJsonRenderer2,
        renderers.OpenApiYamlRenderer,
        renderers.OpenApiYamlRenderer2,
    ]


@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")  # Swagger's own icons
class Docs(SpectacularSwaggerSplitView):
    http_method_names = METHODS
    authentication_classes = ()
    template_name = "api/docs.html"
    url_name = "api-schema"
