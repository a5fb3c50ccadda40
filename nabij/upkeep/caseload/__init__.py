"""Take over an existing caseload from a file, so that a team can start on a Monday."""
