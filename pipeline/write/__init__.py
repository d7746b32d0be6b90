"""Records to files: the CSV tables, the summary, the texts and the data package."""
