"""Layouts to look at while working."""

from __future__ import annotations

from benchmarks.reading.layouts.common import ETHNIC_16, GENDER, YN
from benchmarks.reading.look import Look
from benchmarks.reading.spec import beside, boxes, grid, guide, heading, layout, options, pairs, printed, questions, sentence

SOUTHAMPTON = layout(
    "taken-by-mash", "MARF", "MASH – Safeguarding Children REFERRAL Form", "work",
    heading("Referral TAKEN by"),
    pairs("Name=office.name | Job Title:=office.role | Date taken:=office.date | Reference:=office.reference"),
    heading("1. Details of Practitioner MAKING this REFERRAL"),
    pairs("Name of Referrer:=author.name | Job title:=author.role | Agency:=author.agency | Address:=author.address | Tel/Mobile:=author.phone | Email:=author.email | Date of Referral:=ref.date"),
    heading("2. CHILD/YOUNG PERSON DETAILS"),
    grid("subjects", "Last Name=family | First Name=given | DOB/EDD=dob | M/F=gender | Ethnicity=ethnicity | 1st Language=language"),
    pairs("Address(es):=child.address | Post Code(s):=child.postcode | Tel/ Mobile:=child.phone", 1),
    heading("3. CARERS"),
    grid("adults", f"Carer Last Name=family | Carer First Name=given | Relationship to child=relationship | Parental Responsibility?=pr{YN} | M/F=gender | DOB/Age=dob_any | Ethnicity=ethnicity"),
    heading("4. OTHER MEMBERS OF THE HOUSEHOLD"),
    grid("siblings", "Last Name=family | First Name=given | DOB/EDD=dob | Relationship to child=relationship"),
    heading("5. Other professionals involved (to include GP and school details)"),
    grid("workers", "Name=name | Job Title=role | Team/Agency=agency | Address=address | Telephone/Mobile=phone"),
    heading("7. Consent"),
    pairs("Are the parents aware of this referral? No / Yes=consent.aware{No/Yes} | Have they consented to it?=consent.given{No/Yes} | If no, state why=consent.reason", 1),
    options("8. Reason for Referral – identify whether any of the following Trigger Trio apply=issues{Domestic abuse/Parental mental health/Substance misuse}"),
    boxes("Reason for Referral=box.reason+worries | Action taken to date=box.actions_taken | Outcome wanted=box.next_steps"),
    look=Look(tick="legacy", joined=True, empty="legacy"),
)  # fmt: skip

LIVERPOOL = layout(
    "statutory-consideration", "MARF", "Multi-Agency Referral Form: Consideration for Statutory Assessment", "work",
    pairs("Referrer name / Job title=author.name_role | Agency=author.agency | Contact details (phone and email)=author.email_phone | Date=ref.date"),
    grid("family_all", "Name=name | DOB=dob | Gender=gender | Ethnicity=ethnicity | School=school | Referred? Y/N=focus | Relationship=relationship", title="Details of child(ren) being referred including siblings."),
    pairs("Home address of child(ren)=child.address | Telephone=child.phone", 1),
    grid("pr", "Child=child | Person with PR=name | Relationship to child=relationship", 1, title="Parental responsibility- please indicate who holds parental responsibility (legal guardian)"),
    options("Do any of the following issues affect the child? If so please provide details within the reason for Referral.=issues{Missing incidents/Domestic violence/Drug or Alcohol use/Mental Health/Genital mutilation/Honour based violence/Child sexual exploitation}"),
    boxes("Reasons for the Referral- Clearly state the cause(s) for concern.=box.reason+worries | Strengths=box.working_well | What else should we know?=box.other+complicating"),
    pairs(f"Have you received consent from the parent or those who have parental responsibility to make this referral to Children's Services?=consent.given{YN} | If not please state the reason why=consent.reason", 1),
    look=Look(tick="symbol", fill="FFF2CC"),
)  # fmt: skip

NORFOLK = layout(
    "nscb-referral", "MARF", "Referral to Children's Social Care (NSCB1)", "work",
    heading("Details of Person making referral"),
    pairs("Name and Role=author.name_role | Contact details: (in full)=author.email_phone | Agency=author.agency | Date of referral=ref.date"),
    heading("Consent"),
    pairs(f"Does the person with parental responsibility know that a referral to Children's Services has been made?=consent.aware{YN} | If 'No' please explain why=consent.reason | Does the person with parental responsibility consent to others being contacted to obtain further information?=consent.given{YN} | Does the child/children know about this referral?=flag.child_aware{YN} | If so what do they think about it?=box.child_views", 1),
    grid("subjects", "First Name=given | Family Name=family | Date of Birth/Age/EDD=dob_any | Gender=gender | Address and telephone=address", title="Names of child/children being referred:"),
    grid("family", "First Name=given | Family Name=family | Date of Birth=dob | Relationship to child=relationship", title="Other people in the household"),
    boxes("What are you worried about?=box.worries+reason | What is working well?=box.working_well | What needs to happen?=box.next_steps | What has happened to make you refer now?=box.reason+worries"),
    look=Look(tick="strike", ruled=True, size=21), accepted=("MARF", "OTHER"),
)  # fmt: skip

KIRKLEES = layout(
    "family-support-marf", "MARF", "Child Protection Family Support Multi Agency Referral Form (MARF)", "work",
    grid("subjects", "First Name=given | Surname=family | Child's DOB=dob | M/F=gender | Ethnicity=ethnicity | First Language=language | School / Nursery=school | Home Address=address", title="Child/ren/young person subject to the referral details:"),
    pairs("Does the child/young person have a disability or additional health issues? If so please provide details.=child.disability", 1),
    grid("adults", "Full Name=name | Relationship to child=relationship | DOB=dob | M/F=gender | Ethnicity=ethnicity | Home Address=address | Contact No=phone", title="Parents, other members of the household and significant family members"),
    grid("pr", "Child=child | Person with PR=name | Relationship to child=relationship", 1, title="Who has parental responsibility for the child(ren)?"),
    guide("Help at levels 2 and 3 rests on informed consent. Concerns at level 4 do not."),
    pairs(f"Has consent been obtained?=consent.given{YN} | Who gave the consent?=consent.by | If consent was not obtained, why?=consent.reason"),
    boxes("Reason for referral=box.reason+worries | Risk of harm=box.harm | Protective factors=box.working_well | Views of the child=box.child_views | Views of the parents=box.parent_views", "beside"),
    heading("Referrer details"),
    pairs("Full Name=author.name | Job Title=author.role | Agency=author.agency | Contact No=author.phone | Email=author.email | Date=ref.date"),
    look=Look(tick="highlight", fill="F4B083"),
)  # fmt: skip

ENFIELD = layout(
    "early-help-form", "EHA", "Early Help Assessment Form", "work",
    heading("Part One"),
    grid("subjects", "Name=given | Surname=family | Gender=gender | DOB/EDD=dob | Ethnicity=ethnicity | Language(s) Spoken=language", title="Child/Young Persons Details"),
    pairs(f"Primary Address=child.address | Contact Numbers:=child.phone | Religion=child.religion | School Attending=child.school | NHS No.=child.nhs | Unique Pupil Number=child.upn | Interpreter/Signer required:=child.interpreter{YN}"),
    pairs(f"Is this child experiencing significant harm that requires statutory intervention?=noise.harm{YN}", 1),
    heading("CONSENT for Information Sharing"),
    pairs(f"Have you obtained explicit consent from the parent / legal guardian / young person to share their information with other agencies?=consent.given{YN} | Are there safeguarding grounds for sharing this information without consent?=noise.grounds{YN}", 1),
    boxes("Summary of your current concerns. What worries do you have for the child?=box.worries+reason | What is going well?=box.working_well"),
    grid("everyone", "Name=name | Relationship=relationship | DOB=dob | Lives with child Y/N=at_home", title="Family members"),
    heading("Referrer"),
    pairs("Name=author.name | Role=author.role | Organisation=author.agency | Telephone=author.phone | Email=author.email | Date=ref.date"),
    look=Look(tick="check", ruled=True, font="DejaVu Sans", size=17),
)  # fmt: skip

TEES = layout(
    "safer", "OTHER", "Multi-agency SAFER Referral Form", "work",
    heading("Section One: SITUATION – 1. About You"),
    pairs("Name:=author.name | Job Title / Personal ID:=author.role | Organisation: incl. Department:=author.agency | Address:=author.address | Email & telephone:=author.email_phone | Date:=ref.date", 1, "lines"),
    heading("2. About the child"),
    pairs("Name of child/Unborn Baby:=child.name | Date of birth ( Estimated Delivery Date):=child.dob | Address:=child.address | NHS number:=child.nhs | School or nursery:=child.school", 1, "lines"),
    pairs("I am calling about a child who is=child.gender{male/female} | My relationship to the child concerned is:=author.relationship", 1, "lines"),
    options("I am completing this referral because: (please tick)=type{I CONSIDER THIS CHILD IS AT RISK OF SIGNIFICANT HARM/I CONSIDER THIS CHILD IS IN NEED OR VULNERABLE/THE FAMILY WOULD LIKE EARLY HELP}"),
    heading("Section Two: ASSESSMENT"),
    boxes("What has happened?=box.reason+worries | What harm has there been?=box.harm"),
    heading("Section Three: FAMILY"),
    pairs("Mother:=carer1.name | Mother's date of birth:=carer1.dob | Mother's telephone:=carer1.phone", 1, "lines"),
    pairs("Father:=carer2.name | Father's date of birth:=carer2.dob | Father's telephone:=carer2.phone", 1, "lines"),
    boxes("Family factors=box.family"),
    heading("Section Four: EXPECTED RESPONSE"),
    boxes("What do you expect to happen?=box.next_steps"),
    heading("Section Five: RECORDING"),
    pairs("Are the parents aware of this referral?=consent.aware{Yes/No} | Have the parents consented to this referral?=consent.given{Yes/No} | If not, reason:=consent.reason", 1, "lines"),
    look=Look(tick="check_before", ruled=False, empty="underscore"), accepted=("OTHER", "MARF"),
)  # fmt: skip

ROTHERHAM = layout(
    "support-plan-eha", "EHA", "Early Help Assessment & Support Plan for Children & Families", "work",
    pairs("Ref Number=noise.blank | Date Assessment Started=ref.start"),
    grid("subjects", "Name=name | Date of Birth dd/mm/yy=dob | Gender (M/F)=gender | Ethnicity=ethnicity | School/Nursery/College=school", title="Children / Young Peoples Details"),
    heading("Primary Home Address:", 2),
    pairs("Address=child.address | Telephone Number=child.phone | Postcode=child.postcode | Mobile Number=noise.blank"),
    heading("Main Parent / Carer", 2),
    pairs("Name=carer1.name | Gender (M/F)=carer1.gender | Ethnicity=carer1.ethnicity | Relationship to child(ren)=carer1.relationship | Date of Birth=carer1.dob | Telephone Number=carer1.phone"),
    heading("Other adult family/household member or significant other", 2),
    pairs("Name=carer2.name | Gender (M/F)=carer2.gender | Ethnicity=carer2.ethnicity | Relationship to child(ren)=carer2.relationship | Date of Birth=carer2.dob | Telephone Number=carer2.phone"),
    heading("Name of Lead Professional Completing the Assessment", 2),
    pairs("Name=author.name | Date=ref.date | Position=author.role | Organisation=author.agency | Email=author.email | Telephone Number=author.phone | Manager's Name=senior.name | Manager's contact details=noise.blank"),
    boxes("What is the story so far?=box.reason+worries | What is working well for the family?=box.working_well | What are the worries?=box.worries | Plan=box.next_steps"),
    pairs("Parent's signature=consent.signed | Date=noise.blank"),
    look=Look(tick="x", fill="BDD7EE", empty="plain"),
)  # fmt: skip

CIRCLED = layout(
    "inter-agency-statutory", "IAF", "Inter-Agency Referral to Children's Services", "work",
    options("This request is for (please tick):=noise.destination{Early Help Panel/Disabled Children's Team/Multi-Agency Screening Team}", 3),
    heading("1. REFERRAL DETAILS"),
    pairs("Date of Referral=ref.date | Time of Referral=noise.time | Name=author.name | Job title=author.role | Agency=author.agency | Telephone=author.phone | Address=author.address | Email=author.email"),
    heading("2. DETAILS OF CHILD / YOUNG PERSON"),
    pairs("Child's Name=child.name | DOB / EDD=child.dob | Gender M/F=child.gender | Age=child.age | Unborn Y/N=child.unborn | Ethnicity=child.ethnicity | Disability/ learning difficulty (if known please specify)=child.disability | Is an interpreter needed?=child.interpreter{No/Yes} | Address=child.address | Postcode=child.postcode"),
    options(f"Ethnicity of the child (please tick)=child.ethnicity{ETHNIC_16}", 3),
    grid("carers", f"Name=name | Relationship to child=relationship | DOB=dob | Parental responsibility=pr{YN}", title="3. PARENTS AND CARERS"),
    pairs(f"Are the parents or carers aware that this referral is being made?=consent.aware{YN} | Have the parents or carers consented to the referral?=consent.given{YN} | If not, please give the reason=consent.reason | Have you spoken to your line manager or designated lead?=flag.lead_discussed{YN}", 1),
    boxes("5. REASON FOR REFERRAL=box.reason+worries | What harm has the child suffered?=box.harm | Where is the child now?=safety.current_location | Known risks to workers=safety.risks_to_workers"),
    pairs(f"Gender of the child as recorded=child.gender{GENDER}", 1),
    look=Look(tick="legacy", joined=True, header="STRICTLY CONFIDENTIAL", capitals=False),
)  # fmt: skip

GUIDANCE_FIRST = layout(
    "guidance-before-form", "MARF", "Multi-Agency Referral Form (MARF)", "work",
    guide("Guidance. Name of child: give all names. Reason for referral: say what has happened, who saw it and when. Consent: say who agreed and to what."),
    printed(("Level", "What it means", "Consent"), ("Level 2", "Early help", "Needed"), ("Level 4", "Child protection", "Not needed")),
    guide("Return the form by secure e-mail. Ring 01632 960999 if a child is in danger."),
    heading("PART 1"),
    beside("Address of child=child.address", "Child's surname=child.family | Child's forenames=child.given | Date of birth=child.dob | Sex=child.gender"),
    sentence("This child {} need an interpreter.=child.interpreter{does/does not}"),
    grid("family", "Name=name | Relationship to child=relationship | Date of birth=dob | PR (Y/N)=pr", 2, title="Household", example=("(example) Sam Smith", "(example) brother", "(example) 1/1/2012", "")),
    heading("PART 2"),
    questions("Parents told of this referral?=consent.aware{Yes/No/Not known} | Parents agree?=consent.given{Yes/No/Not known} | Child told?=flag.child_aware{Yes/No/Not known} | Has there been an earlier assessment (CAF/EHA)?=flag.assessed{Yes/No/Not known}"),
    pairs("Reason if parents do not agree or were not asked=consent.reason", 1),
    boxes("Cause for concern=box.reason+worries | Strengths of the family=box.working_well | What has been tried=box.actions_taken"),
    heading("PART 3"),
    pairs("Referrer=author.name | Designation=author.role | Employer=author.agency | Telephone=author.phone | E-mail=author.email | Date sent=ref.date"),
    look=Look(tick="symbol", header="RESTRICTED (When completed)", footer="8 pages"),
)  # fmt: skip

ONE_CELL = layout(
    "people-in-one-cell", "EHA", "Early Help Assessment (short)", "work",
    pairs("Child/ren's/Young Person's Name/s=child.name | Date of Birth=child.dob | Gender=child.gender | Names of Parent/Carers=family.parents | Other people within the household=family.others | Address=child.address | Contact number=child.phone", 1),
    boxes("What are you worried about?=box.worries+reason | What is working well?=box.working_well | What needs to happen?=box.next_steps | What does the child say?=box.child_views"),
    sentence("Parents {} consented to this assessment being shared.=consent.given{have/have not}"),
    pairs("Name of worker=author.name | Role and team=author.role | Agency=author.agency | Phone=author.phone | Email=author.email | Date=ref.date"),
    look=Look(tick="strike", fill="FBE5D6"),
)  # fmt: skip

SCORED_EHA = layout(
    "scored-strengths-needs", "SNF", "Early Help Assessment and Plan: Strengths and Needs", "work",
    guide("Complete this form electronically. The final page is to be printed and signed."),
    pairs("Family name and case file number:=noise.blank | Main address of family:=child.address | Start Date of Assessment:=ref.start | Date Assessment Completed:=noise.blank"),
    grid("subjects", "Last name=family | First name=given | DOB=dob | Gender=gender", title="Children this assessment is about"),
    grid("adults", "Last name=family | First name=given | Relationship=relationship | DOB=dob", title="Family Details"),
    boxes("Reason for Assessment=box.reason+worries"),
    heading("1) Family and Environment", 2),
    boxes("Strengths and Needs=box.working_well+family+other+worries | Score=noise.blank"),
    heading("2) Needs of the child", 2),
    boxes("Worries and needs=box.harm+worries+other"),
    pairs("Assessment completed by=author.name | Agency=author.agency | Job title=author.role | Telephone=author.phone | Email=author.email | Parent's signature=consent.signed"),
    look=Look(fill="FFE699"), accepted=("SNF", "EHA"),
)  # fmt: skip

LAYOUTS = [SOUTHAMPTON, LIVERPOOL, NORFOLK, KIRKLEES, ENFIELD, TEES, ROTHERHAM, CIRCLED, GUIDANCE_FIRST, ONE_CELL, SCORED_EHA]
