"""Pages of the own page: those of the resident, and those of the worker who opens it."""

from .resident import contacts, download, enter, leave, looks, pictures, plan, wrong
from .staff import close, code, manage, parts, visit

__all__ = ["close", "code", "contacts", "download", "enter", "leave", "looks", "manage", "parts", "pictures", "plan", "visit", "wrong"]
