"""Pure rules: records, settings and now in, values out. No I/O, no clock reads."""
