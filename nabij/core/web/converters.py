"""The shape of a `ref` in an address, so that `/residents/new` is never taken for a resident."""

from django.urls import register_converter


class RefConverter:
    """Twenty characters of the ref alphabet."""

    regex = "[2-9a-hjkmnp-z]{20}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RefConverter, "ref")
