"""Fill the tables of search from the residents that are there already."""

from collections import defaultdict

from django.db import migrations
from django.utils import timezone


def fill(apps, schema_editor):
    from nabij.residents.linkage import person_of, write_many

    resident, address, way = (apps.get_model("residents", name) for name in ("Resident", "Address", "ContactWay"))
    today = timezone.localdate()

    def everybody():
        homes, ways = defaultdict(list), defaultdict(list)
        for row in address.objects.filter(secret=False).order_by("pk"):
            homes[row.dossier_id].append(row)
        for row in way.objects.order_by("pk"):
            ways[row.dossier_id].append(row)
        for row in resident.objects.filter(dossier__erased_at__isnull=True).order_by("pk"):
            yield row.pk, person_of(row, homes[row.pk], ways[row.pk], on=today)

    write_many(everybody())


class Migration(migrations.Migration):
    dependencies = [("residents", "0003_search_tables")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
