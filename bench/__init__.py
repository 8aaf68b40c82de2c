"""The measurements, as programs: `make bench` runs them all."""
