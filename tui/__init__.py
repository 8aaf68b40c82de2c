"""All that a person sees of crossdeck: the command line, the screens, the words."""

__version__ = "0.1.0"
