"""Recognizes an outcome said in plain words about the fix that was just applied, in English and German.

`recognize` is a pure function. `english.py`, `german.py` and `guards.py` hold the phrases as data, `patterns.py`
finds them, `verdicts.py` decides what a sentence says, and `sentences.py` cuts a message into sentences.
How well it does is measured on sentences that the phrases were not made from: `flowpilot/tests/test_recognition.py`.
"""

from flowpilot.recognition.message import Recognized, recognize

__all__ = ["Recognized", "recognize"]
