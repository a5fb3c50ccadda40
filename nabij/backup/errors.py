"""What can go wrong with a copy, in a sentence for the administrator."""


class BackupTrouble(Exception):
    """The copy could not be made or put back. The message says what is wrong and what to do; nothing was left behind."""
