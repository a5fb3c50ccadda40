from django.apps import AppConfig


class PilingConfig(AppConfig):
    name = "nabij.piling"
    label = "piling"
