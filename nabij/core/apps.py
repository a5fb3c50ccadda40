from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "nabij.core"
    label = "core"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - importing registers the checks
