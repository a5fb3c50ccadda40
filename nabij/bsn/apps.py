from django.apps import AppConfig


class BsnConfig(AppConfig):
    name = "nabij.bsn"
    label = "bsn"
