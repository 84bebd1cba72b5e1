"""Printed option lists that many forms share."""

from __future__ import annotations

YN = "{Yes/No}"
YNU = "{Yes/No/Don't know}"
GENDER = "{Male/Female/Unknown}"
ETHNIC_16 = "{White British/White Irish/Traveller of Irish Heritage/Gypsy or Roma/Any other White background/Caribbean/African/Any other Black background/Indian/Pakistani/Bangladeshi/Any other Asian background/White & Black Caribbean/White & Black African/White & Asian/Any other Mixed background/Chinese/Any other ethnic group/Not given}"
