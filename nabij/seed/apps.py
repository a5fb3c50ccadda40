from django.apps import AppConfig


class SeedConfig(AppConfig):
    name = "nabij.seed"
    label = "seed"
