"""The writer that is a model: it phrases the slots of a text, each sentence with the statements that it rests on.

Only a worker asks it (`tickets.jobs`). What it may not phrase, and every sentence that fails the honesty check, the
built-in writer writes (docs/texts.md).
"""
