from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "nabij.upkeep"
    label = "upkeep"
