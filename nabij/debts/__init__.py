"""Signals of debts from landlords, energy, water and health insurers (Dutch: vroegsignalering), by file.

Owns the files, their rows, the attempts to reach somebody and the coarse result that goes back. Terms: Wgs. It never lends, pays or advises.
"""
