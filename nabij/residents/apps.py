from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "nabij.residents"
    label = "residents"
