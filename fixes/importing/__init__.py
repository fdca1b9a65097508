"""Imports sessions from JSON Lines (docs/import.md) by replaying them through the lifecycle."""
