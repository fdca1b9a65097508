"""Every fix of an account that waits for its verification, answered one by one or many at once (docs/board.md)."""
