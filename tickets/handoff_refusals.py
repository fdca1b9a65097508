"""The refusals that only acts on handoffs give, besides AlreadyClaimed."""

from common.refusals import Refusal


class NotYours(Refusal):
    """The act is somebody else's: only its target or an admin claims it, only its claimer returns it."""

    code = "not_yours"


class OriginatorGone(Refusal):
    """The person who escalated it is deactivated or can only read: nobody would answer, or go on with it."""

    code = "originator_gone"
