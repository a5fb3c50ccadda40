"""One mail in the morning for a colleague, and what the team needs once a week for a lead (Dutch: dagbericht, weekbericht).

Owns who wants which mail and on which day it went. It never carries a name or a word about a resident: only how many, and a link.
"""
