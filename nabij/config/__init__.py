"""The roof: settings, the list of addresses, the web entry. Owns no rule and no model."""
