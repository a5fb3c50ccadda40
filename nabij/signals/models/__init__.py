"""The nouns of signals, split by subject."""

from .decisions import Decision
from .reporters import Reporter
from .signals import Signal, SignalPaper

__all__ = ["Decision", "Reporter", "Signal", "SignalPaper"]
