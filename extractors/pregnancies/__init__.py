"""Pregnancies of a patient, with delivery and breastfeeding (`casebook.pregnancies`)."""
