"""What each screen shows, as frozen rows: pure functions over a Board and its clocks, no words and no colours."""
