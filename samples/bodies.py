"""What the fictitious referrers wrote in the mails themselves: covering notes, a form pasted into a mail, a neighbour's own words, an answer to our questions."""

from __future__ import annotations

import html

NOTES = {
    "01-school-complete": (
        "Dear MASH team,\n\nPlease find attached our referral for a Year 4 pupil. Mum knows and has agreed.\n\nI am in school until 5pm today and all day tomorrow.\n\nKind regards\n\n"
        "Hannah Okoro\nDeputy Head and DSL\nLarkhall Primary School\n020 7946 0318"
    ),
    "02-police-urgent": (
        "Child Protection Referral attached. Suspect in custody until 1800 hrs today, please ring me before then.\n\nPC 4471 Tate\nMidshire Police\n020 7946 0199\n\n"
        "This message is intended for the addressee only."
    ),
    "03-health-visitor-siblings": "Hello\n\nMARF for three siblings. The parents are aware and have agreed. I am visiting again on Thursday.\n\nMany thanks\nMoira\n",
    "04-gp-incomplete": "Please see attached.\n\nDr P Mistry\nHatters Lane Surgery\n\nSent between patients",
    "05-school-partial-consent": "Good afternoon,\n\nPlease find attached an SSR for Young Carers. Please note what mum says about her records.\n\nThank you\nGareth Pugh\nHead of Year 9",
    "06-housing-known-family": "Hi,\n\nService request attached, signed copy on our file if you need it.\n\nRegards,\nTerry Boyle\nTenancy Sustainment Officer\nSaltmere Homes\n01632 960 881",
    "07-midwife-unborn": "Dear colleagues,\n\nCAF for an unborn baby, due in February. Kayleigh has signed it. I work Monday to Wednesday; the hub has a message book.\n\nWith thanks\nJoy Ampofo\nCommunity Midwife",
    "08-welfare-no-consent": "Please find attached. Mother has refused, reasons in section 2.\n\nD Hollis\nEWO",
    "09-hospital-urgent-incomplete": "URGENT please - baby on the ward, mother wants to leave this morning. Form is as far as I have got, I will send the rest.\n\nIkram Siddiqui, Charge Nurse, children's ED\n020 7946 0911",
    "12-inner": "Dear Jan,\n\nPlease could you send this on to the council? I cannot send outside from this account.\n\nRuth Abelson\nFamily Liaison Officer",
    "12-forwarded-attached": "Please see the mail attached, from our family liaison officer.\n\nJan Whitcombe\nSchool Office\nThe Willows School",
    "14-corrupt-attachment": "Hi, referral form attached for the family we spoke about on the phone.\n\nThanks,\nPriya Nair\nFamily Support Worker\nEastside Families\n020 7946 0582",
    "15-photo-of-form": "Form attached, sorry it is a photo, our scanner is broken.\n\nBev\nSunnyside Childminding\n07700 900768\n\nSent from my iPhone",
    "16-out-of-office": "Thank you for your email. I am on annual leave until Monday 23 November and will not be reading messages. If your message is urgent please ring the school office on 020 7946 0310.\n\nHannah Okoro",
    "19-twins-open-case": "Dear team,\n\nReferral for twins attached. I think they have a social worker already but mum could not remember the name.\n\nGrace Pemberton\nLittle Acorns Day Nursery",
    "20-assessment-alone": "Hello, please find a CAF for a little boy who has started with us. No rush.\n\nOlwen Price\nAnchor Children's Centre",
}

NEIGHBOUR = """Hello,

I live at 21 Tanners Row in Thornbridge and I am writing about the children next door at number 23. I don't want them to know it was me please.

There is a girl called Ruby, I think she is about 6, and a baby. Their mum is called Kirsty, I don't know the last name. For the last three weeks I have heard a man shouting most nights and last night (Thursday) something was thrown at the wall and Ruby was screaming. On Sunday she was out in the front in her nightie at 9 at night on her own. I gave her a biscuit and she asked if she could stay at mine.

I might be wrong but I think he is hurting their mum. She had a black eye in the shop.

Can somebody please look in on them.

Barbara Tench
07700 900149
"""

PASTED = (
    ("INTER-AGENCY REFERRAL FORM", None),
    ("Date of referral", "17/11/2026"),
    ("Name of referrer", "Sunil Kapoor"),
    ("Job title", "Youth Worker"),
    ("Agency", "Easterham Youth Service"),
    ("Telephone", "07700 900363"),
    ("Email", "sunil.kapoor@easterham-youth.example.org"),
    ("DETAILS OF CHILD / YOUNG PERSON", None),
    ("Surname", "Castellanos"),
    ("First name", "Mateo"),
    ("Date of birth", "25/01/2010"),
    ("Gender", "Male"),
    ("Ethnicity", "Any other ethnic group"),
    ("Home address", "19 Ropewalk, Easterham, EJ7 1GD"),
    ("School", "Kestrel Academy"),
    ("Does the child have a disability? Yes / No", "No"),
    ("PARENTS / CARERS", None),
    ("Name", "Lucia Castellanos"),
    ("Relationship to child", "Mother"),
    ("Telephone number", "07700 900 927"),
    ("Does this person hold parental responsibility?", "Yes"),
    ("CONSENT", None),
    ("Are the parents/carers aware of this referral?", "Yes"),
    ("Has the parent given consent to the referral being made?", "Yes"),
    ("REASON FOR REFERRAL", None),
    (
        "What are you worried about?",
        (
            "Mateo has been missing overnight three times since half term. He has a new phone and a jacket that his mother did not buy. On 13 November he had two train tickets to Norwich in his bag. "
            "His mother told me that a man in a grey car waits at the end of the road. I think that he is being used to carry drugs."
        ),
    ),
    ("What is working well?", "Mateo still comes to the boxing club on Mondays and talks to me. His mother reports him missing at once."),
    ("What needs to happen?", "A meeting with the police and school this week."),
)

ANSWER = """Dear MASH team,

Ref: @REFERENCE:04-gp-incomplete@

Sorry for the gaps, answers below.

> Date of birth of Kacper Nowicki
3 December 2019

> Home address
16 Hatters Lane, Thornbridge, KF9 2TE

> Do the parents or carers know of this referral, and do they agree to it?
Yes, I rang Mrs Nowicka yesterday. She knows about the referral and has given her consent.

> A telephone number for you
0113 496 0715 (ask for me, Tuesdays and Thursdays)

Dr P Mistry
GP, Hatters Lane Surgery
"""

INLINE_HEADER = (
    "-----Original Message-----\nFrom: Louise Fairbrother <louise.f@haven-service.example.org>\nSent: 12 November 2026 16:48\n"
    "To: Reception <reception@copperfield-hub.example.org>\nSubject: MARF - please send on to the MASH\n\n"
    "Hi, our mail to the council keeps bouncing. Could you please send the attached on for me?\n\nLouise Fairbrother\nChildren's Worker, Haven Domestic Abuse Service\n020 7946 0655\n"
)


def pasted_html() -> str:
    """The form as it looks when a Word table is pasted into a mail."""
    rows = ""
    for question, answer in PASTED:
        if answer is None:
            rows += f'<tr><td colspan="2" style="background:#d9e2f3"><p class="MsoNormal"><b>{html.escape(question)}</b></p></td></tr>\n'
        else:
            rows += f'<tr><td width="240"><p class="MsoNormal"><b>{html.escape(question)}</b></p></td><td width="380"><p class="MsoNormal">{html.escape(answer)}</p></td></tr>\n'
    return f'<html><body><p class="MsoNormal">Hi, I could not get the form to attach so here it is.</p>\n<table class="MsoNormalTable" border="1" cellspacing="0">\n{rows}</table>\n<p class="MsoNormal">Sunil</p></body></html>\n'


def pasted_text() -> str:
    """The same form in the plain half of the mail, as a client flattens it."""
    lines = [question if answer is None else f"{question}\t{answer}" for question, answer in PASTED]
    return "Hi, I could not get the form to attach so here it is.\n\n" + "\n".join(lines) + "\n\nSunil\n"
