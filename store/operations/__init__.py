"""Every change is one small operation with `check` and `apply`.

Importing the package alone loads none of them, so that a command that only reads stays fast;
`store.operations.every` loads all, as `base.decode` does when it meets a name it does not know yet.
"""
