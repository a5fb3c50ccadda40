"""Working with residents: the case, the question in own words, goals, activities on the ladder, the end with its results.

Opening a case gives the access that goes with it. Never forces a workflow: every part may stay empty.
"""
