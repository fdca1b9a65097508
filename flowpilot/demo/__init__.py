"""The demo's past: about 120 short sessions of the last months, in which shipped playbooks were tried.

They make what FlowPilot proposes tell its experience from the first minute on. `mix.py` says what came of which
playbook, `plan.py` draws the rest with a fixed seed, `words.py` has what people say, `replay.py` turns a session into
acts with their times, and `history.py` carries them out.
"""
