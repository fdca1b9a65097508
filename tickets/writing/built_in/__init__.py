"""The built-in writer: fixed sentences around what was recorded, in English and German. It needs no model."""
