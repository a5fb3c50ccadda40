"""Read the forms of a page and fill them in as somebody would who only wants to be done."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from django.utils import timezone


@dataclass
class FoundForm:
    """One form of a page: where it goes, how, and what would be sent."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Collects the forms of a page, filled in: what stands there stays, what is empty gets a word, a day, the first choice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self.inside = False
        self.select = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.inside = True
            self.found.append(FoundForm(facts.get("action") or "", (facts.get("method") or "get").lower()))
        elif self.inside and tag in {"input", "textarea", "select"}:
            self.fill(tag, facts)
        elif self.inside and tag == "option" and self.select:
            self.choose(facts)

    def fill(self, tag, facts):
        values, name, kind = self.found[-1].values, facts.get("name"), facts.get("type", "text")
        if not name or kind in {"submit", "file", "button"}:
            return
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            values.setdefault(name, "Een paar woorden.")
        elif kind in {"radio", "checkbox"}:
            if "checked" in facts or (kind == "radio" and name not in values):
                values[name] = facts.get("value") or "on"
        else:
            values[name] = facts.get("value") or self.something(name, kind)

    def something(self, name, kind):
        tomorrow = timezone.localdate() + timedelta(days=1)
        return {"hidden": "", "date": f"{tomorrow:%Y-%m-%d}", "email": "iemand@nabij.example", "number": "1", "time": "10:00"}.get(kind, "Woord")

    def choose(self, facts):
        values = self.found[-1].values
        if "selected" in facts or (facts.get("value") and not values.get(self.select)):
            values[self.select] = facts.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""


def post_forms(text: str) -> list[FoundForm]:
    """Return the forms of a page that change something."""
    return [form for form in Forms(text).found if form.method == "post"]
