from django.apps import AppConfig


class DebtsConfig(AppConfig):
    name = "nabij.debts"
    label = "debts"
