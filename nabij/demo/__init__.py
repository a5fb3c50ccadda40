"""A believable municipality to look around in: places and numbers as in the programme budget, people made up.

Its history is made by calling the actions that people use, at moments in the past, so that every rule holds in it.
Never in a database where somebody works; nothing of it is really sent.
"""
