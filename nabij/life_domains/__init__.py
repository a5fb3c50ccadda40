"""Life domains over time (Dutch: leefgebieden): asked or not, scored by the worker and by the resident.

Owns the scores and their pictures. The list of domains and the words of the steps belong to the region; nothing here computes a total.
"""
