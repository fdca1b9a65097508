"""Says in words for an engineer why a model's server gave no answer.

What the server itself writes is never repeated: some repeat a part of the key.
"""

import math
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

from flowpilot.providers import ProviderError

RETRY = 10.0
"""Seconds after which a server that is down or busy is asked again, if it names no time."""
PATIENT = 300.0
"""A server that wants a longer pause than these seconds isn't asked again by itself."""


def error_of(status: int, body: str, headers: Mapping[str, str], server: str) -> ProviderError:
    """Return the error for a response that is no answer. `server`: its host, as people know it."""
    body = body.casefold()
    if status in {401, 407}:
        return ProviderError("wrong_key", f"{server} doesn’t accept the key. An admin has to check FLOWPILOT_KEY.")
    if status in {402, 429} and ("quota" in body or "credit" in body or "billing" in body or status == 402):
        return ProviderError("no_credit", f"{server} says that its quota is used up. An admin has to check it there.")
    if status == 429:
        return _later(
            "busy", f"{server} has too many requests at the moment.", seconds_until(headers.get("Retry-After"))
        )
    if status in {400, 403, 413, 422}:
        return _refused(status, body, server)
    if status == 404:
        return ProviderError(
            "no_model",
            f"{server} doesn’t know this model, or its address is wrong. "
            "An admin has to check FLOWPILOT_MODEL and FLOWPILOT_URL.",
        )
    if status >= 500 or status == 408:
        return _later(
            f"http_{status}", f"{server} has a problem ({status}).", seconds_until(headers.get("Retry-After"))
        )
    return ProviderError(f"http_{status}", f"{server} gave no answer ({status}). An admin has to check FLOWPILOT_URL.")


def _refused(status: int, body: str, server: str) -> ProviderError:
    if status == 413 or ("context" in body and ("length" in body or "window" in body or "size" in body)):
        return ProviderError(
            "too_long",
            f"This session is too long for the model of {server}. An admin can lower FLOWPILOT_CONTEXT_TOKENS.",
        )
    if "filter" in body or "safety" in body or "policy" in body:
        return ProviderError("refused", f"{server} refused to answer this (content filter).")
    return ProviderError("refused", f"{server} refused the request ({status}).")


def _later(code: str, sentence: str, seconds: float | None) -> ProviderError:
    if seconds is not None and seconds > PATIENT:
        return ProviderError(code, f"{sentence} It wants to be asked again in {math.ceil(seconds / 60)} min.")
    return ProviderError(code, sentence, RETRY if seconds is None else max(1.0, seconds))


def seconds_until(header: str | None) -> float | None:
    """Return the seconds that a Retry-After asks to wait, in either of its forms; None if it says nothing sensible."""
    text = (header or "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (_aware(at) - timezone.now()).total_seconds())


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=timezone.get_default_timezone())


def is_down(server: str) -> ProviderError:
    return ProviderError("down", f"{server} can’t be reached.", RETRY)


def is_untrusted(server: str) -> ProviderError:
    return ProviderError("untrusted", f"{server} has a certificate that this server doesn’t trust.")


def hung_up(server: str) -> ProviderError:
    return ProviderError("hung_up", f"{server} closed the connection before its answer was complete.", RETRY)


def failed_itself(server: str) -> ProviderError:
    return ProviderError("server_failed", f"{server} had a problem while it answered.", RETRY)


def too_slow(server: str, seconds: float) -> ProviderError:
    return ProviderError("too_slow", f"{server} took longer than {round(seconds)} seconds.")


def nonsense(server: str) -> ProviderError:
    return ProviderError(
        "nonsense", f"{server} sent something that is no model’s answer. An admin has to check FLOWPILOT_URL."
    )


def empty(server: str) -> ProviderError:
    return ProviderError("empty", f"{server} sent an empty answer.", RETRY)


def too_much(server: str) -> ProviderError:
    return ProviderError("too_much", f"{server} sent far more than an answer, and was cut off.")
