"""What a ticket gets from a session: the resolution note, the escalation package, and the handoff to a colleague."""
