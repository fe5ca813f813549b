"""Many appeals made of few: the database itself multiplies what the demo told of one year.

Five years, 300 bodies, 200 settlements, 300 topics; every copy has its own people, place, words,
messages and journal, in the order of time.
"""

from bench.crowd.making import multiply

__all__ = ["multiply"]
