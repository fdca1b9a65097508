"""The queue of escalations, `/escalations/`: who waits for somebody to take over (docs/handoffs.md)."""
