"""What the rulebook says, as pure functions of records, settings and `now`: no file and no clock is read here."""
