"""Tables exported by other systems: XLSX and delimited text, read row by row."""

from otklik.base.tables.headers import Header, column_index, find_header, header_key
from otklik.base.tables.model import CELL_LIMIT, Cell, Row, Table, TableError
from otklik.base.tables.opening import open_table
from otklik.base.tables.plain import plain_text, write_csv

__all__ = [
    "CELL_LIMIT",
    "Cell",
    "Header",
    "Row",
    "Table",
    "TableError",
    "column_index",
    "find_header",
    "header_key",
    "open_table",
    "plain_text",
    "write_csv",
]
