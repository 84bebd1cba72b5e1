"""Layouts to tune and calibrate on."""

from __future__ import annotations

from benchmarks.reading.layouts.common import ETHNIC_16, GENDER, YN, YNU
from benchmarks.reading.look import Look
from benchmarks.reading.spec import (
    ChildBlocks,
    beside,
    boxes,
    columns,
    floating,
    grid,
    guide,
    heading,
    layout,
    options,
    pairs,
    printed,
    questions,
    sentence,
    slots,
)

SWIFT = layout(
    "swift-referral", "CAF", "Swift and Easy Access Referral Form (CAF)", "fit",
    pairs("Date of telephone referral=noise.blank | Date of written referral=ref.date"),
    heading("Identifying details"),
    pairs(f"Name=child.name | Other names=child.alias | Sex=child.gender{GENDER} | Date of birth/EDD=child.dob | Address=child.address | Contact tel.no=child.phone | Postcode=child.postcode | Religion=child.religion"),
    options(f"Ethnicity=child.ethnicity{ETHNIC_16}", 4),
    pairs(f"Child's first language=child.language | Is an interpreter or signer required?=child.interpreter{YN} | Does the child have a disability?=child.disabled{YN} | Details=child.disability | Are parents/carers aware of this referral?=consent.aware{YN} | Do you have consent?=consent.given{YN}"),
    heading("Parent/Carer Details"),
    pairs(f"Name=carer1.name | DOB=carer1.dob | Address & postcode (If different)=carer1.address | Contact tel. no.=carer1.phone | Relationship to unborn baby, infant, child or young person=carer1.relationship | Parental responsibility?=carer1.pr{YNU}"),
    pairs(f"Name=carer2.name | DOB=carer2.dob | Address & postcode (If different)=carer2.address | Contact tel. no.=carer2.phone | Relationship to unborn baby, infant, child or young person=carer2.relationship | Parental responsibility?=carer2.pr{YNU}"),
    grid("siblings", "First name=given | Last name=family | DOB=dob | Address if different=address | Relationship=relationship", title="Family composition"),
    heading("Details of person(s) making this referral"),
    pairs("Name=author.name | Contact tel. no=author.phone | Address=author.address | Role=author.role | Organisation=author.agency"),
    boxes("Reason for referral=box.reason+worries | What would you like to happen?=box.next_steps"),
    look=Look(tick="x", font="DejaVu Sans", size=18), accepted=("CAF", "OTHER"),
)  # fmt: skip

FAMILY_CAF = layout(
    "family-caf", "CAF", "Family CAF Form", "fit",
    pairs("Primary Address=child.address | Date CAF Assessment Started:=ref.start | Date CAF Assessment Completed=noise.blank"),
    heading("Identifying details"),
    ChildBlocks(slots(f"Name=child.name | AKA1 / previous names=child.alias | Gender=child.gender{GENDER} | Date of birth or EDD2=child.dob | NHS Number=child.nhs | School/Nursery Attended=child.school | Ethnicity=child.ethnicity | First Language=child.language | Interpreter Required=child.interpreter{YN} | Any disability or impairment?=child.disabled{YN}"), 4),
    grid("everyone", "Name=name | DoB=dob | Relationship=relationship | Living in home Y /N=at_home | Telephone Number=phone", title="Details of others within the family home"),
    heading("Person completing the assessment"),
    pairs("Name=author.name | Role=author.role | Organisation=author.agency | Contact number=author.phone | Email=author.email"),
    boxes("Reason for assessment=box.reason+worries | Strengths=box.working_well | Needs=box.harm+worries+other | What does the child or young person want to happen?=box.child_views"),
    pairs("Signature of parent or carer=consent.signed | Date=noise.blank"),
    look=Look(tick="check", empty="control"),
)  # fmt: skip

LAMBETH = layout(
    "lettered-marf", "MARF", "Multi Agency Referral Form for Early Help or Child Protection", "fit",
    guide("Incomplete forms cause delay. Send this form only from a secure account."),
    heading("A."),
    pairs("Name of Referrer:=author.name | Date of Referral:=ref.date | Agency/School:=author.agency | Role of person completing referral:=author.role | Telephone Number=author.phone | Email address=author.email"),
    pairs("Have you discussed this with your designated safeguarding lead?=flag.lead_discussed{Yes/No} | Name and contact of designated Safeguarding lead=dsl.name_contact | Has your agency completed any other assessment regarding this child or family? (Including CAF/Early Help Assessment)=flag.assessed{Yes/No}", 1),
    heading("B. CHILD"),
    grid("subjects", "First name=given | Surname=family | Date of birth(dd/mm/yy)=dob | Gender (m/f)=gender | Is there a known disability? Y/N (provide details)=disabled_text", title="Details of Child/ren being referred"),
    pairs("Home address:=child.address | Ethnicity:=child.ethnicity | Language:=child.language | School:=child.school", 1, "colon"),
    heading("C. FAMILY"),
    grid("adults", "Name=name | Relationship=relationship | DOB=dob | Parental responsibility Y/N=pr | Telephone=phone"),
    heading("D. CONSENT"),
    pairs("Is the parent aware of this referral?=consent.aware{Yes/No} | Has the parent consented?=consent.given{Yes/No} | If not, why not?=consent.reason", 1),
    boxes("E. What are your concerns?=box.worries+reason | What has been tried?=box.actions_taken | What is working well?=box.working_well", "same"),
    look=Look(tick="delete", joined=True, header="CONFIDENTIAL"),
)  # fmt: skip

CROYDON = layout(
    "social-care-letters", "OTHER", "Children's Social Care Referral Form", "fit",
    guide("If you are referring more than one child, complete this for one of them in detail and list the other children in section G."),
    pairs("Family name:=child.family | First Name(s):=child.given | D.O.B or expected date of delivery:=child.dob | Gender:=child.gender | Address:=child.address | Postcode:=child.postcode | Telephone:=child.phone"),
    heading("Section A – Basic Referral Details (to be completed in all cases)"),
    pairs(f"Date and time of referral:=ref.date | Is/are parent(s)/carer(s) aware of referral:=consent.aware{YN} | Name of referrer:=author.name | Job title:=author.role | Agency:=author.agency | Contact number:=author.phone | Email:=author.email | Relationship to child:=author.relationship"),
    heading("Section B – Reason"),
    boxes("Reason for referral=box.reason+worries | Harm to the child, and its effect=box.harm | Child's view=box.child_views"),
    heading("Section F – Adults"),
    grid("adults", "Surname=family | Forename=given | DOB=dob | M/F=gender | Relationship to child=relationship | PR Y/N=pr"),
    heading("Section G – Other children referred"),
    grid("others", "Surname=family | Forename=given | DOB=dob | M/F=gender | School=school"),
    look=Look(tick="check_before", joined=True, ruled=True, fill="EDEDED", colour="000000"), accepted=("OTHER", "MARF"),
)  # fmt: skip

NOTTINGHAM = layout(
    "consent-first-marf", "MARF", "CHILDREN'S SERVICES MULTI AGENCY REFERRAL FORM (MARF)", "fit",
    heading("CONSENT AND CONFIDENTIALITY"),
    pairs("Has this referral been discussed with the parent/carer ?=consent.aware{YES/NO} | Has the parent given consent to the referral being made?=consent.given{YES/NO} | What are the parents/carers views about your concerns and this referral?=box.parent_views | Has this referral been discussed with the child/young person?=flag.child_aware{YES/NO/NA} | What are the child/young person's views about your concerns and this referral?=box.child_views | If the answer is 'no' to any of the above please state reason why.=consent.reason", 1),
    pairs("Name of person completing referral=author.name | Relationship to child=author.relationship | Date=ref.date | Tel No.=author.phone | Secure email=author.email | Address=author.address | Agency=author.agency"),
    heading("CHILD / CHILDREN"),
    grid("subjects", "First name=given | Family name=family | DOB / EDD=dob | Gender=gender | Ethnicity=ethnicity | NHS number=nhs"),
    pairs("Family address=child.address | Contact number=child.phone", 1),
    heading("PARENTS, CARERS AND OTHERS IN THE HOUSEHOLD"),
    grid("family", "Name=name | Relationship=relationship | DOB=dob | Parental responsibility=pr"),
    boxes("Presenting issues and reason for referral=box.reason+worries | Strengths in the family=box.working_well | Actions already taken=box.actions_taken"),
    look=Look(tick="underline", fill="C6E0B4"),
)  # fmt: skip

SWINDON = layout(
    "point-of-contact", "MARF", "Family Contact Point / MASH referral form", "fit",
    pairs("Date Referral Received:=office.date | Received by:=office.name"),
    heading("Details of child/young person being referred"),
    pairs("Surname:=child.family | First names:=child.given | Other known as names:=child.alias", 3, "above"),
    pairs("DoB or EDD=child.dob | Gender:=child.gender | Telephone/Mobile nos.=child.phone", 3, "above"),
    pairs("Home Address:=child.address | Postcode=child.postcode", 2, "above"),
    options(f"Child/young person's ethnicity (please tick)=child.ethnicity{ETHNIC_16}", 4),
    heading("Referrer"),
    pairs("Your name=author.name | Designation=author.role | Organisation=author.agency", 3, "above"),
    pairs("Telephone=author.phone | Email=author.email | Date of referral=ref.date", 3, "above"),
    boxes("Reasons for Referral: (what has happened or changed today)=box.reason+worries | Evidence for Referral - how is the current situation impacting on the child/young person:=box.harm+worries | What Strengths + Protective factors does the child/young person have?=box.working_well | Young Person's Consent: how did the child/young person respond when advised of the referral?=box.child_views"),
    grid("siblings", "Surname=family | First name=given | DoB=dob | School=school", title="Siblings of Child/Young Person, living at home address"),
    heading("Details of Mother"),
    pairs("Name:=carer1.name | DoB:=carer1.dob | Telephone:=carer1.phone", 3, "above"),
    boxes("Family & Environmental:=box.family"),
    pairs("I give consent for my child who is named on page 1 to be referred. Signed=consent.signed | Date=noise.blank"),
    look=Look(tick="check", empty="control", prompt="Click here to enter text."),
)  # fmt: skip

WORCESTER = layout(
    "three-columns-eha", "EHA", "Early Help Assessment and Plan", "fit",
    heading("Section 1 Detail of Child/Children/Young Person"),
    pairs("Child/ren's/Young Person's Name/s=child.name | Date of Birth=child.dob | Language or communication needs=child.language | Names of Parent/Carers=family.parents | Address=child.address | Contact number=child.phone", 1),
    boxes("What does the child/young person want to happen?=box.child_views"),
    heading("Section 2 Thinking about the child or children that you are worried about"),
    columns("What are you worried about?=box.worries+reason | What is working well?=box.working_well | What needs to happen?=box.next_steps", "For example: school, health, home"),
    heading("Completed by"),
    pairs("Name=author.name | Role=author.role | Agency=author.agency | Telephone=author.phone | Email=author.email | Date=ref.date"),
    pairs("Signature of parent/carer=consent.signed | Date=noise.blank"),
    look=Look(landscape=True, fill="FCE4D6"),
)  # fmt: skip

PLYMOUTH = layout(
    "stacked-eha", "EHA", "EHA Early Help Assessment 1", "fit",
    heading("Person completing this form:"),
    pairs("Forename(s) and surname=author.name | Role=author.role | Organisation name=author.agency | Email=author.email | Tel contact number (inc STD)=author.phone | Date assessment started=ref.start", 2, "stacked"),
    pairs(f"Interpreter required=child.interpreter{YN} | Child's first language=child.language", 2, "stacked"),
    heading("Details of key person of concern:"),
    pairs("Forename(s)=child.given | Surname=child.family | Date of birth=child.dob | Ethnicity=child.ethnicity | Gender=child.gender | NHS No UPN=child.number", 2, "stacked"),
    pairs("First line of address=child.address | Postcode=child.postcode | Family contact number (inc STD)=child.phone", 2, "stacked"),
    grid("everyone", "Forename=given | Surname=family | DoB=dob | Relationship=relationship | Lives at home Y/N=at_home", title="Family details"),
    boxes("What is the reason for this assessment?=box.reason+worries | What is going well?=box.working_well | Worries=box.worries | Agreed actions=box.next_steps"),
    pairs(f"Has the Consent to Share Information Form been signed?=consent.given{YN} | Is the family aware of the assessment?=consent.aware{YN}"),
    look=Look(tick="check_before", empty="control", separator=" "),
)  # fmt: skip

MARGIN_RF = layout(
    "margin-guidance", "OTHER", "RF1 Referral Form for Agencies", "fit",
    pairs("Family name:=child.family | Given names:=child.given | Other known as names:=child.alias | DoB or EDD=child.dob | Gender:=child.gender | Home Address:=child.address | Telephone/Mobile nos.=child.phone | Reason for residence at this address:=noise.blank", 1, "margin"),
    sentence("The child {} have a disability.=child.disabled{does/does not}"),
    grid("adults", "Name=name | Relationship=relationship | DoB=dob | Telephone=phone", 2, title="Adults in the household", example=("e.g. Jane Example", "Mother", "01/02/1990", "01632 960000")),
    questions("Is the parent aware of this referral?=consent.aware{Yes/No} | Has the parent agreed to it?=consent.given{Yes/No} | Have you discussed it with your safeguarding lead?=flag.lead_discussed{Yes/No}"),
    boxes("Reasons for Referral:=box.reason+worries | Previous Concerns:=history.previous_involvement | Parenting capacity:=box.family+other"),
    pairs("Referred by:=author.name | Job title:=author.role | Agency:=author.agency | Tel:=author.phone | Email:=author.email | Date:=ref.date"),
    look=Look(tick="x"), accepted=("OTHER", "MARF"),
)  # fmt: skip

MERGED_CAF = layout(
    "merged-cells-caf", "CAF", "Common Assessment Framework: pre-assessment and request", "fit",
    printed(("Section", "What to write"), ("Identifying details", "Name, date of birth and address of the child"), ("Reason", "What has happened, when, and who saw it")),
    beside("Address=child.address", "Given name(s)=child.given | Family name=child.family | Date of birth or EDD=child.dob | Gender=child.gender | Ethnicity=child.ethnicity"),
    pairs("Postcode=child.postcode | Contact tel. no.=child.phone | Other people within the household=family.others | Names of Parent/Carers=family.parents"),
    questions("Interpreter required?=child.interpreter{Yes/No} | Does the child have a disability?=child.disabled{Yes/No/Not known} | Are the parents aware?=consent.aware{Yes/No} | Is there consent?=consent.given{Yes/No}"),
    boxes("Why is this assessment being requested?=box.reason+worries | Strengths=box.working_well | Needs=box.harm+worries", "beside"),
    pairs("Assessor=author.name | Role=author.role | Agency=author.agency | Telephone=author.phone | E-mail=author.email | Date=ref.date"),
    look=Look(tick="check", fill="DEEAF6"),
)  # fmt: skip

CODED_EHA = layout(
    "coded-eha", "EHA", "EARLY HELP ASSESSMENT for Children, Young People and Family Services", "fit",
    floating("Date:=ref.date"),
    pairs("This form completed by:=author.name | Role:=author.role | Organisation:=author.agency | Address:=author.address | Phone No:=author.phone | Email:=author.email", 2, "colon"),
    grid("subjects", "Family Name (Include other names used)=family | Forename=given | DOB=dob | Gender M/F=gender | Is Child Disabled Y/N=disabled_text", title="Child/Young Person's name and address"),
    pairs("Address and Telephone=child.address | Telephone=child.phone | Religion:=child.religion | Child's language:=child.language | Will an interpreter be needed?=child.interpreter{Yes/No}", 1, "colon"),
    options("CHILD'S ETHNICITY / Please circle one=child.ethnicity{A1 White British/A2 White Irish/A3 Any other White background/B1 White & Black Caribbean/B2 White & Asian/C1 Indian/C2 Pakistani/C3 Bangladeshi/C4 Any other Asian background/D1 Caribbean/D2 African/E1 Chinese/E2 Any other ethnic group/F1 Not stated}", 4),
    grid("everyone", "Name=name | DoB=dob | Relationship=relationship | Gender M / F=gender | Telephone Number=phone | Living in home Y /N=at_home", title="Details of other Family Members (including siblings) and Connected Persons:"),
    grid("printed", "Agency=title | Name=name | Telephone Number=phone", 0, ("GP", "School", "Health Visitor", "Mental Health", "Other"), title="Professionals involved:"),
    pairs("Is the family aware of the assessment?=consent.aware{Yes/No} | Has the Consent to Share Information Form been signed?=consent.given{Yes/No}", 1, "lines"),
    boxes("Reasons for EHA: (type and level of need/risk; what you hope to see happen)=box.reason+worries | What is working well=box.working_well"),
    look=Look(tick="highlight", separator="/"),
)  # fmt: skip

LAYOUTS = [SWIFT, FAMILY_CAF, LAMBETH, CROYDON, NOTTINGHAM, SWINDON, WORCESTER, PLYMOUTH, MARGIN_RF, MERGED_CAF, CODED_EHA]
