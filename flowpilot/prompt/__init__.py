"""What a model is asked: instructions, and one session of the account as data (docs/copilot.md)."""

from flowpilot.prompt.builder import Contents, Prompt, build

__all__ = ["Contents", "Prompt", "build"]
