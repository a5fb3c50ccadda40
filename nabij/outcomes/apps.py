from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "nabij.outcomes"
    label = "outcomes"
