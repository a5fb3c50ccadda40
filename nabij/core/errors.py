"""What can go wrong between a person and an action. Each message is for the reader, in the reader's language."""


class Refused(Exception):
    """An action that may not be done now, with the reason and what to do instead. `field`: where in the form it belongs."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Absent(Exception):
    """What was asked for is not there, or not for this reader: the two are never told apart."""


class Conflict(Refused):
    """Somebody else changed the record in the meantime; `current` is how it stands now."""

    def __init__(self, message: str, *, current: object) -> None:
        super().__init__(message)
        self.current = current
