"""Otklik: the open system of a Russian municipal management centre."""
