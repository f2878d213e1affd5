"""The error tree."""


class ArnormError(Exception):
    """Whatever arnorm raises on purpose."""
