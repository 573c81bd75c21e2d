"""Exchange on premises, by exchangelib: the calendars of people whose password or token is known.

Not Microsoft 365, where Exchange Web Services end: see connectors/microsoft.
"""

from connectors.exchange.account import Login, Reached, login_of
from connectors.exchange.calendar import ExchangeCalendars
from connectors.exchange.mail import ExchangeMail
from connectors.exchange.probing import probe_exchange

__all__ = ["ExchangeCalendars", "ExchangeMail", "Login", "Reached", "login_of", "probe_exchange"]
