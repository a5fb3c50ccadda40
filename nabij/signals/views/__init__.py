"""Pages of signals: without an account, writing down, sharing out, deciding."""
