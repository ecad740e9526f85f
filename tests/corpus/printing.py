"""How figures are printed: amounts in 分 as 万元 with two decimals, each rounded on its own; percentages from unrounded amounts."""
import random
from fractions import Fraction

CENT = 10_000  # 0.01万元 in 分


def half_up(numerator, denominator):
    """The quotient as a whole number, half away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return sign * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))


def decimals(hundredths, commas, trimmed):
    text = f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100:{',' if commas else ''}}.{abs(hundredths) % 100:02}"
    return text.rstrip("0").rstrip(".") if trimmed else text


def two_decimals(value):
    """Points, rounded."""
    value = Fraction(value)
    return Fraction(half_up(value.numerator * 100, value.denominator), 100)


def points(value):
    """Points as they are printed, as short as can be."""
    return decimals(int(value * 100), False, True)


class Style:
    """A department's habits, the same in all years."""

    def __init__(self, department):
        habits = random.Random(department)
        self.commas, self.trimmed = habits.random() < 0.7, habits.random() < 0.5
        self.ratio = habits.random() < 0.3  # a rate of execution as 0.97, not as 97%
        self.empty = "0.00" if habits.random() < 0.5 else ""  # how a cell without money is printed in a row that has some

    def cell(self, amount):
        """In a table that has no blanks."""
        return decimals(half_up(amount, CENT), self.commas, False)

    def cell_or_blank(self, amount):
        return self.cell(amount) if amount else self.empty

    def money(self, amount):
        """In a sentence."""
        return decimals(half_up(amount, CENT), self.commas, self.trimmed) + "万元"

    def number(self, amount):
        """In a performance form."""
        return decimals(half_up(amount, CENT), False, True)

    def percent(self, part, whole):
        return decimals(half_up(part * CENT, whole), False, self.trimmed) + "%"

    def rate(self, part, whole):
        """In a performance form."""
        return decimals(half_up(part * 100, whole), False, True) if self.ratio else self.percent(part, whole)


def is_zero(amount):
    """Prints as 0.00."""
    return half_up(amount, CENT) == 0
