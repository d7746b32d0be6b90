"""Fractured vertebral levels and other fracture sites (`casebook.vertebrae`)."""
