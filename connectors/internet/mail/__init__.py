"""A mailbox on any server: SMTP to send, IMAP to read.

Not the folders of the embedded default: see connectors/local.
"""
