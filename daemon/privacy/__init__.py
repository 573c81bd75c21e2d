"""What is stored, what for, and for how long: the table behind docs/privacy.md.

Not the storing: daemon/domain has the words, connectors/stores the rows, and a test holds this table against both.
"""
