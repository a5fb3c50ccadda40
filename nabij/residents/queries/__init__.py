"""Reads of residents: who fits these words, who is this, what must a visitor know, what may the resident read."""

from .heads import HeaderOf, header_of, names_of, safety_of
from .parts import dossier_at, export_residents, notes_to_review, own_teams, part_at, parts_of
from .search import Candidate, Elsewhere, SearchAnswer, answer_for, search_residents

__all__ = [
    "Candidate",
    "Elsewhere",
    "HeaderOf",
    "SearchAnswer",
    "answer_for",
    "dossier_at",
    "export_residents",
    "header_of",
    "names_of",
    "notes_to_review",
    "own_teams",
    "part_at",
    "parts_of",
    "safety_of",
    "search_residents",
]
