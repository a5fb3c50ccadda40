from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "nabij.contacts"
    label = "contacts"
