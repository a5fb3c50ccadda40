from django.apps import AppConfig


class MeldcodeConfig(AppConfig):
    name = "nabij.meldcode"
    label = "meldcode"
