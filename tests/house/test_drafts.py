"""A long text is never lost: every form that asks for one keeps a draft (log-out, crash and a second tab)."""

import re

from tests.house.source import ROOT

# Forms without a worker behind them have nobody to keep a draft for.
WITHOUT_ACCOUNT = {"signals/public_form.html", "outcomes/questions.html"}
ONE_LINE = {"desk/search.html"}  # its `words` is one line, another form's is not
FORM = re.compile(r"ui\.form_open\((?P<how>.*?)\) ?\}\}(?P<body>.*?)ui\.form_close\(\)", re.DOTALL)
LONG = re.compile(r"<textarea\b")


def test_a_form_with_a_textarea_of_its_own_keeps_a_draft():
    lost = []
    for path in sorted(ROOT.glob("nabij/*/templates/*/*.html")):
        name = f"{path.parent.name}/{path.name}"
        for form in FORM.finditer(path.read_text(encoding="utf-8")):
            if LONG.search(form["body"]) and "draft=" not in form["how"] and name not in WITHOUT_ACCOUNT:
                lost.append(name)
    assert lost == []


def test_every_form_that_shows_a_long_text_keeps_a_draft():
    """A field is long when its form class gives it a Textarea; a template that shows it names it in its form."""
    longs = set()
    for path in ROOT.glob("nabij/*/forms.py"):
        for name in re.findall(r"(\w+) = (?:forms\.CharField|long_text|text_area)\([^\n]*(?:\n[^\n]*){0,3}?Textarea", path.read_text(encoding="utf-8")):
            longs.add((path.parent.name, name))
    lost = []
    for path in sorted(ROOT.glob("nabij/*/templates/*/*.html")):
        room, name = path.parent.name, f"{path.parent.name}/{path.name}"
        shown = {field for where, field in longs if where == room}
        for form in FORM.finditer(path.read_text(encoding="utf-8")):
            named = set(re.findall(r'form\["(\w+)"\]', form["body"]))
            if named & shown and "draft=" not in form["how"] and name not in WITHOUT_ACCOUNT | ONE_LINE:
                lost.append(f"{name}: {', '.join(sorted(named & shown))}")
    assert lost == []
