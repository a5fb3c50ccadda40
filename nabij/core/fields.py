"""A column that is stored encrypted and tied to its row."""

from typing import Any

from django.db import models

from . import crypto


class Sealed:
    """An encrypted value as it came from the database, opened only when somebody reads it."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token


class _Opening:
    """Opens the sealed value at the first read."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        value = row.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = crypto.decrypt_text(value.token, purpose="column", about=self.field.about(row)) if value.token else ""
            row.__dict__[self.field.attname] = value
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text stored with AES-GCM, bound to table, column and the row's `ref`: it cannot be searched, sorted or moved to another row."""

    def about(self, row: models.Model) -> str:
        """Return the associated data of this column of this row."""
        return f"{row._meta.db_table}.{self.column}.{row.ref}"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value = row.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(crypto.encrypt_text(value, purpose="column", about=self.about(row)) if value else "")

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value.token if value else None
        if value == "":
            return ""
        raise TypeError(f"{self.name} is encrypted per row: save the record, do not filter or update by this column")
