"""The banner above the composer: its modes, buttons, forms and views (docs/banner.md)."""
