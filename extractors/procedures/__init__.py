"""Procedures, braces, rehabilitation, genetic tests: what, done or planned or denied, at which levels."""
