"""A person's decisions: kept in `data/review`, laid over what every run extracts. See docs/review.md."""
