"""Age, sex, gravida/para, height, weight and BMI (`casebook.person`)."""
