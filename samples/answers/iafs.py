"""Inter-agency referrals: a primary school, the police, a nursery."""

from __future__ import annotations

from typing import Any

SCHOOL: dict[str, Any] = {
    "destination": "Multi-Agency Screening Team",
    "date": "03/11/2026",
    "time": "15.40",
    "author": "Hannah Okoro",
    "author_role": "Deputy Head and Designated Safeguarding Lead",
    "author_agency": "Larkhall Primary School",
    "author_phone": "020 7946 0318",
    "author_address": "Larkhall Lane, Easterham, EJ4 7QT",
    "author_email": "h.okoro@larkhall-primary.example.org",
    "type": "child_in_need",
    "child": "Yusuf RAHMAN",
    "dob": "14/03/2018 (Year 4)",
    "gender": "M",
    "unborn": "N",
    "alias": "Joe Rahman",
    "ethnicity": "Bangladeshi",
    "interpreter": "No",
    "address": "Flat 9, Cormorant House, 40 Dyers Yard, Easterham",
    "postcode": "EJ4 2NB",
    "school": "Larkhall Primary School",
    "gp": "Dr Quigley, Weir Street Surgery",
    "carers": [
        ["Nadia Rahman", "Mother", "02/09/1991", "Y", "", "07700 900214"],
        ["Karim Rahman", "Father", "not known", "not known", "believed to be in Leeds", ""],
    ],
    "parents_aware": "Yes",
    "consented": "Yes",
    "child_aware": "Yes",
    "lead_discussed": "Yes",
    "reason": (
        'Yusuf has come to school without breakfast on eleven of the last fifteen school days and told his teacher on 22 October that "there is only rice till Mum\'s money comes". '
        "His shoes have split and he wears no coat. His attendance since September is 81.4%. Ms Rahman told me on 2 November that the electricity meter ran out on Friday and that she "
        "has been sleeping most of the day since her tablets were changed. She says that the flat has black mould in the bedroom the boys share. "
        "I think that Ms Rahman is depressed and is doing her best with very little. Yusuf has become quiet and seems anxious about going home at the end of the week."
    ),
    "harm": "Yusuf is often hungry and has lost weight: the school nurse weighed him at 21.3 kg on 20 October, down from 22.6 kg in July.",
    "location": "Yusuf is in school today and will go home with his mother at 15.30. We have no worry about his going home tonight.",
    "siblings": [["Imran Rahman", "08/06/2011", "M", "Kestrel Academy", "N"]],
    "history": {
        "Children's Social Care": ("Not Known", ""),
        "CAMHS": ("No", ""),
        "Police/Probation": ("No", ""),
        "Housing": ("Yes", "Repairs reported in May"),
    },
}

POLICE: dict[str, Any] = {
    "marking": "bold",
    "children": [["Marsh", "Tyler", "09/01/2015", "M", "", ""], ["Marsh", "Ellie-Mae", "27.04.2019", "F", "", ""]],
    "address": "118 Quarry Bank, Easterham EJ9 5DW",
    "phone": "07700 900456",
    "household": [["Marsh", "Stacey", "34", "F", ""], ["Pryce", "Darren", "12/12/1988", "M", ""]],
    "carers": "Stacey Marsh (mother)",
    "carer_mobile": "07700 900456",
    "communication": "None",
    "ethnicity": "White British",
    "services": [["Sgt A Whitlock", "Midshire Police", "Easterham Police Station", "020 7946 0144"]],
    "child_protection": "Yes",
    "parents_aware": "No",
    "lead_discussed": "Yes",
    "consented": "No",
    "not_discussed_reason": "Telling Mr Pryce would put Stacey and the children at greater risk of harm.",
    "reason": (
        'Officers attended the address at 01.12 hrs on 9 November 2026 after a 999 call from Tyler, who said "he\'s got her by the neck". Darren Pryce was in the hallway and smelled of alcohol. '
        "Stacey Marsh had red marks to both sides of her throat and a swollen left eye. Tyler had a cut to his hand, which he said he got trying to pull Pryce off her. "
        "Ellie-Mae was found under her bed and would not speak. Pryce was arrested for assault and non-fatal strangulation. A neighbour stated that there is shouting most weekends. "
        "Four earlier incidents are recorded at the address since January. In the officer's opinion the children are at risk of serious harm if Pryce comes back."
    ),
    "actions": "Pryce is in custody until at least 18.00 today. DASH completed, graded high. MARAC referral made. Ambulance checked Tyler's hand at the scene.",
    "worries": "Police are worried that Mr Pryce will be released and return tonight, that Stacey will be strangled again and that Tyler will be hurt trying to protect her.",
    "working_well": "Stacey said that she wants him kept away. Tyler knew to ring 999.",
    "next_steps": "Strategy discussion today, before he is released.",
    "scale": "2",
    "author": "PC 4471 Bronwen Tate",
    "author_role": "Response Officer",
    "author_agency": "Midshire Police",
    "author_phone": "020 7946 0199",
    "author_email": "bronwen.tate@midshire.police.example",
    "date": "09/11/2026",
}

NURSERY: dict[str, Any] = {
    "marking": "strike",
    "children": [["Adeyemi-Cole", "Tobias", "30/08/2023", "M", "", "Christian"], ["Adeyemi-Cole", "Theodora", "30/08/2023", "F", "", "Christian"]],
    "address": "6 Tollgate Mews, Easterham, EJ2 8HA",
    "phone": "020 7946 0467",
    "household": [["Adeyemi", "Folake", "17/02/1995", "F", "Christian"]],
    "carers": "Folake Adeyemi (mum). Dad is Jonathan Cole, he does not live with them",
    "carer_mobile": "07700 900871",
    "communication": "No",
    "special_needs": "Theodora is waiting for a hearing test",
    "ethnicity": "African",
    "services": [["Marianne Duval", "Easterham Health Visiting", "Bramley Clinic", "020 7946 0520"]],
    "child_protection": "No",
    "parents_aware": "Yes",
    "lead_discussed": "Yes",
    "consented": "Yes",
    "reason": (
        "The twins have been collected late five times this half term, twice by a neighbour we had not met. On 12 November Theodora had a wet nappy from the night before and nappy rash that had bled. "
        "Tobias asked for a second dinner on most days. Folake said that she has started night shifts and that her sister is meant to be helping. "
        "I do not think that she is coping. We understand that the family already has a social worker."
    ),
    "actions": "We have given nappies and cream, and talked with Folake on 12 and 13 November. We offered a breakfast place, which she took.",
    "worries": "That the twins are not being kept clean and fed when Folake is on nights, and that nobody we know is with them.",
    "working_well": "Folake is warm with both of them and is always pleased to see them. They are up to date with their jabs.",
    "next_steps": "A visit by the social worker and a plan for the nights.",
    "scale": "5",
    "author": "Grace Pemberton",
    "author_role": "Nursery Manager",
    "author_agency": "Little Acorns Day Nursery",
    "author_phone": "020 7946 0733",
    "author_email": "manager@little-acorns.example.com",
    "date": "16/11/2026",
}

ANSWERS = {"01-school-complete": ("iaf_agency", SCHOOL), "02-police-urgent": ("iaf_single", POLICE), "19-twins-open-case": ("iaf_single", NURSERY)}
