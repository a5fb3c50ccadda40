"""What it led to: per goal, per life domain before and after, per rung, and the resident's own experience.

Owns the four questions and their answers. It never counts per worker, and small counts are not shown.
"""
