"""Multi-agency referrals: a health visitor with three children, a surgery in a hurry, a hospital at night, a domestic abuse service."""

from __future__ import annotations

from typing import Any

HEALTH_VISITOR: dict[str, Any] = {
    "child": "Oliver James Fenn",
    "dob": "19 February 2022",
    "age": "4",
    "gender": "Male",
    "language": "English",
    "interpreter": "No",
    "address": "27 Saddlers Close, Thornbridge",
    "postcode": "KF12 3RB",
    "previous_address": "3 Mill Row, Thornbridge",
    "mobile": "07700 900 388",
    "school": "Bluebell Pre-school",
    "disabled": "Yes",
    "disability": "Speech delay, awaiting autism assessment",
    "nhs": "999 526 0182",
    "household": [
        ["Fenn", "Oliver", "subject", "19/02/2022", "M", "White British", "x", "Bluebell Pre-school", ""],
        ["Fenn", "Poppy", "sister", "06/05/2024", "F", "White British", "x", "", ""],
        ["Fenn-Baxter", "Alfie", "half-brother", "11/10/2025", "M", "White British", "x", "", ""],
        ["Fenn", "Chloe", "Mother", "23/07/1999", "F", "White British", "", "", "Yes"],
        ["Baxter", "Liam", "Mother's partner", "1996", "M", "White British", "", "", "No"],
    ],
    "others": [["Fenn", "Susan", "Maternal grandmother", "", "White British", "14 Mill Row, Thornbridge", "No"]],
    "worries": (
        "I visited on 5 November 2026 for Alfie's one-year review. The living room floor was covered with dog mess and there were two unwashed bottles with curdled milk beside the cot. "
        "Alfie weighed 7.9 kg, which has dropped from the 25th to the 2nd centile since June. Poppy had a heavily soiled nappy at 2pm and a sore that she cried about when I touched it. "
        "Chloe said she has been drinking a bottle of wine most evenings since Liam lost his job. She denied that Liam hits her. Oliver did not speak during the visit, and hid when Liam came in. "
        "I believe that the children's basic needs are not being met and that it is getting worse."
    ),
    "harm": "Neglect. Three appointments for Oliver's speech therapy and two for immunisations were missed this year.",
    "actions": "Weekly visits since August, a place at the children's centre (attended once), and food bank vouchers. There has been no lasting change.",
    "working_well": "Chloe lets me in and is honest about her drinking. Susan has the children every Sunday.",
    "family": "Chloe was in care herself as a teenager. Liam is Alfie's father. Oliver and Poppy's father is not known to us.",
    "other": "I shall visit again on 12 November.",
    "professionals": [
        ("GP", "Dr Anand, Old Tannery Practice", "0113 496 0240"),
        ("Health visitor / School nurse / Midwife", "Moira Sheehan", "0113 496 0377"),
    ],
    "parents_aware": "Yes",
    "consented": "Yes",
    "lead_discussed": "Yes",
    "author": "Moira Sheehan",
    "author_role": "Health Visitor",
    "author_agency": "Thornbridge 0-19 Service",
    "author_phone": "0113 496 0377",
    "author_email": "moira.sheehan@thornbridge-health.example.net",
    "date": "06/11/2026",
}

SURGERY: dict[str, Any] = {
    "marking": "underline",
    "discussed": "YES",
    "author": "Dr P Mistry",
    "author_agency": "Hatters Lane Surgery",
    "author_role": "GP",
    "author_email": "p.mistry@hatterslane.example.org",
    "date": "10.11.26",
    "author_relationship": "family doctor",
    "children": [["Kacper", "Nowicki", "", "m", ""]],
    "language": "Polish",
    "adults": [["Agnieszka Nowicka", "mother", "", "F", "", "", ""]],
    "reason": (
        "Kacper was brought by his mother on 9 November with a rash. She told me that his father has moved out and that she cannot pay the rent. "
        "She was tearful and said that she is not sleeping. Kacper has missed two asthma reviews. I wonder whether they need some help at home."
    ),
    "working_well": "Mum came promptly with the rash.",
}

HOSPITAL: dict[str, Any] = {
    "child": "Baby Amelia Hart",
    "dob": "",
    "age": "7 weeks",
    "estimated": True,
    "gender": "Female",
    "household": [["Hart", "Leanne", "Mother", "", "F", "", "", "", ""]],
    "worries": (
        "Amelia was brought to the emergency department at 03.20 on 14 November 2026 by her mother. There is a bruise 2 cm across on the left cheek and a second on the right ear. "
        "Leanne said at triage that Amelia had rolled off the sofa; she later told the doctor that the two-year-old had hit her with a toy. A baby of this age cannot roll. "
        "The registrar considers that the bruising is not explained by either account. An X-ray shows a healing fracture of the seventh rib. "
        "Leanne wants to take her home this morning and the ward does not have a bed after 11.00."
    ),
    "harm": "Suspected physical abuse of a baby who cannot move by herself.",
    "parents_aware": None,
    "author": "Ikram Siddiqui",
    "author_role": "Charge Nurse",
    "author_agency": "St Brannock's Hospital",
    "author_phone": "020 7946 0911",
    "author_email": "ikram.siddiqui@st-brannocks.example.net",
    "date": "14/11/2026",
}

REFUGE: dict[str, Any] = {
    "marking": "delete",
    "discussed": "YES",
    "parent_views": "Ms Haile asked us to refer. She wants somebody to help Selam feel safe again.",
    "consented": "YES",
    "child_told": "YES",
    "child_views": "Selam said that she would like to go back to her dance class.",
    "author": "Louise Fairbrother",
    "date": "12/11/26",
    "author_agency": "Haven Domestic Abuse Service",
    "author_role": "Children's Worker",
    "author_phone": "020 7946 0655",
    "author_email": "louise.f@haven-service.example.org",
    "author_relationship": "key worker since September",
    "author_address": "PO Box 114, Copperfield",
    "lead_discussed": "Yes",
    "lead": "Denise Achebe, 020 7946 0650",
    "children": [["Selam", "HAILE", "02/06/17", "f", "N"]],
    "address": "c/o Haven Domestic Abuse Service, PO Box 114, Copperfield, LW3 6TT",
    "phone": "07700 900532",
    "ethnicity": "Black African",
    "language": "Tigrinya, English",
    "school": "Copperfield Junior School",
    "nhs": "9991590838",
    "gp": "Dr Tetley, Abbeyfield Medical Centre",
    "adults": [
        ["Rahwa Haile", "Mother", "14/01/93", "F", "Black African", "as above", "07700 900532"],
        ["Dawit Haile", "Father", "not known", "M", "", "not to be contacted", ""],
    ],
    "pr": [["Selam Haile", "Rahwa Haile", "Mother"]],
    "issues": ["Domestic violence", "Mental health"],
    "reason": (
        'Selam and her mother came to the refuge on 14 September 2026. Selam wets the bed on most nights and will not be in a room with the door shut. On 10 November she told me, "I heard Daddy say he would find us". '
        "Ms Haile reports that he broke her wrist in August. He does not know where they are. In my view Selam needs therapeutic help that we cannot give."
    ),
    "working_well": "Selam is in school every day. Her mother is patient with her and gets up at night.",
    "actions": "Weekly play sessions and a safety plan with Ms Haile.",
    "next_steps": "An assessment, and help for Selam with what she has seen.",
    "professionals": [["Ben Osgood", "Class teacher", "Copperfield Junior School", "020 7946 0288"]],
}

ANSWERS = {
    "03-health-visitor-siblings": ("marf_hub", HEALTH_VISITOR),
    "04-gp-incomplete": ("marf_lettered", SURGERY),
    "09-hospital-urgent-incomplete": ("marf_hub", HOSPITAL),
    "13-forwarded-inline": ("marf_lettered", REFUGE),
}
