"""spaCy components that find the facts a systematic review of case reports needs.

Each component is registered as a spaCy factory by entry point, so any spaCy user can take one
alone: `spacy.blank("en").add_pipe("casebook.vertebrae")`. A component adds spans to
`doc.spans["<name>"]`; `extractors.base.mentions(doc, "<name>")` gives the typed mentions.
"""
