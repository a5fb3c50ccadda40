"""Two dossiers that may be about one person: finding the pairs, looking at both, merging, and undoing it.

Owns the pairs, the merges and the marks of who was erased. A merge is a pointer (`Dossier.root`): no row moves, it can be undone at any
later time, and the narrower access wins until a person widens it. It never merges by itself; it never keeps a name of who was erased.
"""
