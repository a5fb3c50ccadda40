"""The nouns of casework, split by subject."""

from .cases import Activity, Case, CaseDossier, Cases, Goal, NetworkAsk, OnCases, Rung
from .copies import AgeReview, PlanCopy
from .measures import Breakthrough, BreakthroughLimit

__all__ = [
    "Activity", "AgeReview", "Breakthrough", "BreakthroughLimit", "Case", "CaseDossier", "Cases", "Goal", "NetworkAsk", "OnCases",
    "PlanCopy", "Rung",
]  # fmt: skip
