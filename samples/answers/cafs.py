"""Common assessments: a midwife for an unborn baby, an education welfare officer without consent, a children's centre whose form is no referral where it was sent."""

from __future__ import annotations

from typing import Any

MIDWIFE: dict[str, Any] = {
    "given": "unborn baby of Kayleigh Spence",
    "family": "Spence",
    "gender": "Unknown",
    "dob": "EDD 02/02/2027",
    "address": "Room 4, Ferry Lodge Hostel,\nBrick Lane,\nPurfield",
    "postcode": "TH20 4KD",
    "phone": "07700 900 271",
    "ethnicity": "White British",
    "language": "",
    "parent_language": "English",
    "disabled": None,
    "present": "Kayleigh Spence, Joy Ampofo",
    "reason": (
        "Kayleigh is 24 weeks pregnant with her first baby and was made homeless in September. She is living in a hostel where she shares a kitchen with five others. "
        "She was treated for depression at 19 and stopped her tablets when she found out she was pregnant. At booking she scored 18 on the depression scale. "
        "Kayleigh says that the baby's father, Jordan Tull, has been in prison since July and that she does not want him to know her address. She has missed two of six appointments. "
        "I am concerned that she will have nowhere suitable to bring a baby home to."
    ),
    "carers": [
        {"name": "Kayleigh Spence", "phone": "07700 900 271", "relationship": "Mother", "pr": "Yes", "address": "as above", "postcode": "TH20 4KD"},
        {"name": "Jordan Tull", "relationship": "Father", "address": "HMP, not known which"},
    ],
    "family_situation": "Kayleigh lives alone. Her mother, Tracy Spence, is in Purfield but they have not spoken since the spring.",
    "author": "Joy Ampofo",
    "author_phone": "01632 960 730",
    "author_address": "Purfield Maternity Hub, TH20 1AA",
    "author_role": "Community Midwife",
    "author_agency": "Purfield Maternity Services",
    "author_email": "joy.ampofo@purfield-maternity.example.net",
    "services": [["Housing Options", "Simon Tran", "Housing Officer", "01632 960 118"], ["Riverside Surgery", "Dr Rafferty", "GP", "01632 960 309"]],
    "development": "Growth scan on 28 October was normal.",
    "parents": "Kayleigh has bought a Moses basket and has stopped smoking. Her mood is low and she cries at most visits.",
    "next_steps": "A move to a mother and baby placement before January, and support from the perinatal team.",
    "parent_views": "Kayleigh wants to keep her baby and would like help with housing.",
    "signed": "Kayleigh Spence",
    "signed_on": "30/10/2026",
}

WELFARE: dict[str, Any] = {
    "child": "WETHERBY, Jasmine",
    "dob": "28/07/2014",
    "phone": "07700 900 135",
    "language": "English",
    "interpreter": "No",
    "upn": "A913137353799",
    "purpose": ["refer"],
    "no_consent_reason": "I asked Ms Wetherby on 6 November and she refused. Jasmine's attendance is still falling and I believe that waiting will make things worse for her.",
    "author": "Dean Hollis",
    "author_role": "Education Welfare Officer",
    "author_phone": "01632 960 103",
    "author_email": "dhollis@attendance-team.example.org",
    "reason": (
        "Jasmine's attendance this academic year is 54.7%, with 38 sessions unauthorised. When I called on 6 November at 10.30 Jasmine answered the door in her pyjamas; the front room smelled strongly of cannabis and two men I did not know were asleep on the sofa. "
        "Ms Wetherby said that they were friends of her brother. Jasmine told me that she sleeps in her mother's bed \"because the lock's broken on mine\". "
        "A penalty notice was issued in May and has not been paid. I am worried about who has the run of the house."
    ),
    "started": "02/11/2026",
    "household": [
        ["Demi Wetherby", "Mother", "F", "03/06/1993", "as above", "White British", "Yes"],
        ["Shane Wetherby", "Maternal uncle", "M", "", "as above", "White British", ""],
    ],
    "others": [["Kian Doyle", "Father", "M", "1990", "not known", "", "Yes"]],
    "services": [["Gareth Llewellyn", "Class Teacher", "Hollybrook Primary School", "01632 960 661"], ["Dr Rafferty", "GP", "Riverside Surgery", ""]],
    "development": "She is two years behind in maths. She says that she has no friends.",
    "parents": "Demi is polite and lets us in.",
    "child_views": 'Jasmine would come in "if I could ring home at dinner time".',
    "parent_views": "Demi thinks that school picks on her family.",
}

CENTRE: dict[str, Any] = {
    "given": "Ibrahim",
    "family": "Sesay",
    "gender": "Male",
    "dob": "16/05/2024",
    "address": "77 Anchor Street, Saltmere",
    "postcode": "HK4 5RN",
    "phone": "07700 900 812",
    "religion": "Muslim",
    "ethnicity": "African",
    "language": "Krio",
    "parent_language": "Krio, English",
    "disabled": "No",
    "present": "Mariama Sesay, Olwen Price",
    "reason": "Mariama came to stay and play for the first time in October. She told us that she knows nobody in Saltmere and has not left the flat much since the summer. Ibrahim has about five words. He played happily and came to her when he was tired.",
    "carers": [{"name": "Mariama Sesay", "phone": "07700 900 812", "relationship": "Mother", "pr": "Yes", "address": "as above"}],
    "author": "Olwen Price",
    "author_phone": "01632 960 560",
    "author_role": "Outreach Worker",
    "author_agency": "Anchor Children's Centre",
    "author_email": "olwen.price@anchor-centre.example.org",
    "parents": "Mariama is gentle with him and asks for ideas.",
    "next_steps": "A speech and language check at two and a half, and a volunteer to visit.",
    "parent_views": "Mariama would like to meet other mothers.",
    "signed": "Mariama Sesay",
    "signed_on": "13/11/2026",
}

ANSWERS = {
    "07-midwife-unborn": ("caf_full", MIDWIFE),
    "08-welfare-no-consent": ("caf_sections", WELFARE),
    "20-assessment-alone": ("caf_full", CENTRE),
}
