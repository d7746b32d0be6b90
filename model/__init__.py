"""Trains the model of names that casebook ships (`make model CORPUS=...`)."""
