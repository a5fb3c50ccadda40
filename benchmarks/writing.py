"""How long does it take to record a contact, and a signal, against one bare transaction with the same statements?

    python benchmarks/writing.py [--data FOLDER [--database postgresql://..]] [--size 1000] [--seconds 8] [--rounds 3] [--write writing]

Every request is a form that was really sent: CSRF, rights, idempotency, audit. Promise: at least 0.15 of the bare transaction (aim 0.3),
95 % within six times its time. What is written stays in the database: use one that may be thrown away, or let it be made.
"""

from typing import Any
from urllib.parse import urlencode

from serving import arguments, database, in_turns, log_ins, part_of, ratio, tell

CSRF = "b" * 32


def form(path: str, key: str, **fields: str) -> dict[str, Any]:
    """Return one form that is sent; each time with an id of its own."""
    headers = {"Cookie": f"sessionid={key}; csrftoken={CSRF}", "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}) + "&request_id=@ID@"
    return {"method": "POST", "path": path, "headers": headers, "body": body, "mark": key[:8], "good": (200, 302)}


def forms() -> dict[str, tuple[str, list[dict[str, Any]]]]:
    from nabij.access.models import Dossier

    found: dict[str, list[dict[str, Any]]] = {"bare_contact": [], "contact": [], "bare_signal": [], "signal": []}
    for row, key in log_ins():
        refs = Dossier.objects.filter(team=row.team, restricted=False).order_by("-pk").values_list("ref", flat=True)[:5]
        for ref in refs:
            said = {"words": "Samen de post gelezen.", "dossier": ref}
            found["bare_contact"].append(form("/write", key, **said))
            found["contact"].append(form(f"/contacts/new?dossier={ref}", key, **contact_fields(ref)))
        worry = {"who": "Iemand op de hoek", "words": "De gordijnen zijn al dagen dicht."}
        found["bare_signal"].append(form("/signal", key, **worry))
        found["signal"].append(form("/capture", key, **worry, **SIGNAL_FIELDS))
    return {name: ("floor" if name.startswith("bare") else "nabij", turns) for name, turns in found.items()}


SIGNAL_FIELDS = {"about": "person", "channel": "phone", "urgency": "2", "openness": "known"}


def contact_fields(ref: str) -> dict[str, str]:
    """Return what the form of a contact asks."""
    from django.utils import timezone

    said = {f"text_{ref}": "Samen de post gelezen.", f"audience_{ref}": "team"}
    return {"dossier": ref, "medium": "phone", "reached": "yes", "happened_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "next_date": "keep", **said}


if __name__ == "__main__":
    given = arguments(__doc__)
    with database(given) as environ:
        figures = in_turns(given, environ, forms())
        for name in ("contact", "signal"):
            figures[f"{name}_of_bare"] = ratio(figures, name, f"bare_{name}")
            figures[f"{name}_p95_times_bare"] = round(figures[name]["p95_ms"] / figures[f"bare_{name}"]["p95_ms"], 2)
        tell(given, part_of(given), figures)
