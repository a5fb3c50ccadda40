"""Files that belong to somebody's story: stored encrypted in the data folder, in the backup and in the erasure.

Never shows a file without its dossier's guard, and never runs what is in it.
"""
