"""What must touch every room: the sweep, erasure, export, the import of a caseload, the jobs and when they run.

Works from explicit lists of what each room gives it; a test fails when a table about residents is in no list.
"""
