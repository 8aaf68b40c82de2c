"""The screens: each gets a state and a now, draws itself, and knows no file."""
