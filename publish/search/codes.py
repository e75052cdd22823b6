"""Codes of local governments and areas in Japan: two, five or six digits, and what is wrong with one.

全国地方公共団体コード: JIS X 0401 (two digits, prefectures), JIS X 0402 (three more), and a check
digit, which is the last digit of 11 minus the remainder, by 11, of the sum of the five digits
times 6, 5, 4, 3, 2 (総務省「全国地方公共団体コード仕様」).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.errors import CodeError
from publish.i18n import Text
from publish.search.normalize import plain

#: Beside digits, what people write between them or around them.
_DASHES = "\\-\u2010-\u2015\u2212\uff0dー"
_BETWEEN = re.compile(rf"[\s{_DASHES}_.']+")
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_CODE_LIKE = re.compile(rf"[0-9０-９][0-9０-９\s{_DASHES}_.']*")
#: Codes of prefectures run from 01 to 47; fictional ones, in examples, are greater.
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Code:
    """A well-formed code: its five digits, and the digits that were written."""

    five: str
    digits: str
    #: a zero was added at the beginning, which a spreadsheet may have taken away
    repaired: bool = False

    @property
    def six(self) -> str:
        """Return the code with its check digit."""
        return self.five + check_digit(self.five)

    @property
    def prefecture(self) -> str:
        """Return the two digits of the prefecture."""
        return self.five[:2]

    @property
    def is_district(self) -> bool:
        """Tell whether the code is of the kind kept for districts and branches of a prefecture.

        In JIS X 0402 these have the numbers from 300 that end in 0; a few towns have one, too.
        """
        return self.five[2] >= "3" and self.five[4] == "0"

    @property
    def is_prefecture(self) -> bool:
        """Tell whether the code is that of a whole prefecture."""
        return self.five.endswith("000")


def check_digit(five: str) -> str:
    """Return the check digit of five digits.

    >>> check_digit("01202")
    '5'
    """
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def looks_like_code(text: str) -> bool:
    """Tell whether a text is made of digits, as a code is, and of nothing else."""
    return len(text) <= _LONGEST * 2 and _CODE_LIKE.fullmatch(text.strip()) is not None


def read_code(text: str) -> Code:
    """Return the code that a text states: two, five or six digits, of full or half width.

    Raises CodeError, which says what is wrong: the check digit, the number of digits, or that
    something else than digits stands there. One or four digits lack the zero at the beginning
    that spreadsheets take away; it is put back, and `repaired` tells so.
    """
    digits = _BETWEEN.sub("", plain(text[: _LONGEST * 4]))
    if not _DIGITS.fullmatch(digits):
        raise _no_digits(plain(text)[:40])
    if len(digits) == 6:
        return _checked(digits)
    if len(digits) in (1, 4):
        return Code(f"0{digits}".ljust(5, "0"), digits, repaired=True)
    if len(digits) in (2, 5):
        return Code(digits.ljust(5, "0"), digits)
    raise _wrong_length(digits)


def code_in(text: str) -> Code | None:
    """Return the code that a text states, or None if it is none: see `read_code`."""
    try:
        return read_code(text)
    except CodeError:
        return None


def with_lost_zero(code: Code) -> Code | None:
    """Return what five digits mean if they are six without their zero, or None if they are not.

    >>> with_lost_zero(read_code("12025")).six
    '012025'
    """
    six = f"0{code.digits}"
    if len(six) != 6 or check_digit(six[:5]) != six[5]:
        return None
    return Code(six[:5], code.digits, repaired=True)


def _checked(digits: str) -> Code:
    right = check_digit(digits[:5])
    if digits[5] != right:
        raise CodeError(
            Text(
                "コード「{digits}」の検査数字（6桁目）が合いません。先頭の5桁が正しければ「{right}」で、"
                "コードは {code} です。",
                'The check digit (the sixth) of the code "{digits}" is wrong. If the first five digits '
                'are right, it is "{right}" and the code is {code}.',
            ).format(digits=digits, right=right, code=digits[:5] + right),
            Text(
                "桁の入れ替わりや写し間違いがないか確かめてください。",
                "See whether digits were swapped or miscopied.",
            ),
        )
    return Code(digits[:5], digits)


def _no_digits(text: str) -> CodeError:
    return CodeError(
        Text("「{text}」はコードではありません。", '"{text}" is no code.').format(text=text),
        Text(
            "2桁、5桁又は6桁の数字で指定してください。", "Give two, five or six digits."
        ),
    )  # fmt: skip


def _wrong_length(digits: str) -> CodeError:
    return CodeError(
        Text(
            "コード「{digits}」は{count}桁です。", 'The code "{digits}" has {count} digits.'
        ).format(digits=digits[:_LONGEST], count=len(digits)),
        Text(
            "都道府県は2桁、市区町村は5桁（検査数字なし）又は6桁（検査数字付き）です。",
            "Prefectures have two; municipalities five, or six with the check digit.",
        ),
    )
