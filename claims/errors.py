"""What an act may answer instead of being done. One handler maps them to 403, 409 and 422, for pages and programs
alike."""


class ActError(Exception):
    """The message is for a person: what was not done, and why."""

    status = 400


class NotAllowed(ActError):
    status = 403


class Stale(ActError):
    """Somebody changed the row meanwhile; nothing was written."""

    status = 409


class Incomplete(ActError):
    """Something that the act needs is missing or wrong; ``field`` names it."""

    status = 422

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotYet(ActError):
    """What was asked for was not there at the moment that ``at`` names."""

    status = 404
    field = "at"
