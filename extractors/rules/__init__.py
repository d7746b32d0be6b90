"""The rule book: rules, vocabularies and the one pass that says which are worth trying."""
