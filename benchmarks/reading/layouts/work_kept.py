"""More layouts to look at while working: they were kept for the figures once, until they had been looked at too often."""

from __future__ import annotations

from benchmarks.reading.layouts.common import ETHNIC_16, GENDER, YN
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
    twin,
)

HEREFORD = layout(
    "support-or-protection", "MARF", "Multi Agency Referral Form (MARF)", "work",
    guide("If you do not have any relevant information please state No Information Available or Not Applicable."),
    options("This is a referral for a child in need of:=type{child protection/support services as a child in need/early help}"),
    heading("Consent"),
    pairs(f"Have you informed the child/family that you are making this referral?=consent.aware{YN} | If 'no', please state why not:=consent.reason | Has consent been obtained for the sharing of information between agencies?=consent.given{YN} | Who gave the consent?=consent.by", 1),
    heading("Details of the child(ren)"),
    ChildBlocks(slots(f"Forename(s)=child.given | Surname=child.family | DOB or EDD=child.dob | Gender=child.gender{GENDER} | Ethnicity=child.ethnicity | School / nursery=child.school | NHS Number=child.nhs | Address=child.address"), 3),
    grid("adults", "Name=name | Relationship to child=relationship | DOB=dob | PR? Y/N=pr | Tel. no.=phone", title="Parents and carers"),
    boxes("Why are you making this referral?=box.reason+worries | Risks to the child=box.harm+worries | Strengths=box.working_well | Work already done=box.actions_taken"),
    heading("Referring agency"),
    pairs("Referrer=author.name | Post held=author.role | Agency=author.agency | Direct line=author.phone | E-mail=author.email | Date completed=ref.date"),
    look=Look(tick="check", empty="prompt", prompt="Do not leave blank"),
)  # fmt: skip

BUCKS = layout(
    "first-response", "MARF", "Multi-Agency Referral Form – First Response", "work",
    heading("Details of Person Making a Referral (person completing this form)"),
    pairs("Name:=author.name | Date of Referral:=ref.date | Role:=author.role | Agency:=author.agency | Tel:=author.phone | Email:=author.email"),
    pairs(f"Are the parents/carers aware of this referral to Early Help or Children's Social Care?=consent.aware{YN} | If 'No' give a reason for not informing parents/carers=consent.reason", 1),
    heading("Family"),
    grid("family_all", "Family name=family | Given name=given | DoB / EDD=dob | M / F=gender | Relationship=relationship | Ethnicity=ethnicity | Being referred (tick)=focus{✓}"),
    pairs("Current address of the child=child.address | Postcode=child.postcode | Contact telephone=child.phone | Main language=child.language"),
    boxes("What are the concerns, and why now?=box.worries+reason | What have you already done to help?=box.actions_taken | What is the view of the child?=box.child_views | What is the view of the parent?=box.parent_views"),
    pairs("Parent / carer: I agree for this referral to be made. Signature=consent.signed | Date=noise.blank"),
    look=Look(tick="symbol", fill="D0CECE"),
)  # fmt: skip

LANCASHIRE = layout(
    "continuum-of-need", "OTHER", "Children's Social Care Referral", "work",
    pairs("Referral to=noise.blank | Date of Referral=ref.date | Time of Referral=noise.time"),
    heading("Details of Child(ren)"),
    grid("subjects", "Child(ren) name=name | DOB=dob | Age=age | Unborn Y/N=unborn | Gender M/F=gender | Disability [if known please specify]=disability | Ethnicity=ethnicity"),
    pairs("Address=child.address | Postcode=child.postcode | Tel No=child.phone | Childs first Language=child.language | Child(ren) NHS number(s) if referral from Health=child.nhs | Child(ren) unique pupil number if referral from school=child.upn"),
    grid("adults", "Name of child(ren) primary carer=name | Relationship=relationship | DOB=dob | Does this person have PR?=pr"),
    heading("Person making the referral"),
    pairs("Full name and job title=author.name_role | Organisation=author.agency | Telephone=author.phone | Email=author.email"),
    pairs("Consent: has the parent agreed to this referral?=consent.given{Yes/No/Not asked} | If consent has not been obtained, reason=consent.reason", 1),
    boxes("Reason for referral, with dates=box.reason+worries | Previous involvement=history.previous_involvement | What outcome are you looking for?=box.next_steps"),
    look=Look(tick="highlight", joined=True), accepted=("OTHER", "MARF"),
)  # fmt: skip

BRADFORD = layout(
    "common-referral", "OTHER", "Common Referral Form", "work",
    options("I am making a request for (please tick):=type{Early Help support/Support for a child in need/A social work assessment – concerns about a child's immediate safety and well-being}"),
    guide("If information is not known please say 'not known'."),
    pairs("Child's first name(s)=child.given | Child's family name=child.family | Known as=child.alias | Born / due=child.dob | Boy / girl=child.gender | Lives at=child.address | Phone at home=child.phone | Ethnic origin=child.ethnicity | Home language=child.language | Faith=child.religion | School, nursery or college=child.school | Family doctor=child.gp", 1),
    grid("everyone", "Who=name | Relation to the child=relationship | Born=dob | Same house? Y/N=at_home | Parental responsibility? Y/N=pr", title="Who is in the family"),
    boxes("Tell us what you are worried about=box.worries+reason | Tell us what is going well=box.working_well | Tell us what the child says=box.child_views | Tell us what the parents say=box.parent_views"),
    pairs(f"Do the parents know that you are asking?=consent.aware{YN} | Do they agree?=consent.given{YN} | If they do not know or agree, why are you asking?=consent.reason", 1),
    pairs("Your name=author.name | Your job=author.role | Where you work=author.agency | Your phone=author.phone | Your e-mail=author.email | Today's date=ref.date"),
    look=Look(tick="x", ruled=False, font="DejaVu Sans", size=18), accepted=("OTHER", "EHA"),
)  # fmt: skip

MASH_FIVE = layout(
    "mash-five", "MARF", "Multi Agency Safeguarding Hub – MASH form", "work",
    guide("If you believe a child is at immediate risk call 999."),
    heading("Section 1 - About the Child"),
    pairs("First Name=child.given | Last Name=child.family | Address=child.address | Post Code=child.postcode | Date of Birth or Expected Delivery Date=child.dob | If Unknown, please Estimate the Child's Age=child.age | Ethnicity=child.ethnicity | Gender=child.gender | Telephone Number=child.phone | Religion=child.religion | School Attended=child.school | GP=child.gp | Unique Pupil Number (UPN):=child.upn | NHS Number:=child.nhs", 1, "above"),
    heading("Section 2 - Details of the family"),
    grid("everyone", "First Name=given | Last Name=family | DoB/est. DoB/Age=dob_any | Ethnicity=ethnicity | Gender=gender | Relationship to Child=relationship", 5),
    heading("Section 3 - About You"),
    pairs("First and last name=author.name | Name of Organisation=author.agency | Job Title=author.role | Email Address=author.email | Telephone Number=author.phone | Relationship to the Child=author.relationship | Contact Address=author.address"),
    heading("Section 4 - Details of Professionals involved with the Child or Family"),
    grid("workers", "Name=name | Role=role | Organisation=agency | Telephone=phone", 3),
    heading("Section 5 - Concerns"),
    boxes("Details of concern=box.reason+worries | Impact on the child=box.harm | Actions taken by your agency=box.actions_taken"),
    pairs(f"Has the parent or carer been told of this referral?=consent.aware{YN} | Has the parent or carer given consent?=consent.given{YN} | If no consent, please explain=consent.reason", 1),
    look=Look(tick="check_before", joined=True, empty="control", prompt="Choose an item."),
)  # fmt: skip

OXFORD = layout(
    "family-first-snf", "SNF", "Strengths and Needs Form", "work",
    heading("Part A – Consent"),
    pairs(f"Who is involved in completing this assessment?=noise.present | Are you happy for the information on this form to be stored and shared with other professionals?=consent.given{YN} | Family signatures and printed name=consent.signed | Author's name=author.name | Author's role and agency=author.role | Author's telephone=author.phone | Author's email=author.email", 1),
    heading("Family Background and Information"),
    pairs("Date started=ref.start | Main family address=child.address | Family telephone=child.phone"),
    grid("subjects", "Name=name | DoB/due date=dob | Gender=gender | Ethnicity=ethnicity | Religion=religion | Name of school or educational setting=school", 4, title="Details of all children in your family"),
    grid("adults", "Name=name | Relationship to children=relationship | DoB=dob | Phone=phone", title="Adults in your family"),
    columns("Strengths=box.working_well | Needs=box.worries+reason+harm"),
    boxes("What brings you here?=box.reason+worries | What do you want to change?=box.next_steps | Child's view=box.child_views | Parent's view=box.parent_views"),
    look=Look(tick="bold", fill="E2EFDA", colour="385723"), accepted=("SNF", "EHA", "OTHER"),
)  # fmt: skip

TWO_QUESTIONS = layout(
    "inter-agency-two", "IAF", "Inter-Agency Referral (IAF)", "work",
    pairs("From (name)=author.name | Post=author.role | Service=author.agency | Tel.=author.phone | E-mail=author.email | Dated=ref.date"),
    pairs("Child: surname=child.family | Child: forename(s)=child.given | Also known as=child.alias | Birth date or due date=child.dob | Sex=child.gender | Address and postcode=child.address | School or nursery=child.school | Family GP=child.gp"),
    options(f"Ethnic group (please mark one)=child.ethnicity{ETHNIC_16}", 4),
    grid("family", "Surname=family | Forename=given | Relation to child=relationship | Birth date=dob | PR (Y/N)=pr", title="Others at the address"),
    twin(f"Do the parents know of this referral?=consent.aware{YN} | Did you discuss it with your safeguarding lead?=flag.lead_discussed{YN}", "If no, say why you are going ahead=consent.reason | If no, say why=noise.blank"),
    pairs(f"Is consent given?=consent.given{YN} | By whom?=consent.by"),
    boxes("Concerns that lead to this referral=box.reason+worries | Harm seen or likely=box.harm | What helps this family=box.working_well | What has been done=box.actions_taken | What should happen next=box.next_steps", "beside"),
    pairs("Safety today, from 0 (certain harm) to 10 (safe)=scale", 1),
    look=Look(tick="strike", joined=True, fill="DDDDDD", header="October 2019"),
)  # fmt: skip

REQUEST = layout(
    "service-request-slip", "SSR", "Single Service Request", "work",
    pairs("Pupil's legal surname=child.family | Pupil's forenames=child.given | Preferred / former name=child.alias | Date of birth=child.dob | UPN=child.upn | NC year=noise.year | Home address=child.address | Home telephone=child.phone | Establishment=child.school | Ethnicity=child.ethnicity | First language=child.language", 2, "colon"),
    grid("adults", "Contact name=name | Relationship=relationship | Parental responsibility=pr | Telephone=phone", title="Contacts"),
    pairs("Completed by=author.name | Position in school=author.role | Telephone=author.phone | E-mail=author.email | Date of request=ref.date", 2, "colon"),
    pairs("Do parents/carers agree to this request?=consent.given{YES/NO} | If not, why not?=consent.reason | Permission to share information with other agencies?=consent.share{YES/NO}", 1),
    boxes("Presenting need=box.reason+worries | Support given so far=box.actions_taken | Hoped-for outcome=box.next_steps | Pupil's own view=box.child_views | Parents' view=box.parent_views"),
    look=Look(tick="underline", separator="  ", fill="E2EFDA"),
)  # fmt: skip

COUNTY = layout(
    "county-request", "OTHER", "Request for Help and Protection", "work",
    printed(("Before you start", "Have the child's name, date of birth and address to hand"), ("Consent", "Ask first, unless asking puts somebody at risk")),
    beside("Where the child lives=child.address", "First name(s) of child=child.given | Last name of child=child.family | Born on / due on=child.dob | Boy or girl=child.gender | Telephone number of the family=child.phone"),
    questions("Do the parents know of this request?=consent.aware{Yes/No} | Have they agreed to it?=consent.given{Yes/No} | Does the child know?=flag.child_aware{Yes/No} | Is the child on a child protection plan?=flag.plan{Yes/No/Not known} | Is the child looked after?=flag.looked_after{Yes/No/Not known}"),
    pairs("If you have not asked, or they did not agree, tell us why you are going ahead=consent.reason", 1),
    sentence("The child {} a disability.=child.disabled{has/has not}"),
    grid("everyone", "Full name=name | Who they are to the child=relationship | Date of birth=dob | Lives with the child (Y/N)=at_home | Phone=phone", 2, title="Family and other important people", example=("Example: Ann Other", "Aunt", "2 May 1985", "N", "")),
    boxes("What happened, and when?=box.reason+worries | What harm has it done?=box.harm | What is good in this child's life?=box.working_well | What do you think should be done?=box.next_steps"),
    pairs("Filled in by=author.name | Post=author.role | From=author.agency | Call me on=author.phone | Write to me at=author.email | Filled in on=ref.date", 2, "colon"),
    look=Look(tick="check", fill="E7E6E6", footer="Form HP1"), accepted=("OTHER", "MARF", "EHA"),
)  # fmt: skip

MARGIN_MARF = layout(
    "margin-marf", "MARF", "Multi-Agency Referral Form", "work",
    heading("Child"),
    pairs("Legal surname=child.family | Forename(s)=child.given | Known as=child.alias | Date of birth / expected date=child.dob | Ethnic origin=child.ethnicity | Address of the child=child.address | Telephone=child.phone", 1, "margin"),
    heading("Family and household"),
    pairs("Parents or carers living with the child=family.parents | Others in the home=family.others", 1),
    heading("Consent and information sharing"),
    questions("Parents aware=consent.aware{YES/NO} | Parental consent obtained=consent.given{YES/NO}"),
    pairs("Grounds for referring without consent=consent.reason", 1),
    heading("Concerns"),
    boxes("Nature of the concern=box.reason+worries | Protective factors=box.working_well | Agency's involvement to date=box.actions_taken", "beside"),
    heading("Referred by"),
    pairs("Name and designation=author.name_role | Agency=author.agency | Telephone and email=author.email_phone | Date=ref.date"),
    look=Look(tick="x", font="Liberation Serif", colour="000000", fill="F2F2F2"),
)  # fmt: skip

GENERIC_TABLES = layout(
    "subject-and-household", "OTHER", "Child and Family Referral", "work",
    floating("Date of referral:=ref.date | Reference:=office.reference"),
    grid("subjects", "Name=name | DOB / EDD=dob | Gender=gender | Disability=disability | Ethnicity=ethnicity | Religion=religion", title="Subject children"),
    guide("(To add additional rows, right click in the final row and choose Insert.)"),
    pairs("Address of subject children=child.address | Postcode=child.postcode", 1),
    grid("family", "Name=name | DOB=dob | Gender=gender | PR=pr | Ethnicity=ethnicity | Relationship=relationship", title="Household members"),
    grid("elsewhere", "Name=name | DOB=dob | Relationship=relationship | Address=address | PR=pr", title="Other significant people not living in the household"),
    pairs("Does the person with parental responsibility know about the referral?=consent.aware{Yes/No} | Is there consent from a person with parental responsibility?=consent.given{Yes/No} | Reasons where there is none=consent.reason", 1),
    boxes("What has happened?=box.reason+worries | What are you worried about?=box.worries | Existing safety and strengths=box.working_well | Complicating factors=box.complicating | Agreed next steps=box.next_steps"),
    pairs("Worker completing this form=author.name | Designation=author.role | Agency/Team=author.agency | Tel. no.=author.phone | Email=author.email"),
    look=Look(tick="check"), accepted=("OTHER", "MARF", "EHA"),
)  # fmt: skip

LAYOUTS = [HEREFORD, BUCKS, LANCASHIRE, BRADFORD, MASH_FIVE, OXFORD, TWO_QUESTIONS, REQUEST, COUNTY, MARGIN_MARF, GENERIC_TABLES]
