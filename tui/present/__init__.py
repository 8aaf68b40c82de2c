"""Present: record + now -> text. The only way user text reaches the screen; nothing here reads markup."""
