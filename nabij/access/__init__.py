"""Who may do what: controllers, municipalities, neighbourhoods, teams, workers, memberships, dossiers and grants.

Holds the one door for writes (`doors`), the one guard for reads (`visible_to`) and the log-in.
Never knows why a grant was given: the rooms above give them.
"""
