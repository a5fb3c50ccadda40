"""Tests about the code itself: floors, doors, templates, sizes, names, docs. Quick, and able to fail."""
