"""The commands, one a module. What is heavy is imported where it is used, so that `octavo --help` answers at once."""

from octavo.commands.build import build, epub, html, pdf
from octavo.commands.cache import cache
from octavo.commands.check import check
from octavo.commands.doctor import doctor
from octavo.commands.explain import explain
from octavo.commands.serve import serve

COMMANDS = (build, html, pdf, epub, check, serve, cache, explain, doctor)

__all__ = ["COMMANDS"]
