"""What a functional administrator keeps in order without a developer: people, teams, areas, duty, neighbourhoods, the front door (Dutch: beheer).

Pages and their reads only: the verbs belong to access and commitments. Never shows a resident.
"""
