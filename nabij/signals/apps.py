from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "nabij.signals"
    label = "signals"
