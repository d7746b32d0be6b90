"""When something was: spans, expressions from delivery, gestation and visits, lists of times."""
