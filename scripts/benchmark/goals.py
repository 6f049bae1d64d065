"""What the figures are to reach."""

from typing import NamedTuple


class Goal(NamedTuple):
    """A figure and its bound: at most `bound`, or at least when `is_floor`."""

    title: str
    value: float
    bound: float
    unit: str = ""
    is_floor: bool = False

    @property
    def is_met(self):
        return self.value >= self.bound if self.is_floor else self.value <= self.bound

    def row(self):
        return {
            "title": self.title, "value": self.value, "unit": self.unit, "isMet": self.is_met,
            "atLeast" if self.is_floor else "atMost": self.bound,
        }


def show_goals(goals, short):
    print("Goals" + (" (on small data, which shows what is far off and no more)" if short else ""))
    width = max(len(goal.title) for goal in goals)
    for goal in goals:
        bound = f"{'at least' if goal.is_floor else 'at most'} {number(goal.bound)}"
        state = "met" if goal.is_met else "missed"
        print(f"  {goal.title:{width}}{number(goal.value):>8} {goal.unit:17}{bound:15}{state}")


def number(value):
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"
