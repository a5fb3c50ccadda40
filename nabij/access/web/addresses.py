"""What each page declared about who may open it, found by its URL name."""

from functools import lru_cache

from django.urls import URLPattern, URLResolver, get_resolver


def all_pages(resolver: URLResolver | None = None, names: tuple[str, ...] = ()) -> list[tuple[str, URLPattern]]:
    """Return every address pattern with its full name ("room:verb")."""
    resolver = resolver or get_resolver()
    found: list[tuple[str, URLPattern]] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += all_pages(pattern, (*names, pattern.namespace) if pattern.namespace else names)
        else:
            found.append((":".join((*names, pattern.name or "")), pattern))
    return found


@lru_cache(maxsize=1)
def _rules() -> dict[str, dict[str, str]]:
    return {name: getattr(pattern.callback, "allow", {}) for name, pattern in all_pages()}


def rules_of(name: str) -> dict[str, str]:
    """Return the functions that may open a page, and how far; empty when the page does not exist."""
    return _rules().get(name, {})
