from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "nabij.partners"
    label = "partners"
