"""What the extractors share: text views, vocabularies, numbers, units, times and context."""
