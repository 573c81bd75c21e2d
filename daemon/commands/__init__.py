"""What the commands do once their options are read.

Not the options and their help: those are in daemon/cli.
"""
