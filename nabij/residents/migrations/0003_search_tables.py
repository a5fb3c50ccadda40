"""Search finds misspelt names: keys become fingerprints, words are counted, a line per person is ready to be compared."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("residents", "0002_knock"),
    ]

    operations = [
        migrations.DeleteModel(name="SearchKey"),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_keys",
                        to="access.dossier",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["key", "dossier"], name="search_key")]},
        ),
        migrations.CreateModel(
            name="SearchLine",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_line",
                        serialize=False,
                        to="access.dossier",
                    ),
                ),
                ("line", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("count", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchVariant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("variant", models.BigIntegerField()),
                ("word", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["word"], name="search_variant_word")],
                "constraints": [models.UniqueConstraint(fields=("variant", "word"), name="search_variant")],
            },
        ),
    ]
