"""Age, sex, gravida/para, height, weight and BMI (`casebook.person`).

`parse_age` and `person_field` read the cells and labels of tables with the same vocabulary.
"""
