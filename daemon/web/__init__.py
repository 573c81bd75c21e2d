"""The pages: one, on which the owner of a calendar connects it alone.

Not a way to do anything else: what people want they write in a mail.
"""
