"""The knowledge and the record of crossdeck: rules, operations and the board file on a shared drive.

Nothing in here imports `textual`, `rich` or `tui`; a test proves it in a fresh interpreter.
"""
