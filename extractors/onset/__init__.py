"""Onset and worsening of symptoms relative to delivery (`casebook.onset`)."""
