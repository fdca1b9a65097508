"""Masks the secrets of a session before anything leaves the server, and puts them back in the answer (docs/copilot.md).

A mask is `«password-7c1f»`: the kind of secret, and some digits of a keyed hash of it. So a secret has the same mask
in the whole session, whatever else is in it, and nothing about it has to be stored.
"""

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings

from flowpilot.masking.forms import KEY, PASSWORD, RECOVERY_KEY, TOKEN, Found, find

KINDS = (PASSWORD, RECOVERY_KEY, KEY, TOKEN)
KNOWN_AGAIN = 6
"""Characters that a secret has at least, for it to be masked where no word beside it says that it is one."""

_MASK = re.compile(rf"(?:«|\\u00ab|\b)((?:{'|'.join(KINDS)})-[0-9a-f]{{4,16}})(?:»|\\u00bb|\b)", re.IGNORECASE)
_LONGEST = len("\\u00ab") + max(map(len, KINDS)) + 1 + 16 + len("\\u00bb")
_BEGUN = re.compile(
    rf"(?:«|\\u00a?b?|\\u0{{0,2}}|\\)[\w-]{{0,{_LONGEST}}}\Z|\b(?:{'|'.join(KINDS)})-[0-9a-f]{{0,16}}\Z", re.IGNORECASE
)
_WORD = re.compile(r"\S+")
_AROUND = "\"'`“”„‘’«»()[]{}<>,;"


class Masks:
    """The masks of one session. It learns the secrets of all texts first (`learn`), and masks each text then."""

    def __init__(self, session_id: UUID) -> None:
        self._session = session_id.bytes
        self._names: dict[str, str] = {}
        self._secrets: dict[str, str] = {}
        self.used: set[str] = set()
        """The names of the masks that `mask` has put into a text."""

    def learn(self, texts: Iterable[str]) -> None:
        """Find the secrets of these texts, so that each is masked in all of them, with a word beside it or without."""
        for text in texts:
            for found in find(text):
                self._name(text[found.start : found.end], found.kind)

    def mask(self, text: str) -> str:
        """Return the text with a mask for each secret."""
        return _replaced(text, self._found(text), self._use)

    def replaced(self, text: str, words: Callable[[str], str]) -> str:
        """Return the text with other words for each secret. `words`: a kind of secret → what to say in its place."""
        return _replaced(text, self._found(text), lambda secret, kind: words(kind))

    def unmask(self, text: str) -> str:
        """Return the text with the secrets in place of their masks; other text that looks like a mask stays."""
        return _MASK.sub(lambda mask: self._secrets.get(mask[1].lower(), mask[0]), text)

    def unmask_value(self, value: Any) -> Any:
        """Return JSON with `unmask` done in every string of it."""
        if isinstance(value, dict):
            return {self.unmask(name): self.unmask_value(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.unmask_value(each) for each in value]
        return self.unmask(value) if isinstance(value, str) else value

    def unmask_so_far(self, text: str) -> str:
        """Return `unmask` of a text that is still being written, without a mask that has only begun at its end."""
        begun = _BEGUN.search(text, max(0, len(text) - _LONGEST))
        return self.unmask(text[: begun.start()] if begun else text)

    def counts(self) -> list[tuple[str, int]]:
        """Return the kinds of secrets that were masked, and how many different ones of each."""
        return _counts(self.used)

    def _found(self, text: str) -> list[Found]:
        return _joined([*find(text), *self._known_in(text)])

    def _use(self, secret: str, kind: str) -> str:
        name = self._name(secret, kind)
        self.used.add(name)
        return f"«{name}»"

    def _name(self, secret: str, kind: str) -> str:
        if secret not in self._names:
            digest = hmac.new(settings.SECRET_KEY.encode(), self._session + secret.encode(), hashlib.sha256).hexdigest()
            names = (f"{kind}-{digest[:length]}" for length in (4, 8, 16))
            name = next(each for each in names if each not in self._secrets)
            self._names[secret], self._secrets[name] = name, secret
        return self._names[secret]

    def _known_in(self, text: str) -> Iterator[Found]:
        """Return where a known secret stands as a word, with punctuation around it or without."""
        if not self._names:
            return
        for word in _WORD.finditer(text):
            for secret, start in _readings(word[0], word.start()):
                if secret in self._names and _is_unmistakable(secret):
                    yield Found(start, start + len(secret), self._names[secret].rpartition("-")[0])
                    break


def masks_in(text: str) -> list[tuple[str, int]]:
    """Return the kinds of masks in a text, and how many different ones of each."""
    return _counts({mask[1].lower() for mask in _MASK.finditer(text)})


def _counts(names: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(name.rpartition("-")[0] for name in names)
    return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


def _readings(word: str, start: int) -> Iterator[tuple[str, int]]:
    """Return the word, and the word without what may stand around it."""
    yield word, start
    bare = word.lstrip(_AROUND)
    start += len(word) - len(bare)
    for ends in (_AROUND, f"{_AROUND}.:", f"{_AROUND}.:!?"):
        yield bare.rstrip(ends), start


def _is_unmistakable(secret: str) -> bool:
    return len(secret) >= KNOWN_AGAIN and not secret.isalpha()


def _joined(found: list[Found]) -> list[Found]:
    """Return them in the order of the text; overlapping ones as one, of the first one's kind."""
    joined: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if joined and each.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Found(last.start, max(last.end, each.end), last.kind)
        else:
            joined.append(each)
    return joined


def _replaced(text: str, found: list[Found], mask: Callable[[str, str], str]) -> str:
    parts, end = [], 0
    for each in found:
        parts += [text[end : each.start], mask(text[each.start : each.end], each.kind)]
        end = each.end
    return "".join([*parts, text[end:]])
