"""The order of what waits, on the board and in the API's `/pending-fixes`."""

from common import keyset
from fixes.models.queries import due_order

BY_DUE = (keyset.Key("follow_up_at", due_order(), when_null="infinity"), "id")
"""By check-by time, so what is overdue comes first; those without one last. The index `fixes_board` has this order."""
