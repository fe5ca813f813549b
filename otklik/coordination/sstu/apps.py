from django.apps import AppConfig


class SstuConfig(AppConfig):
    name = "otklik.coordination.sstu"
    label = "sstu"
    verbose_name = "ССТУ.РФ"
