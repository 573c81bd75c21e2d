"""YAML → domain.program.Config: all problems at once, with file:line:column and what to write instead.

Not the rules: what a setting does is decided in daemon/decide.
"""

from daemon.domain.account import Account
from daemon.settings.load import Loaded, load, load_or_raise
from daemon.settings.problem import Problem, report
from daemon.settings.summary import summary

__all__ = ["Account", "Loaded", "Problem", "load", "load_or_raise", "report", "summary"]
