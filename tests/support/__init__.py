"""What tests stand on: a data folder and database of their own, a browser, a mail server, a clock. No domain words."""
