"""Why an act was refused. Each edge (pages, API, admin) turns these into its own answer, once."""


class Refusal(Exception):
    """A legal request that the present state of things doesn't allow. Nothing was written."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class IllegalTransition(Refusal):
    """The state doesn't have this act."""

    code = "illegal_transition"


class Stale(Refusal):
    """Somebody changed the row after the caller last saw it."""

    code = "stale"


class InvalidInput(Exception):
    """Input that is wrong whatever the state. `errors`: field name → what is wrong and how to mend it."""

    def __init__(self, **errors: str) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors
