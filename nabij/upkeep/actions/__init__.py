"""What upkeep does by itself, and what a privacy officer or administrator asks of it."""
