"""The reporting code for domestic violence and child abuse (Dutch: meldcode): five steps, in any order, dated and signed.

Owns those steps, per person, restricted to who needs them. It never shows on the page, map, letter or digest of a housemate.
"""
