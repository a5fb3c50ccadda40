from django.apps import AppConfig


class LifeDomainsConfig(AppConfig):
    name = "nabij.life_domains"
    label = "life_domains"
