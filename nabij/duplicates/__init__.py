"""Two dossiers that may be about one person: finding the pairs, looking at both, merging, and undoing it.

Owns the pairs and the merges. A merge is a pointer (`Dossier.root`): no row moves, and it can be undone at any later time.
"""
