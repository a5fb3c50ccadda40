"""The shape of what people fill in about a signal."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.access.models import Municipality, Neighbourhood
from nabij.commitments.models import Urgency
from nabij.core.web.forms import ActionForm
from nabij.signals.models import Decision, Reporter, Signal

Areas = list[tuple[Municipality, list[Neighbourhood]]]
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
ASKED = {"yes": True, "no": False}
FEEDBACK_TEXT = gettext_lazy("No name and nothing about health. Leave it empty for our standard message.")


def text_field(label: Any, limit: int, *, required: bool = False, **attrs: Any) -> forms.CharField:
    """Make a field for one line."""
    return forms.CharField(label=label, max_length=limit, required=required, widget=forms.TextInput(attrs=attrs))


def words_field(label: Any, *, rows: int = 3, required: bool = False, limit: int = 20_000, **options: Any) -> forms.CharField:
    """Make a field for a story."""
    return forms.CharField(label=label, max_length=limit, required=required, widget=forms.Textarea(attrs={"rows": rows}), **options)


class PlaceForm(ActionForm):
    """Who or where, and what is going on."""

    who = text_field(gettext_lazy("Who is it about?"), 200, autocomplete="off")
    place = text_field(gettext_lazy("Street or spot"), 200, autocomplete="off")
    postcode = text_field(gettext_lazy("Postcode"), 7, autocomplete="off")
    area = forms.ChoiceField(label=gettext_lazy("Quarter or village"), required=False)
    words = words_field(gettext_lazy("What is going on?"), rows=5, required=True)
    unsafe = forms.BooleanField(label=gettext_lazy("Somebody is not safe"), required=False)
    about_child = forms.BooleanField(label=gettext_lazy("A child is involved"), required=False)

    def __init__(self, *args: Any, areas: Areas, unknown: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        unknown = unknown or _("I do not know")
        groups = [(house.name, [(house.ref, unknown), *((one.ref, one.name) for one in places)]) for house, places in areas]
        self.fields["area"].choices = groups if len(groups) > 1 else [("", unknown), *(groups[0][1][1:] if groups else [])]
        self.fields["words"].error_messages["required"] = _("Write down what is going on, in one sentence if you like.")

    def where(self) -> dict[str, Any]:
        """Return the municipality and neighbourhood that were chosen."""
        chosen = self.cleaned_data["area"]
        for house, places in self.areas:
            for one in places:
                if one.ref == chosen:
                    return {"municipality": house, "neighbourhood": one}
            if house.ref == chosen:
                return {"municipality": house}
        return {"municipality": self.areas[0][0]} if self.areas else {}

    def wanted(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {name: given[name] for name in ("who", "place", "postcode", "words", "unsafe", "about_child")} | self.where()

    def reporter(self, *names: str) -> dict[str, Any]:
        """Return what was filled in about the reporter."""
        return {name: self.cleaned_data[name] for name in ("openness", "name", "phone", "email", *names)}


class PublicForm(PlaceForm):
    about = forms.ChoiceField(
        label=gettext_lazy("What do you want to tell us?"),
        choices=[
            (Signal.About.PERSON, gettext_lazy("I am worried about somebody")),
            (Signal.About.SELF, gettext_lazy("I am looking for help myself")),
            (Signal.About.PLACE, gettext_lazy("I am worried about a street or a group")),
        ],
        initial=Signal.About.PERSON,
        widget=forms.RadioSelect,
    )
    openness = forms.ChoiceField(
        label=gettext_lazy("May we tell who this comes from?"),
        choices=[
            (Reporter.Openness.KNOWN, gettext_lazy("No, only the team may know")),
            (Reporter.Openness.OPEN, gettext_lazy("Yes, you may say that I told you")),
            (Reporter.Openness.ANONYMOUS, gettext_lazy("I do not tell who I am: you cannot call me back")),
        ],
        initial=Reporter.Openness.KNOWN,
        widget=forms.RadioSelect,
    )
    name = text_field(gettext_lazy("Your name"), 120, autocomplete="name")
    phone = text_field(gettext_lazy("Your telephone number"), 30, autocomplete="tel", inputmode="tel")
    email = text_field(gettext_lazy("Your e-mail address"), 254, autocomplete="email", inputmode="email")
    relation = text_field(gettext_lazy("Who are you to this person?"), 60)
    call_back = forms.BooleanField(label=gettext_lazy("Call me back"), required=False)
    # people do not see this field; programs fill it in
    website = text_field(gettext_lazy("Leave this empty"), 200, autocomplete="off", tabindex="-1")
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, Any]:
        about = self.cleaned_data["about"]
        is_anonymous = self.cleaned_data["openness"] == Reporter.Openness.ANONYMOUS
        own = {"who": "" if is_anonymous else self.cleaned_data["name"], "asks_support": True} if about == Signal.About.SELF else {}
        return super().wanted() | {"about": about, "channel": Signal.Channel.FORM, "reporter": self.reporter("relation", "call_back")} | own


class CaptureForm(PlaceForm):
    about = forms.ChoiceField(
        label=gettext_lazy("It is about"),
        choices=[
            (Signal.About.PERSON, gettext_lazy("somebody")),
            (Signal.About.SELF, gettext_lazy("who asks")),
            (Signal.About.PLACE, gettext_lazy("a street or group")),
        ],
        initial=Signal.About.PERSON,
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=gettext_lazy("How did you hear it?"), initial=Signal.Channel.PHONE)
    urgency = forms.TypedChoiceField(label=gettext_lazy("How soon?"), choices=Urgency.choices, initial=Urgency.NORMAL, coerce=int)
    asks_support = forms.ChoiceField(
        label=gettext_lazy("Does somebody ask for support?"),
        choices=[("", gettext_lazy("Not clear yet")), *YES_NO],
        required=False,
    )
    openness = forms.ChoiceField(
        label=gettext_lazy("May we tell who this comes from?"), choices=Reporter.Openness.choices, initial=Reporter.Openness.KNOWN
    )
    name = text_field(gettext_lazy("Name of the reporter"), 120, autocomplete="off")
    phone = text_field(gettext_lazy("Telephone"), 30, autocomplete="off", inputmode="tel")
    email = text_field(gettext_lazy("E-mail"), 254, autocomplete="off", inputmode="email")
    organisation = text_field(gettext_lazy("Organisation"), 120, autocomplete="off")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 3
        self.fields["channel"].choices = [one for one in Signal.Channel.choices if one[0] not in {Signal.Channel.FORM, Signal.Channel.EMAIL, Signal.Channel.DEBT}]

    def has_more(self) -> bool:
        """Tell whether something stands in the folded part, so that it opens."""
        texts = ("asks_support", "postcode", "name", "phone", "email", "organisation")
        return any(self[name].value() or self[name].errors for name in texts) or self["urgency"].value() in {"0", "1"}

    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        told = any(given[name] for name in ("name", "phone", "email", "organisation"))
        names = ("about", "channel", "urgency")
        only_where = given["place"] and not given["who"] and given["about"] == Signal.About.PERSON
        about = {"about": Signal.About.PLACE} if only_where else {}
        return super().wanted() | {name: given[name] for name in names} | about | {
            "asks_support": ASKED.get(given["asks_support"]),
            "reporter": self.reporter("organisation") if told else None,
        }  # fmt: skip


class StatusForm(ActionForm):
    number = text_field(
        gettext_lazy("Your number"), 30, required=True, autocomplete="off", autocapitalize="none", spellcheck="false", placeholder="7kq4-m2xz-9ahw"
    )
    number.error_messages["required"] = gettext_lazy("Type the number that you got when you told us.")


class ClassifyForm(ActionForm):
    asks_support = forms.ChoiceField(
        label=gettext_lazy("Does somebody ask for support?"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    unsafe = forms.BooleanField(label=gettext_lazy("Somebody is not safe"), required=False)
    about_child = forms.BooleanField(label=gettext_lazy("A child is involved"), required=False)

    def wanted(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return given | {"asks_support": ASKED.get(given["asks_support"])}


MISSING = {
    "reason": gettext_lazy("Write down why. Doing nothing is a decision too."),
    "agreed_with": gettext_lazy("Write down with whom this was agreed, and what would make us come sooner."),
    "sooner_if": gettext_lazy("Write down with whom this was agreed, and what would make us come sooner."),
    "until_on": gettext_lazy("Choose a date after today on which you look again."),
    "duplicate_of": gettext_lazy("Choose the earlier signal about the same worry."),
    "asks_support": gettext_lazy("Say first whether somebody asks for support: a yes starts a legal term."),
}
# What each decision asks besides the question for support and what the reporter hears.
ASKS = {
    "answer": ["reason"],
    "link": ["dossier"],
    "nothing_until": ["reason", "agreed_with", "until_on", "sooner_if"],
    "nothing": ["reason"],
    "duplicate": ["duplicate_of"],
    "passed_on": ["reason"],
}
REASON = {"answer": gettext_lazy("What did you say or advise?"), "passed_on": gettext_lazy("To whom, and why?")}


class DecideForm(ActionForm):
    """One decision: the fields of its kind, the question for support while it is open, and what the reporter hears."""

    kind = forms.CharField(widget=forms.HiddenInput)
    dossier = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = words_field(gettext_lazy("Why?"))
    agreed_with = text_field(gettext_lazy("Agreed with"), 120)
    until_on = forms.DateField(
        label=gettext_lazy("We look again on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sooner_if = words_field(gettext_lazy("What would make us come sooner?"), rows=2)
    duplicate_of = forms.ChoiceField(label=gettext_lazy("The earlier signal"), required=False)
    asks_support = forms.ChoiceField(
        label=gettext_lazy("Does somebody ask for support?"),
        help_text=gettext_lazy("Yes makes it a Wmo report from the moment it came in: six weeks to look into it."),
        choices=YES_NO, required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    feedback = forms.ChoiceField(label=gettext_lazy("What does the reporter hear?"), required=False)
    feedback_text = words_field(gettext_lazy("In your own words"), rows=4, help_text=FEEDBACK_TEXT)

    def __init__(self, *args: Any, signal: Signal, kind: str, others: list[Signal], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{kind}_%s")
        kwargs["initial"] = {"kind": kind} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.kind, self.others = kind, {one.ref: one for one in others}
        asked = {"kind", *ASKS[kind], "feedback", "feedback_text", *(["asks_support"] if signal.asks_support is None else [])}
        for name in set(self.fields) - asked:
            del self.fields[name]
        for name, message in MISSING.items():
            if name in self.fields and (kind, name) != ("answer", "reason"):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = message
        if kind in REASON:
            self.fields["reason"].label = REASON[kind]
        if kind == "duplicate":
            rows = [(ref, f"{one.received_at:%d-%m-%Y} · {one.title[:60]}") for ref, one in self.others.items()]
            self.fields["duplicate_of"].choices = [("", _("Choose a signal")), *rows]
        self.fields["feedback"].choices = feedback_choices(signal)
        self.fields["feedback"].required = True
        if [code for code, _label in self.fields["feedback"].choices] == [Decision.Feedback.NONE]:
            del self.fields["feedback"], self.fields["feedback_text"]

    def wanted(self) -> dict[str, Any]:
        """Return what the action takes, the resident apart."""
        given = dict(self.cleaned_data)
        given.pop("dossier", None)
        given["asks_support"] = ASKED.get(given.get("asks_support", ""))
        if "duplicate_of" in given:
            given["duplicate_of"] = self.others.get(given["duplicate_of"])
        return given


def feedback_choices(signal: Signal) -> list[tuple[str, Any]]:
    """Return the ways in which this reporter can hear from us, the most likely first."""
    reporter, ways = getattr(signal, "reporter", None), Decision.Feedback
    if reporter is None:
        return [(ways.NONE, ways.NONE.label)]
    found = [ways.MAILED] if reporter.can_mail else []
    found += [ways.TO_CALL] if reporter.can_call else []
    return [(one, one.label) for one in (*found, ways.CALLED, ways.TOLD, ways.IMPOSSIBLE)] if found else [
        (one, one.label) for one in (ways.IMPOSSIBLE, ways.CALLED)
    ]  # fmt: skip


class SecondWordForm(ActionForm):
    agrees = forms.ChoiceField(
        label=gettext_lazy("Do you agree?"),
        choices=[("yes", gettext_lazy("Yes, this is right")), ("no", gettext_lazy("No, something else is needed"))],
        widget=forms.RadioSelect,
    )
    words = words_field(gettext_lazy("In your own words"), rows=2, limit=300)

    def wanted(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"agrees": self.cleaned_data["agrees"] == "yes", "words": self.cleaned_data["words"]}


class SearchForm(ActionForm):
    words = text_field(gettext_lazy("Name, birth date, address or telephone number"), 200, required=True, autocomplete="off")


def in_two_weeks(on: Any) -> Any:
    """Return the day that is proposed for looking again."""
    return on + timedelta(days=14)
