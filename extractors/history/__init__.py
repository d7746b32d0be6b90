"""Risk factors and background of a patient, present or absent (`casebook.history`)."""
