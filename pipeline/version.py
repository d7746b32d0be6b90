"""The version of casebook, which every cached result carries."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("casebook")
except PackageNotFoundError:  # run from a checkout that was never installed
    VERSION = "0"
