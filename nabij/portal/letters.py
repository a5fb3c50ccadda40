"""The letter with the code, and everything a resident may take along as one file."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.casework.letters import letter_about
from nabij.casework.models import PlanCopy
from nabij.casework.queries.copies import recipient
from nabij.letters import Block, Heading, Letter, Table, Text, pdf
from nabij.residents.queries import names_of

from . import queries
from .models import OwnPage


def enter_address() -> str:
    """Return where the code is typed."""
    return settings.PUBLIC_URL + reverse("portal:enter")


def _empty(actor: Actor, dossier: Dossier, title: str, blocks: list[Block]) -> Letter:
    name, team = names_of(dossier_ids=[dossier.pk]).get(dossier.pk, ""), dossier.team
    to, _left_out = recipient(dossier=dossier, name=name, actor=actor)
    return Letter(title, "nl", blocks, [line for line in (team.name, team.controller.name, team.phone) if line], actor.on, to)


def code_letter(*, actor: Actor, page: OwnPage, code: str) -> bytes:
    """Return the letter with the personal code, on a page without anything about the help."""
    to = page.holder_name if page.holder == OwnPage.Holder.REPRESENTATIVE else ""
    blocks: list[Block] = [
        Text(_("You can read your plan yourself. Go to this address and type your code:")),
        Text(enter_address()),
        Heading(code),
        Text(_("Keep this letter where only you can find it. Does somebody else have the code? Call us, and we make a new one.")),
        Text(_("The code works for ninety days.")),
    ]
    letter = _empty(actor, page.dossier, _("Your personal code"), blocks)
    return pdf(replace(letter, to=[to]) if to else letter)


def everything(*, actor: Actor, page: OwnPage) -> bytes:
    """Return the parts that are open as one PDF."""
    blocks: list[Block] = []
    if queries.plan_for(actor=actor, page=page):
        plan = letter_about(actor=actor, case=page.case, dossier=page.dossier, kind=PlanCopy.Kind.PLAN, language="nl")
        blocks += plan.blocks
    if page.contacts:
        rows = [[_day(told.at), told.medium, f"{told.function}, {told.team}", told.words or "—"] for told in queries.contacts_for(page=page)]
        blocks += [Heading(_("Our contacts with you")), Table([_("When"), _("How"), _("Who"), _("What was written for you")], rows, (3, 3, 4, 6)) if rows else Text(_("Nothing yet."))]
    if page.looks:
        rows = [[_day(look.at), look.function, look.organisation or "—"] for look in queries.looks_for(page=page)]
        blocks += [Heading(_("Who looked in your dossier")), Table([_("When"), _("Function"), _("Organisation")], rows, (3, 4, 4)) if rows else Text(_("Nothing yet."))]
    return pdf(_empty(actor, page.dossier, _("Your dossier"), blocks))


def _day(moment: object) -> str:
    return date_format(localtime(moment), "j F Y H:i")  # type: ignore[arg-type]
