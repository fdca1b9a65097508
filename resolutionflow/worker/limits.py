"""The worker's times and numbers (docs/jobs.md)."""

AT_ONCE = 4
"""Jobs that run at the same time. They wait for other machines most of the time."""
POLLING = 2
"""Seconds after which a job that was put back or postponed is found; a new one is announced by NOTIFY."""
GRACE = 3
"""Seconds that running jobs have to end after a signal. Then they are given back to the queue."""
HEARTBEAT = 5
"""Seconds between two heartbeats of a worker."""
SILENCE = 20
"""Seconds without a heartbeat after which a worker counts as dead."""
SWEEPING = 5
"""Seconds between two searches for jobs of dead workers."""
SEARCHING = 30
"""Seconds between two searches for open answers and texts that have no job."""
REMINDING = 10
"""Seconds between two searches for checks that are due."""
CLEARING = 3600
"""Seconds between two deletions of what has expired."""
PATIENCE = 10
"""Seconds that a statement waits for a connection. Then the worker ends, and is started again."""
STOPPING = GRACE + PATIENCE
"""Seconds that stopping takes at most."""
