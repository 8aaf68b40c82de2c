"""Papers opened by an office suite: `make test-office`. No part of `make test`."""
