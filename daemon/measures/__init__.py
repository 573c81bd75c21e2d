"""The measures of a program: their formulas, what they are worked out from, and the page that explains them.

Not a judgement of people: counts and shares of a program, and of no pair and no side.
"""
