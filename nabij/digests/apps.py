from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "nabij.digests"
    label = "digests"
