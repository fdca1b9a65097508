"""Reads playbooks from Markdown files with front matter, checks them and imports them (docs/playbooks.md)."""
