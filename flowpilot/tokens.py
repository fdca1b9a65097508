"""Estimates tokens, where no model's server counts them."""

BYTES_A_TOKEN = 3
"""English has about four bytes a token; German, logs and scripts have fewer. So this estimates rather too many."""


def estimated(text: str) -> int:
    return -(-len(text.encode(errors="replace")) // BYTES_A_TOKEN)
