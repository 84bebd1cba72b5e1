"""Single service requests: a secondary school, a housing association, a special school whose office forwarded the mail."""

from __future__ import annotations

from typing import Any

SECONDARY: dict[str, Any] = {
    "marking": "underline",
    "family": "Delaney",
    "given": "Caitlin Rose",
    "aka": "Caitlin Moore",
    "upn": "M953933633875",
    "address": "52 Beacon Rise, Saltmere, HK6 1LJ",
    "school": "Northcliffe High School",
    "year": "Year 9",
    "gender": "Female",
    "dob": "21/11/2012",
    "ethnic_code": "WBRI",
    "nationality": "British",
    "religion": "Roman Catholic",
    "language": "English",
    "interpreter": "NO",
    "parent": "Mrs Joanne Delaney",
    "parent2": "Mr Sean Moore",
    "parent_address": "as above",
    "parent2_address": "8 Harbinger Road, Saltmere, HK6 4BQ",
    "parent_phone": "07700 900 117",
    "parent2_phone": "07700 900 690",
    "pr": "Both parents",
    "gp": "Dr Nethercott, Millstream Surgery",
    "author_title": "Mr",
    "author": "Gareth Pugh",
    "author_role": "Head of Year 9",
    "author_phone": "01632 960 415",
    "date": "5/11/2026",
    "author_email": "gpugh@northcliffe-high.example.com",
    "senior": "Alison Reddy",
    "service": "Young Carers",
    "agreed": "YES",
    "sharing": "NO",
    "sharing_reason": "Mrs Delaney agrees to the request but does not want her own health records to be looked at.",
    "reason": (
        "Caitlin looks after her mother, who has multiple sclerosis and has used a wheelchair since June. She does the shopping and the cooking and gets her brother to school. "
        'She has been late on 19 mornings this term and fell asleep in science on 3 November. Caitlin told me, "I don\'t mind helping, I just never get to be anywhere else". '
        "I think that she is more tired and more alone than she lets us see."
    ),
    "actions": "Late gate waived. A quiet room at lunch. Homework club offered but she has to be home by four.",
    "next_steps": "One evening a week that is hers, and somebody to look again at the care package.",
    "child_views": "Caitlin would like to go back to drama on Thursdays.",
    "parent_views": "Mrs Delaney feels guilty about how much Caitlin does and asked for this.",
    "agencies": [["Adult Social Care", "Tracey Gammon", "01632 960 200"]],
}

HOUSING: dict[str, Any] = {
    "family": "Okafor",
    "given": "Daniel",
    "dob": "07/08/2020",
    "gender": "Male",
    "ethnicity": "African",
    "address": "Flat 30, Mafeking Court, Saltmere",
    "postcode": "HK2 9PW",
    "phone": "07700 900245",
    "number": "9990166137",
    "school": "St Edmund's Infants",
    "gp": "Dr Bhandari, The Corner Practice",
    "disability": "N",
    "family_members": [["Ngozi", "Okafor", "29/05/1990", "Mother", "Y", "Y"], ["Emeka", "Okafor", "2013", "Brother", "Y", ""]],
    "service": "Thriving Families",
    "aware": "Yes",
    "consented": "Yes",
    "given_by": "Ngozi Okafor (mother)",
    "signed": "N. Okafor",
    "signed_on": "11/11/2026",
    "reason": (
        "The family owes £1,940 in rent and a hearing is listed for 8 December 2026. I called on 10 November: there is damp on two walls of the bedroom, where all three sleep because the other room has no heating. "
        "Ms Okafor says that Daniel coughs every night. She told me she stopped opening letters in the summer. In my opinion the debt can be sorted out if somebody sits down with her."
    ),
    "actions": "Repairs order raised on 10 November. Payment plan offered in September but not kept to.",
    "next_steps": "A family worker to help with money and to go with her to the hearing.",
    "author": "Terrence Boyle",
    "author_role": "Tenancy Sustainment Officer",
    "author_agency": "Saltmere Homes",
    "author_phone": "01632 960 881",
    "author_email": "t.boyle@saltmere-homes.example.com",
    "date": "11/11/2026",
}

SPECIAL: dict[str, Any] = {
    "marking": "highlight",
    "family": "WESTLAKE",
    "given": "Noah",
    "upn": "F900474395755",
    "address": "1 Furlong Crescent, Kingsferry, HK11 7ZQ",
    "school": "The Willows School",
    "year": "Year 6",
    "gender": "Male",
    "dob": "13/01/2016",
    "ethnic_code": "MWBC",
    "language": "Makaton and some words",
    "interpreter": "NO",
    "parent": "Michelle Westlake",
    "parent_address": "as above",
    "parent_phone": "07700 900903",
    "pr": "Michelle Westlake",
    "author": "Ruth Abelson",
    "author_role": "Family Liaison Officer",
    "author_phone": "01632 960 077",
    "date": "17.11.2026",
    "author_email": "rabelson@thewillows.example.org",
    "senior": "Pauline Crewe",
    "service": "Family Support",
    "agreed": "YES",
    "sharing": "YES",
    "reason": (
        "Noah has autism and a severe learning disability. He sleeps for about three hours a night. Ms Westlake has had no short break since March, when the holiday club closed. "
        "On 16 November she rang in tears and said that she had shut herself in the bathroom because she was afraid she would shout at him. Noah has no injuries and came to school clean and cheerful."
    ),
    "actions": "Sleep diary kept for six weeks. Visit by the school nurse on 4 November.",
    "next_steps": "A short break and a sleep clinic.",
    "parent_views": '"I just need one night\'s sleep."',
    "agencies": [["Community Paediatrics", "Dr Lindqvist", "01632 960 540"], ["School Health", "Kwesi Amoah", ""]],
}

ANSWERS = {
    "05-school-partial-consent": ("ssr_school", SECONDARY),
    "06-housing-known-family": ("ssr_green", HOUSING),
    "12-forwarded-attached": ("ssr_school", SPECIAL),
}
