"""What `manage.py serve` does, in order: instance, preparation, workers, announcement."""
