"""A sentence as the checks read it: its words without true quotes, its clauses, and the ideas in them."""

from functools import cached_property

from tickets.honesty.clauses import Clause, clauses_of
from tickets.honesty.letters import plain_letters
from tickets.honesty.tokens import Token, tokens_of
from tickets.models.text import Language


class Reading:
    """One sentence in a language."""

    def __init__(self, text: str, language: Language) -> None:
        self.text, self.language = plain_letters(text), language

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens_of(self.text)

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses_of(self.tokens)

    @property
    def is_german(self) -> bool:
        return self.language == Language.GERMAN
