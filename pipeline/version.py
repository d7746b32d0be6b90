"""The version of casebook, which every cached result carries; the build takes it from here."""

VERSION = "0.1.0"
