"""Laboratory results (`casebook.labs`)."""
