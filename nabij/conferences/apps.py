from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "nabij.conferences"
    label = "conferences"
