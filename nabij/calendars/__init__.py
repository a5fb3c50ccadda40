"""A colleague's own open work in the calendar of their telephone, by a link of their own (Dutch: mijn agenda).

Owns what such a calendar says: a day or a time, a few letters to tell things apart, and the way back to Nabij. It never carries a name, a
place or a word about a resident: a calendar is shown on locked screens and copied by other companies.
"""
