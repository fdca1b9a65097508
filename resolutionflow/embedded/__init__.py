"""A database backend of Django's: PostgreSQL from a wheel, started when first needed (docs/database.md)."""
