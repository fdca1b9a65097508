"""Sessions from files: JSON Lines in the format of docs/import.md, replayed through the lifecycle."""
