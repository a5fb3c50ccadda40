"""Cases and activities sit on commitments of their kind."""

from nabij.commitments.triggers import kind_matches

TRIGGERS = [*kind_matches("casework_case", "case"), *kind_matches("casework_activity", "activity")]
