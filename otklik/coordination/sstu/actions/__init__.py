"""The only writers of the exchange with ССТУ.РФ."""

from otklik.coordination.sstu.actions.export import SUBJECT, Made, make_package, whole_package
from otklik.coordination.sstu.actions.settings import NewExchange, set_exchange

__all__ = ["SUBJECT", "Made", "NewExchange", "make_package", "set_exchange", "whole_package"]
