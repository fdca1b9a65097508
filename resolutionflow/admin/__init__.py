"""The admin's site (docs/admin.md). What it shows is registered by the apps."""
