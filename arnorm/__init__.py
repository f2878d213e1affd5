"""arnorm: clean, normalize and repair Arabic text."""

__version__ = "0.1.0"
