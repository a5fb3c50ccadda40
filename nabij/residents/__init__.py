"""The resident: names the Dutch way, where and how to reach them safely, who may decide for them, safety notes, search.

One dossier is about one resident, or a person not yet known. Never knows of signals, cases or contacts.
"""
