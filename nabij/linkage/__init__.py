"""How likely two descriptions of a person are about the same person, and why.

Owns the rules of Dutch names, dates, addresses and numbers, the keys under which somebody can be found again, and the weights of evidence
(Fellegi and Sunter). Pure calculation: it knows no table and no room, so that it also works on two files. It never decides; a person does.
"""
