"""The minutes editor in parts: the page and its lines, what they mean, how they are drawn, typed and saved."""
