"""What there really is when the API is asked: a partner that sent signals and arrears, a worker with a full day."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for, make_team
from nabij.commitments.tests.factories import log_in, make_task
from nabij.debts.actions import set_result
from nabij.debts.models import Debt
from nabij.desk.tests.factories import make_case, make_contact, make_pause, make_person
from nabij.partners.models import Partner
from nabij.partners.tests.factories import bearer, key_of, make_partner

WORRY = {
    "about": "person", "subject": "De bovenbuurman van nummer 12", "place": "Kerkstraat 12", "postcode": "1441 AB",
    "words": "De post puilt uit de bus.", "unsafe": False, "aboutChild": True, "asksSupport": True,
    "reporter": {"name": "A. Smit", "email": "a.smit@vliet.example", "phone": "0299 111 222", "relation": "Beheerder", "mayBeNamed": True},
}  # fmt: skip


@dataclass
class Known:
    """Keys and log-ins that work, and for each parameter and body what really is there."""

    partner: Partner
    key: str
    member: Membership
    session: str
    values: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def real(self, operation: str, name: str) -> list[Any]:
        """Return what really exists for one parameter of one operation."""
        return self.values.get((operation, name), [])


def arrear(number: int = 1) -> dict[str, Any]:
    """Return an arrear that is right in everything."""
    today = timezone.localdate()
    return {
        "reference": f"K{number:06d}", "surname": "Bakker", "givenNames": "A.B.", "birthDate": "1971-03-04", "street": "Kerkstraat",
        "number": "12a", "postcode": "1441 AB", "place": "Waterdam", "phone": "06 1234 5678", "email": "bewoner@vliet.example",
        "amount": "312.50", "arisenOn": f"{today - timedelta(60)}", "signalledOn": f"{today}", "threat": "eviction", "alreadyInContact": True,
    }  # fmt: skip


def fresh_key() -> str:
    """Return an Idempotency-Key that nobody used."""
    return secrets.token_urlsafe(24)


def post(key: str, path: str, body: Any) -> dict[str, Any]:
    """Send one thing as the partner and return the answer, which must be a good one."""
    headers = bearer(key) | {"Idempotency-Key": fresh_key()}
    answer = Client().post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers)
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def make_known(clock: Any) -> Known:
    """Return a world in which every operation has something to answer with: signals of three ages, results, two pages of a day."""
    member = make_team().lead
    partner = make_partner(member.team.municipality)
    key, now = key_of(partner), timezone.now()
    signals = []
    for days in (60, 4, 0):  # done, looking, received
        clock.to(now - timedelta(days))
        signals.append(post(key, "signals", WORRY)["reference"])
    clock.to(now)
    post(key, "debt-signals", {"debts": [arrear(number) for number in range(3)]})
    debts = list(Debt.objects.order_by("pk"))
    for debt, result in zip(debts, ("moved", "unknown", "helped"), strict=True):
        set_result(actor=actor_for(member), at=timezone.now(), debt=debt, result=result)
    full_day(member)
    known = Known(partner, key, member, log_in(Client(), member.worker).session.session_key)
    known.values = {
        ("GET /api/v1/signals/{reference}", "reference"): signals,
        ("GET /api/v1/debt-signals/results", "after"): [debt.ref for debt in debts],
        ("GET /api/v1/my-day", "filter"): ["", "case", "task", "signal", "paused", "stand_in"],
        ("GET /api/v1/my-day", "after"): ["", *cursors(member)],
    }
    return known


def full_day(member: Membership) -> None:
    """Give somebody more than one page: residents with cases in every band, a pause, a contact, tasks about nobody."""
    for number in range(5):
        person = make_person(member, number)
        case = make_case(member, person, days=[-3, 0.2, 2, 5, 12][number], opened=20)
        if number == 1:
            make_contact(member, person)
        if number == 2:
            make_pause(member, case)
    for number in range(25):
        make_task(member, days=number - 5)


def cursors(member: Membership) -> list[str]:
    """Return the places at which the pages of a day go on."""
    client, found = log_in(Client(), member.worker), [""]
    while found[-1] or len(found) == 1:
        found.append(client.get("/api/v1/my-day", {"after": found[-1]}).json()["next"])
    return found[1:-1]


def bodies(operation: str) -> st.SearchStrategy[Any]:
    """Return bodies a real partner sends to this operation; None when it takes none."""
    if operation == "POST /api/v1/signals":
        return st.fixed_dictionaries({"words": st.sampled_from(["Zij eet slecht.", "Kou 🥶 in huis", "x" * 10_000])}).map(lambda some: WORRY | some)
    if operation == "POST /api/v1/debt-signals":
        rows = st.builds(lambda number, some: arrear(number) | some, st.integers(0, 10**6), st.sampled_from(({}, {"amount": ""}, {"threat": ""})))
        return st.fixed_dictionaries({"debts": st.lists(rows, min_size=1, max_size=3)})
    return st.none()
