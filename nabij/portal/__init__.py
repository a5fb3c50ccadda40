"""The resident's own page (Dutch: mijn dossier), opened part by part.

Owns which part is open for whom and how somebody proves who they are. It shows what other rooms hold and says "this is wrong" to a person.
"""
