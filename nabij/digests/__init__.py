"""One mail in the morning for a colleague, one a week for a lead (Dutch: dagbericht, weekbericht).

Owns who wants which mail and when it went. It never carries a name or a word about somebody: only how many and a link to the page.
"""
