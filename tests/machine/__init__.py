"""Random days in a small town: whatever people do, and whatever time does, every promise holds after every step.

`days.py` says what can happen, `promises.py` and `opening.py` what must hold, `town.py` where it happens. `python tools/random_days.py` plays longer.
"""
