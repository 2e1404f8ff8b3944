"""How long slow views will take, told while they are played."""

import time

TELL_SECONDS = 10  # views that take longer than this get an estimate


class Clock:
    """Says how long slow views will take, from the first of them on, and how far they are."""

    def __init__(self, progress, name):
        self.progress, self.name = progress, name
        self.number, self.said = None, 0.0

    def tell(self, cell: int, part: dict) -> None:
        """Hear of some views more: number (the control's), done, of, seconds they took."""
        now = time.monotonic()
        if part["number"] != self.number:
            self.number, self.spent, self.said = part["number"], 0.0, 0.0
        self.spent += part["seconds"]
        left = self.spent / max(1, part["done"]) * (part["of"] - part["done"])
        if "control" in part or part["done"] >= part["of"] or (not self.said and left < TELL_SECONDS):
            return
        if not self.said:
            self.progress(f"{self.name}, cell {cell}: {part['of']} views, about {_span(left)}")
            self.said = now
        elif now - self.said > TELL_SECONDS:
            self.progress(f"{self.name}, cell {cell}: {part['done']} of {part['of']} views, about {_span(left)} left")
            self.said = now


def _span(seconds):
    """
    >>> _span(8), _span(130)
    ('8 seconds', '2 minutes')
    """
    minutes = round(seconds / 60)
    number, unit = (minutes, "minute") if minutes else (max(1, round(seconds)), "second")
    return f"{number} {unit}{'s' * (number > 1)}"
