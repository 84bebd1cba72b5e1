"""Layouts kept for the figures that are reported: nothing is tuned on them, and nobody who works on the reader looks at them."""

from __future__ import annotations

from benchmarks.reading.layouts.common import ETHNIC_16
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
    running,
    sentence,
    slots,
    turned,
    twin,
)

HUB = layout(
    "hub-professional-referral", "MARF", "Children's Hub: Professional Referral Form (MARF)", "work",
    guide("If a child may be hurt today, telephone the Hub before you fill in this form."),
    heading("Part 1. The child or young person"),
    pairs("First name of child=child.given | Surname of child=child.family | Goes by any other name=child.alias | Date of birth (or EDD if pregnant)=child.dob | Gender of child=child.gender{Female/Male/Not known} | Ethnicity of child=child.ethnicity | Present address=child.address | Postcode of present address=child.postcode | Home telephone=child.phone | Language used at home=child.language | School or early years setting=child.school | GP surgery=child.gp", 2, "left", "Child"),
    heading("Part 2. The household and wider family"),
    grid("everyone", "Full name=name | Relationship to child=relationship | Date of birth=dob | In the household? (Y/N)=at_home | Parental responsibility? (Y/N)=pr", 2),
    heading("Part 3. Talking to the family"),
    pairs("Have you told the parents or carers about this referral?=consent.aware{Yes/No} | Do the parents or carers consent to this referral?=consent.given{Yes/No} | Reasons for referring without the parents' knowledge or consent=consent.reason", 1, "cells"),
    heading("Part 4. Your referral"),
    boxes("What is the main reason for your referral today?=box.reason+worries | What impact is this having on the child?=box.harm+worries | What is going well at home?=box.working_well | What help has your agency already given?=box.actions_taken | What outcome do you want for the child?=box.next_steps"),
    heading("Part 5. Your details"),
    pairs("Full name of referrer=author.name | Role of referrer=author.role | Organisation of referrer=author.agency | Referrer's telephone=author.phone | Referrer's email=author.email | Date referral completed=ref.date"),
    look=Look(tick="check", fill="DCE6F1", colour="17365D", footer="Hub form 2"),
)  # fmt: skip

ASSISTANCE = layout(
    "request-for-assistance", "OTHER", "Request for Assistance: Children and Families Social Work", "report",
    pairs("Request made by=author.name | Designation of person making request=author.role | Service or organisation=author.agency | Contact telephone number=author.phone | Contact e-mail=author.email | Date of request=ref.date", 3, "above"),
    heading("Child"),
    pairs("Child's surname=child.family | Child's forename(s)=child.given | Likes to be called=child.alias | Child's DOB=child.dob | Child's gender=child.gender | Child's ethnicity=child.ethnicity | Child's home address=child.address | Child's contact telephone=child.phone | Child's school or nursery=child.school | Child's religion=child.religion", 3, "above"),
    questions("Is the child looked after?=flag.looked_after{Yes/No/Not known} | Is the child's name on the child protection register?=flag.plan{Yes/No/Not known} | Has an assessment been completed before?=flag.assessed{Yes/No/Not known}"),
    heading("Parents and carers"),
    turned("adults", ("Parent / carer A", "Parent / carer B", "Parent / carer C"), "Name=name | Relationship to child=relationship | Date of birth=dob | Telephone=phone | Parental rights and responsibilities=pr{Yes/No}"),
    grid("siblings", "Name of brother or sister=name | Date of birth=dob | School or nursery=school", 1),
    heading("Request"),
    boxes("Why is assistance requested?=box.reason+worries | What are the risks to the child?=box.harm+worries | What are the child's and family's strengths?=box.working_well | What has been done to date?=box.actions_taken | What are the views of the child?=box.child_views | What are the views of the parents?=box.parent_views", "beside"),
    sentence("The parents {} aware that this request is being made.=consent.aware{are/are not}"),
    sentence("The parents {} agreed to this request.=consent.given{have/have not}"),
    pairs("If parents are not aware or have not agreed, please explain=consent.reason", 1),
    look=Look(tick="underline", fill="E5E0EC", font="Liberation Serif", size=21), accepted=("OTHER", "MARF"),
)  # fmt: skip

AMBULANCE = layout(
    "ambulance-child-concern", "OTHER", "Ambulance Service: Safeguarding Children Concern", "work",
    pairs("Incident date=noise.blank | Incident time=noise.time | Call sign=noise.blank", 3, "stacked"),
    pairs("Crew member reporting=author.name | Grade=author.role | Service=author.agency | Station telephone=author.phone | Service email=author.email | Date reported=ref.date", 3, "stacked"),
    heading("CHILD AT RISK"),
    pairs("Surname=child.family | Forename=child.given | Date of birth=child.dob | Approximate age if date of birth is not known=child.age | Sex=child.gender{M/F} | Ethnicity=child.ethnicity | NHS number=child.nhs | Home address=child.address | Telephone=child.phone", 3, "stacked"),
    grid("family", "Others present or living at the address=name | Relationship to child=relationship | Date of birth=dob", 2),
    heading("CONCERN"),
    boxes("Describe what you saw and heard=box.reason+worries | Describe any harm to the child=box.harm | What did the child say?=box.child_views | What did the parent or carer say?=box.parent_views | What did you do?=box.actions_taken", "same"),
    pairs("Where was the child when you left?=safety.current_location | Is there any danger to staff who visit?=safety.risks_to_workers | Is the child in need of immediate protection?=safety.immediate_protection{Yes/No}", 1),
    pairs("Was the parent or carer told that a referral would be made?=consent.aware{Yes/No} | If not, give your reason=consent.untold", 1),
    look=Look(tick="glyph", fill="", font="DejaVu Sans", size=17, header="CONFIDENTIAL PATIENT INFORMATION"), accepted=("OTHER", "MARF"), author="health",
)  # fmt: skip

DENTAL = layout(
    "dental-practice-referral", "OTHER", "Referral to Children's Services from a Dental Practice", "work",
    pairs("Practice name=author.agency | Name of referring clinician=author.name | Position=author.role | Practice telephone=author.phone | Practice e-mail=author.email | Date=ref.date", 1, "dotted"),
    heading("About the child"),
    pairs("Name of child=child.name | Date of birth=child.dob | Male or female=child.gender | Address=child.address | Parent's telephone=family.phone | School=child.school | Ethnic origin=child.ethnicity", 1, "dotted"),
    heading("About the family"),
    pairs("Names of parents=family.parents | Names of others in the household=family.others", 1),
    heading("About your concern"),
    boxes("What is the concern?=box.reason+worries | What treatment or advice has been given?=box.actions_taken | Is there anything that reassures you?=box.working_well"),
    heading("About consent"),
    options("Please tick one box=consent.state{Parent has given consent to this referral/Parent has refused consent to this referral/Parent was not asked for consent}", 1),
    pairs("If consent was refused or not asked for, please say why=consent.reason", 1),
    look=Look(tick="symbol", fill="DAEEF3", font="Liberation Serif", size=22), accepted=("OTHER", "MARF"), author="health",
)  # fmt: skip

COUNTY_IAF = layout(
    "county-inter-agency", "IAF", "Inter-Agency Referral Form: Children in Need and Child Protection", "report",
    running("Child's name: =child.name | Referral date: =ref.date"),
    heading("Section A: Agency making the referral"),
    pairs("Name of professional=author.name | Post held=author.role | Agency=author.agency | Agency address=author.address | Telephone number=author.phone | E-mail address=author.email"),
    heading("Section B: Child being referred"),
    pairs("Family name=child.family | First name(s)=child.given | Previous or other family names=child.alias | Date of birth or due date=child.dob | Sex=child.gender{Male/Female} | First language=child.language | Interpreter needed=child.interpreter{Yes/No} | Home address and postcode=child.address | Telephone=child.phone | School, nursery or college attended=child.school | Family doctor=child.gp"),
    options(f"Ethnic group of child (tick one)=child.ethnicity{ETHNIC_16}", 4),
    heading("Section C: Parents and others with parental responsibility"),
    grid("carers", "Name=name | Relationship to child=relationship | Date of birth=dob | Parental responsibility=pr{Yes/No/Not known} | Telephone=phone", 1),
    heading("Section D: Other children in the household who are not being referred"),
    grid("siblings", "Family name=family | First name=given | Date of birth=dob | Sex=gender", 2),
    heading("Section E: The referral"),
    pairs("Is this a child protection referral?=cp{Yes/No}", 1),
    boxes("State the reasons for the referral=box.reason+worries | State any injury or harm to the child=box.harm | State the strengths of the family=box.working_well | State the work of your agency with the family=box.actions_taken"),
    twin("Do the parents know about the referral?=consent.aware{Yes/No} | Do the parents agree to the referral?=consent.given{Yes/No}", "If no, when will they be told?=noise.blank | If no, state why you are referring=consent.reason"),
    look=Look(tick="brackets", fill="EEECE1", header="RESTRICTED"),
)  # fmt: skip

DUTY = layout(
    "duty-team-statutory", "MARF", "Multi-Agency Referral Form to the Duty and Assessment Team", "report",
    printed(("Level of need", "Where to send"), ("Targeted support", "Family help desk"), ("Statutory", "Duty and assessment team")),
    heading("1. Referrer"),
    pairs("Name=author.name | Job title=author.role | Agency or team=author.agency | Direct telephone=author.phone | Secure email address=author.email | Referral date=ref.date | How long have you known the child, and in what role?=author.relationship"),
    heading("2. Children"),
    grid("subjects", "Last name=family | First name=given | DOB / due date=dob | Gender=gender | Ethnicity=ethnicity | School or nursery=school | NHS number=nhs", 2),
    pairs("Home address=child.address | Telephone=child.phone | Previous address, if moved recently=family.previous", 1),
    heading("3. Adults"),
    grid("adults", "Last name=family | First name=given | DOB=dob | Relationship to the children=relationship | Has parental responsibility=pr | Mobile number=phone", 1),
    grid("elsewhere", "Last name=family | First name=given | Relationship to the children=relationship | Address=address", 1, title="Family members who live elsewhere"),
    heading("4. Consent"),
    pairs("Was consent sought from a parent?=consent.sought{Yes/No} | Was consent given by a parent?=consent.given{Yes/No} | Who gave consent?=consent.by | If consent was not sought or not given, give the reason=consent.reason | Are the parents aware of the referral?=consent.aware{Yes/No}", 1),
    heading("5. Information"),
    boxes("Reason for referral and what has changed=box.reason+worries | Known or likely harm to the children=box.harm+worries | Strengths and protective factors=box.working_well | Complicating factors=box.complicating | Action already taken by your agency=box.actions_taken"),
    grid("chronology", "Date of event=when | Event=event | Action by agency=action", 2, title="Chronology of significant events"),
    heading("6. Other agencies involved"),
    grid("workers", "Agency=agency | Name of worker=name | Role=role | Telephone=phone", 1),
    look=Look(tick="legacy", empty="legacy", fill="F2DCDB", size=18, joined=True),
)  # fmt: skip

PORTAL = layout(
    "portal-check-answers", "MARF", "Refer a child to the safeguarding hub: check your answers", "report",
    heading("About you"),
    pairs("Full name=author.name | Job role=author.role | Organisation=author.agency | Email address=author.email | Phone number=author.phone | Date of this referral=ref.date", 1, "lines"),
    heading("Permission"),
    pairs("Are the parents or carers aware that you are making this referral?=consent.aware{Yes/No} | Have the parents or carers agreed to this referral?=consent.given{Yes/No} | Why are you making the referral without agreement?=consent.reason", 1, "lines"),
    heading("About the child"),
    pairs("Child's first name=child.given | Child's last name=child.family | Other names the child uses=child.alias | Child's date of birth=child.dob | Child's sex=child.gender{Female/Male} | Child's ethnic group=child.ethnicity | Child's first language=child.language | Child's address=child.address | Child's postcode=child.postcode | Child's school, nursery or college=child.school | Is the child disabled?=child.disabled{Yes/No/I do not know} | Details of disability=child.disability", 1, "lines"),
    heading("People in the child's life"),
    grid("everyone", "Name=name | Relationship to the child=relationship | Date of birth=dob | Lives with the child=at_home | Telephone=phone", 0),
    heading("Your concerns"),
    boxes("What are your concerns about the child?=box.reason+worries | How do these concerns affect the child?=box.harm+worries | What are the strengths of the family?=box.working_well | What have you done so far to help?=box.actions_taken | What would you like to happen next?=box.next_steps", "same"),
    look=Look(tick="x", ruled=False, fill=""),
)  # fmt: skip

FAMILY_HELP = layout(
    "family-help-assessment", "EHA", "Family Help: Early Help Assessment", "work",
    heading("Who this assessment is about"),
    ChildBlocks(slots("First name=child.given | Last name=child.family | Date of birth=child.dob | Gender=child.gender{Female/Male} | Ethnicity=child.ethnicity | School or nursery=child.school | NHS number=child.nhs | Disability or additional need=child.disability"), 3, head="Young person {}"),
    pairs("Family address=child.address | Family postcode=child.postcode | Languages spoken=child.language"),
    grid("family", "Name of family member=name | Relationship to young person=relationship | Date of birth=dob | Parental responsibility (Y/N)=pr | Contact number=phone", 1),
    heading("The assessment"),
    columns("What is working well?=box.working_well | What are we worried about?=box.worries+reason | What needs to change?=box.next_steps"),
    boxes("What led to this assessment?=box.reason+worries | What does the young person think?=box.child_views | What does the parent or carer think?=box.parent_views"),
    heading("Information sharing"),
    pairs("Do you, the parent or carer, consent to this assessment being shared?=consent.given{Yes/No} | If no, please tell us why=consent.reason | Parent or carer signature=consent.signed | Date signed=noise.blank", 1),
    heading("Worker completing this assessment"),
    pairs("Name of worker=author.name | Job title=author.role | Organisation=author.agency | Telephone=author.phone | Email=author.email | Date assessment started=ref.start"),
    look=Look(tick="check_before", empty="control", prompt="Click or tap here to enter text.", fill="FFF2CC", colour="7F6000"),
)  # fmt: skip

YOUTH_JUSTICE = layout(
    "youth-justice-notification", "OTHER", "Youth Justice Service: Referral to Children's Social Care", "work",
    floating("Date of referral:=ref.date"),
    heading("Young person"),
    beside("Home address=child.address", "First name=child.given | Family name=child.family | Date of birth=child.dob | Gender=child.gender | Ethnicity=child.ethnicity"),
    pairs("Mobile number=child.phone | School, college or training=child.school | Religion=child.religion | Preferred language=child.language"),
    heading("Family"),
    grid("everyone", "Name=name | Relationship to young person=relationship | Date of birth=dob | Living with young person (Y/N)=at_home | Telephone number=phone", 2),
    pairs("Who holds parental responsibility?=family.pr", 1),
    heading("Concerns"),
    boxes("Reason for this referral=box.reason+worries | Risk of harm to the young person=box.harm+worries | Protective factors=box.working_well | Work completed by the youth justice service=box.actions_taken | Views of the young person=box.child_views", "beside"),
    questions("Is domestic abuse a factor?=flag.domestic_abuse{Yes/No/Not known} | Is mental health a factor?=flag.mental_health{Yes/No/Not known} | Is drug or alcohol use a factor?=flag.substance_misuse{Yes/No/Not known} | Is the young person aware of this referral?=flag.child_aware{Yes/No/Not known} | Are the parents or carers aware of this referral?=consent.aware{Yes/No/Not known}"),
    pairs("If the parents or carers are not aware, give reasons=consent.untold", 1),
    heading("Referring officer"),
    pairs("Name=author.name | Job title=author.role | Service=author.agency | Telephone=author.phone | Email=author.email"),
    look=Look(tick="glyph_after", fill="D9D9D9", colour="000000"), accepted=("OTHER", "MARF"),
)  # fmt: skip

CONVERSATION = layout(
    "strengths-needs-conversation", "SNF", "Strengths and Needs Conversation Record", "report",
    pairs("Child's full name=child.name | Date of birth=child.dob | Gender=child.gender | Address=child.address | Telephone number=child.phone | Ethnicity=child.ethnicity | School or setting=child.school | Unique pupil number=child.upn", 2, "colon"),
    turned("carers", ("Parent or carer 1", "Parent or carer 2"), "Full name=name | Relationship to child=relationship | Date of birth=dob | Telephone number=phone", title="Parents and carers"),
    grid("siblings", "Brothers and sisters: full name=name | Date of birth=dob", 1),
    heading("Conversation"),
    boxes("What has prompted this conversation?=box.reason+worries"),
    columns("Strengths of the child and family=box.working_well | Needs of the child and family=box.worries+harm+reason"),
    columns("What the child said=box.child_views | What the parents said=box.parent_views"),
    boxes("What will happen next?=box.next_steps"),
    pairs("Are the parents happy for this record to be shared?=consent.given{Yes/No} | Parent's signature=consent.signed | Conversation led by=author.name | Role=author.role | Organisation=author.agency | Telephone=author.phone | Email=author.email | Date started=ref.start", 2, "colon"),
    look=Look(tick="bold", fill="E2EFDA"), accepted=("SNF", "EHA"),
)  # fmt: skip

SHORT_CAF = layout(
    "short-caf", "CAF", "Common Assessment Framework (CAF): Short Form", "report",
    heading("1. Child or young person"),
    pairs("Last name=child.family | First name=child.given | Also known as=child.alias | Date of birth or expected date of delivery=child.dob | Gender=child.gender{Male/Female} | Address=child.address | Postcode=child.postcode | Telephone number=child.phone | Ethnicity=child.ethnicity | First language=child.language | Religion=child.religion | GP=child.gp", 1),
    sentence("The child {} have a disability.=child.disabled{does/does not}"),
    pairs("Details of disability=child.disability", 1),
    heading("2. Family and home"),
    grid("family", "Name=name | Relationship to child=relationship | Date of birth=dob | Address, if different=address", 2, below=1),
    pairs("Person(s) with parental responsibility=family.pr", 1),
    heading("3. Assessment"),
    boxes("What has led to this assessment?=box.reason+worries | Child's development: strengths and needs=box.harm+worries+other | Parenting: strengths and needs=box.working_well+family+other | Family and environment=box.family+other | Child's comments=box.child_views | Parents' comments=box.parent_views"),
    heading("4. Assessor"),
    pairs("Name of assessor=author.name | Role of assessor=author.role | Organisation=author.agency | Telephone number=author.phone | Email=author.email | Date of assessment=ref.start | Name of lead professional=lead.name | Lead professional's telephone number=lead.phone"),
    heading("5. Consent"),
    pairs("I agree to this assessment being shared with the services that can help. Signature of parent or carer=consent.signed | Date=noise.blank"),
    look=Look(tick="strike", fill="FDE9D9", dates="slashes", hints=True),
)  # fmt: skip

MAP_TWO = layout(
    "signs-of-safety-two", "SOS", "Signs of Safety: Assessment and Planning Map", "work",
    pairs("Name of child=child.name | Child's date of birth=child.dob | Child's address=child.address | Completed by=author.name | Job title=author.role | Agency=author.agency | Telephone=author.phone | Email=author.email | Date=ref.date", 3, "colon"),
    grid("family", "Who is in the family? Name=name | Relationship to child=relationship | Date of birth=dob", 1),
    columns("What are we worried about?=box.worries+reason | What is working well?=box.working_well | What needs to happen next?=box.next_steps"),
    boxes("What harm has happened to the child?=box.harm+worries | What makes this situation more complicated?=box.complicating"),
    columns("Child's view=box.child_views | Parents' view=box.parent_views"),
    pairs("Safety scale: 0 is certain harm, 10 is safe enough to close. Score today=scale", 1),
    look=Look(tick="bold", landscape=True, fill="DBE5F1"),
)  # fmt: skip

COLLEGE = layout(
    "college-single-service", "SSR", "Single Service Request: Colleges and Training Providers", "report",
    heading("Student"),
    pairs("Student surname=child.family | Student first name=child.given | Preferred name=child.alias | Date of birth=child.dob | Gender=child.gender | Ethnicity=child.ethnicity | Home address=child.address | Postcode=child.postcode | Student telephone=child.phone | Unique pupil number=child.upn | First language=child.language | Religion=child.religion", 3, "above"),
    grid("carers", "Parent or carer=name | Relationship=relationship | Telephone=phone | Parental responsibility=pr{Yes/No}", 1),
    heading("Agreement"),
    pairs("The parent or carer knows about this request=consent.aware{Yes/No} | The parent or carer agrees to this request=consent.given{Yes/No} | The parent or carer agrees to information being shared=consent.share{Yes/No} | If any answer is no, the reason is=consent.reason", 1, "cells"),
    heading("Request"),
    boxes("Reason for request=box.reason+worries | Support already in place and its effect=box.actions_taken | Outcome wanted=box.next_steps | Student's view=box.child_views | Parent's or carer's view=box.parent_views", "same"),
    heading("Request made by"),
    pairs("Name=author.name | Position=author.role | College or provider=author.agency | Telephone=author.phone | Email=author.email | Date of request=ref.date", 3, "above"),
    look=Look(tick="x", fill="C6D9F0"), author="school",
)  # fmt: skip

REFUGE = layout(
    "domestic-abuse-service-referral", "OTHER", "Domestic Abuse Service: Referral of a Child", "work",
    heading("Section 1: Mother or main carer"),
    pairs("Full name=carer1.name | Date of birth=carer1.dob | Safe telephone number=carer1.phone | Ethnicity=carer1.ethnicity | Relationship to child=carer1.relationship"),
    heading("Section 2: Children being referred"),
    grid("subjects", "Full name of child=name | Date of birth or due date=dob | Boy or girl=gender | School or nursery=school", 2),
    pairs("Address where the children are living=child.address", 1),
    heading("Section 3: Concerns"),
    boxes("What has happened?=box.reason+worries | How have the children been affected?=box.harm | What is keeping the children safe?=box.working_well | What support is the service giving?=box.actions_taken"),
    pairs("Name of the person alleged to have caused harm=safety.alleged_perpetrator | Previous involvement with social care=history.previous_involvement", 1),
    heading("Section 4: Consent"),
    pairs("The mother or main carer is aware of this referral=consent.aware{Yes/No} | The mother or main carer consents to this referral=consent.given{Yes – written/Yes – verbal/No} | Reason for referring without consent=consent.reason", 1),
    heading("Section 5: Referring worker"),
    pairs("Worker's name=author.name | Worker's role=author.role | Service=author.agency | Worker's telephone=author.phone | Worker's email=author.email | Date of referral=ref.date"),
    look=Look(tick="check", fill="EADCF4", colour="5F497A"), accepted=("OTHER", "MARF"), author="voluntary",
)  # fmt: skip

LAYOUTS = [
    HUB, ASSISTANCE, AMBULANCE, DENTAL, COUNTY_IAF, DUTY, PORTAL, FAMILY_HELP, YOUTH_JUSTICE, CONVERSATION, SHORT_CAF, MAP_TWO, COLLEGE, REFUGE,
]  # fmt: skip
