"""What a functional administrator keeps in order without a developer: people, teams, areas, duty, neighbourhoods, the front door (Dutch: beheer).

The page that says who may do what is made here. Verbs about people and teams belong to access, blocking to commitments. Never shows a resident.
"""
