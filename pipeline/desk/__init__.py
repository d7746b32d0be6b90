"""The reviewer's desk: a web application on this machine alone. See docs/review.md."""
