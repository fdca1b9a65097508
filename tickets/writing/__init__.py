"""Turns a case bundle into a document: the product writes outcomes and times, a writer the prose (docs/texts.md)."""
