"""What must touch every room: the sweep, erasure, export, the demonstration municipality, the import of a caseload.

Works from explicit lists of what each room gives it; a test fails when a table about residents is in no list.
"""
