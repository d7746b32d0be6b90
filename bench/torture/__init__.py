"""Torture: damaged files of every format, killed runs, narrow machines; what is promised has to hold."""
