"""The admin site (docs/admin.md). Each app registers its own models."""
