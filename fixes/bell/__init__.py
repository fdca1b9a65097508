"""The bell: a person's checks that are due, and their notices (docs/reminders.md)."""
