"""Log-ins of the demonstration: one password per installation, kept in the data folder, told on request."""

from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from nabij.access.models import Membership, Role, Worker
from nabij.core.ids import new_receipt_number

FILE = "demo.password"


def password() -> str:
    """Return the password of all demonstration log-ins here; make it at the first call (mode 600)."""
    file: Path = settings.SECRETS / FILE
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(new_receipt_number(), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


def logins() -> list[tuple[str, str, str, str]]:
    """Return for each role who has most to do: role, name, team, e-mail address. Workers of a municipal and of a welfare team."""
    rows = Membership.objects.on(timezone.localdate()).filter(worker__is_demo=True, worker__blocked_at__isnull=True)
    busy = Count("commitments", filter=Q(commitments__closed_at__isnull=True))
    rows = rows.select_related("worker", "team__controller").annotate(busy=busy).order_by("-busy", "id")
    found: dict[tuple[str, str], Membership] = {}
    for row in rows:
        twice = row.role in {Role.WORKER, Role.LEAD, Role.PRIVACY_OFFICER}
        found.setdefault((row.role, row.team.controller.kind if twice else ""), row)
    order = list(Role)
    chosen = sorted(found.values(), key=lambda row: (order.index(Role(row.role)), row.pk))
    return [(str(Role(row.role).label), row.worker.name, row.team.name, row.worker.email) for row in chosen]


def is_there() -> bool:
    """Tell whether the demonstration was made here."""
    return Worker.objects.filter(is_demo=True).exists()
