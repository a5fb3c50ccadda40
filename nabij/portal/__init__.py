"""The resident's own page (Dutch: mijn dossier), opened part by part after a talk about who else sees phone and mail.

Owns which part is open for whom, the visit at which more can be read, and what a resident says is wrong. It shows what other rooms hold and
changes none of it: "this is wrong" becomes a task for a person. Never on it: a meldcode, private texts, who reported, other people's data.
"""
