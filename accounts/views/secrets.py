"""Pages that show a secret, or whose own address is one."""

from django.http import HttpResponse


def protect_secret(response: HttpResponse) -> HttpResponse:
    """Keep the page out of every cache, and its path out of the `Referer` header of requests that it leads to.

    `strict-origin`, not `no-referrer`: with the latter browsers send `Origin: null` with the page's form, and
    Django's protection against forged forms refuses that.
    """
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    return response
