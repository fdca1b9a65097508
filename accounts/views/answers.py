from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect


def see(name: str, *args: Any) -> HttpResponse:
    """After a form: look there, with GET."""
    answer = redirect(name, *args)
    answer.status_code = 303
    return answer


def never_kept(answer: HttpResponse) -> HttpResponse:
    """It shows a secret, or its address is one: no cache keeps it, and no link on it tells where it was followed.

    Not `no-referrer`: browsers would then send `Origin: null` with its form, and Django would refuse that.
    """
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"
    return answer
