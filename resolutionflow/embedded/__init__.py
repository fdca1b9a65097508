"""A Django database backend that runs PostgreSQL from a Python wheel when it is first needed (docs/database.md)."""
