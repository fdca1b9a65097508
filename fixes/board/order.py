"""The order of what waits, on the board and in the API's `/pending-fixes`."""

from fixes.models.fix import due_order
from sessions import keyset

BY_DUE = (keyset.Key("follow_up_at", due_order(), when_null="infinity"), "id")
"""By check-by time, so what is overdue comes first; those without one last. The index `fixes_board` has this order."""
