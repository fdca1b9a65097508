"""What every app uses and that knows none of them: text, times, lists by keyset, refusals, versions, markdown."""
