"""What `manage.py work` does: run jobs, and put back those of dead workers (docs/jobs.md)."""
