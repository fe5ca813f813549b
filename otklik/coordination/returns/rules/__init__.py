"""Pure rules: fields of a form, what was typed into them, the consolidated table."""

from otklik.coordination.returns.rules.fields import Field, fields_from, read_values, stored_fields
from otklik.coordination.returns.rules.periods import due_on, last_period, period_label
from otklik.coordination.returns.rules.summary import Handed, Summary, Table, summarise

__all__ = [
    "Field",
    "Handed",
    "Summary",
    "Table",
    "due_on",
    "fields_from",
    "last_period",
    "period_label",
    "read_values",
    "stored_fields",
    "summarise",
]
