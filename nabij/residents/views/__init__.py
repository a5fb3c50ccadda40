from .creating import create
from .keeping import addresses, authority, away, names, reach, safety

__all__ = ["addresses", "authority", "away", "create", "names", "reach", "safety"]
