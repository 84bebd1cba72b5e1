"""More layouts to tune and calibrate on."""

from __future__ import annotations

from benchmarks.reading.layouts.common import YN
from benchmarks.reading.look import Look
from benchmarks.reading.spec import (
    ChildBlocks,
    boxes,
    columns,
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
)

SHROPSHIRE_LIKE = layout(
    "consent-before-all", "MARF", "Multi-Agency Referral Form", "fit",
    guide("BEFORE PROCEEDING: you must tell those with parental responsibility that you are referring, unless doing so raises the risk."),
    pairs(f"Have you obtained parental consent to make this referral and share information?=consent.given{YN} | If you haven't obtained parental consent, why not?=consent.reason | Tick here if the parents do NOT know that you are referring=consent.unaware{{✓}}", 1, "cells"),
    heading("1.  Child / Young Person Details"),
    pairs("Child's First Name=child.given | Child's Surname / Last Name=child.family | Any alternative name=child.alias", 3, "above"),
    pairs("Date of Birth or Estimated Date of Delivery=child.dob | Gender (M/F)=child.gender | Religion=child.religion | Language or preferred method of communication=child.language", 4, "above"),
    pairs("Child's home address=child.address | Post code=child.postcode | Home or mobile number=child.phone | Ethnicity=child.ethnicity | School, college or pre-school=child.school | NHS number=child.nhs", 2),
    heading("2.  Adults and Children in the Family"),
    grid("family", "Full name=name | Date of birth=dob | Relation to the child=relationship | Holds parental responsibility Y/N=pr", 3),
    heading("3.  Your Concerns"),
    boxes("What are your specific concerns, and what evidence do you have?=box.reason+worries | What is the impact on the child?=box.harm+worries | What are the strengths in the family?=box.working_well | What have you done to support the family?=box.actions_taken"),
    heading("4.  Referrer"),
    pairs("Your Name=author.name | Job Role=author.role | Agency Name=author.agency | Phone Number=author.phone | Secure Email=author.email | Date of Referral=ref.date", 2),
    look=Look(tick="check", fill="D9D9D9", colour="000000"),
)  # fmt: skip

TWO_LEVELS = layout(
    "two-level-referral", "OTHER", "Early Help and Safeguarding Referral Form", "fit",
    options("Type of referral=type{Early help referral – Level 2 and 3/Safeguarding referral – Level 4, child protection}", 2),
    pairs(f"Have you informed the family that you are making a referral?=consent.aware{YN} | Have you obtained consent from the family to discuss and share information with appropriate agencies?=consent.given{YN} | If no, reason why=consent.reason", 1),
    heading("1. Referrer details"),
    pairs("Name=author.name | Agency=author.agency | Designation=author.role | Telephone number=author.phone | Email address=author.email | Date=ref.date"),
    heading("1a. Child's details"),
    pairs(f"Name of child=child.name | Religion=child.religion | Also Known As/alias=child.alias | Ethnicity=child.ethnicity | Date of Birth or Expected Date of Delivery=child.dob | Age=child.age | Interpreter/signer needed?=child.interpreter{YN} | Gender=child.gender{{M/F/Unknown}} | GP name and practice=child.gp | Education provider/employer=child.school | Does the child have a disability?=child.disabled{{Yes/No/Unknown}} | Own agency reference number (e.g. NHS No, UPN)=child.number | State diagnosis if known=child.disability | Child's address and postcode=child.address"),
    heading("1b. Siblings and other related children's details"),
    grid("siblings", "Full name=name | DOB / EDD=dob | Gender=gender | Relationship to child referred? e.g. brother, sister=relationship | Ethnic origin=ethnicity", 2),
    heading("2a. Parent/carer details"),
    grid("carers", "Full name=name | DOB=dob | Address and contact number=phone | Relationship to child referred? e.g. mother, father=relationship | Do they have parental responsibility=pr{Yes/No/Unknown}", 1),
    heading("3. Reason for referral"),
    boxes("What is the concern or need?=box.reason+worries | What is working well for the child and family?=box.working_well | Views of the child=box.child_views | Views of the parent/carer=box.parent_views | Outcome wanted=box.next_steps"),
    look=Look(tick="legacy_dropdown", empty="legacy", fill="DAEEF3", dates="boxes"), accepted=("OTHER", "MARF", "EHA"),
)  # fmt: skip

REFERRER_BESIDE = layout(
    "dangers-and-safety", "OTHER", "Safeguarding Referral: Children & Families Social Care Service", "fit",
    guide("If you complete the form on screen, the boxes grow with your text."),
    pairs("Date of Referral:=ref.date"),
    grid("subjects", "Forename(s)=given | Surname=family | Date of Birth=dob", 2, title="Identifying details: Children"),
    pairs("Referrer: Name=author.name | Referrer: Role=author.role | Referrer: Agency=author.agency | Referrer: Contact number=author.phone | Referrer: Email=author.email | Child's Address:=child.address", 2),
    grid("everyone", "Name=name | Relationship to Child=relationship | Sex=gender | D.O.B.=dob | Contact number=phone | Address, if elsewhere=address", 2, below=1, title="Composition of Family and who else lives at the child's address including non family members"),
    pairs("Childs ethnicity=child.ethnicity | First language=child.language | Is an interpreter required=child.interpreter{Yes/No} | Childs religion=child.religion"),
    boxes("Overview of Agency Involvement with child/family=box.actions_taken | Breakdown of information for referral=box.reason+worries"),
    columns("Current Dangers/Risks (what are you worried about in relation to this child?)=box.worries+harm | Safety and Protective Factors (that reduce the risks identified)=box.working_well"),
    columns("Historic or Complicating Factors (what factors contribute to difficulty for the child)=box.complicating | Views of the family=box.parent_views"),
    pairs("Parents informed of referral?=consent.aware{Yes/No} | Consent obtained?=consent.given{Yes/No} | Comment if no=consent.reason", 1),
    look=Look(tick="x", fill="F2DBDB", header="APPENDIX ONE", footer="FEBRUARY 2014"), accepted=("OTHER", "MARF"),
)  # fmt: skip

EXPLOITATION_FIT = layout(
    "exploitation-part-numbers", "OTHER", "Child Exploitation Referral Form", "fit",
    heading("PART 1 – REFERRER'S DETAILS"),
    pairs("Name:=author.name | Agency:=author.agency | Job title:=author.role | Telephone:=author.phone | Email:=author.email | Date Completed:=ref.date", 1, "colon"),
    heading("PART 2 – SUBJECT'S DETAILS"),
    pairs("Family name:=child.family | First name:=child.given | Alternative name(s):=child.alias | Date of birth:=child.dob | Address:=child.address | State if any disability and if so, what this is=child.disability | Parent/Guardian=family.parents | Ethnicity=child.ethnicity | Schools/Education establishments.=child.school | Mobile telephone=child.phone", 1, "colon"),
    questions("Are Parents/carers aware of the referral?=consent.aware{YES/NO} | Does young person have full awareness of the referral?=flag.child_aware{YES/NO} | Is the young person looked after?=flag.looked_after{YES/NO}"),
    pairs("If parents/carers are not aware, why?=consent.untold", 1),
    options("Basis of concerns regarding exploitation=noise.indicators{Disclosure/Going missing/Concerns about relationship with older person/Alcohol or drug use/Changed behaviour/Unexplained money or items}", 3),
    heading("PART 3 – DETAILS OF CASE / INCIDENT / INTELLIGENCE"),
    boxes("What has happened?=box.reason+worries | What do you think the risk is?=box.harm+worries"),
    heading("PART 4 – DETAILS OF AGENCY INVOLVEMENT"),
    grid("workers", "Name=name | Agency=agency | Role=role | Telephone=phone", 3),
    look=Look(tick="symbol", fill="E5DFEC", footer="Draft Version 5"), accepted=("OTHER", "MARF"),
)  # fmt: skip

BIRTH_PLAN_LIKE = layout(
    "blanks-to-fill", "OTHER", "Children's Services: Record of Referral", "fit",
    guide("[This form is designed to be completed by hand; the typed version differs slightly.]"),
    pairs("Mother's name:=carer1.name | Mother's date of birth:=carer1.dob | Mother's telephone:=carer1.phone | Father's name:=carer2.name | Father's date of birth:=carer2.dob | Father's telephone:=carer2.phone", 2, "dotted"),
    pairs("Child's name:=child.name | Date of birth or estimated date of delivery:=child.dob | Sex:=child.gender | Home address:=child.address | School or health visitor base:=child.school | Family doctor:=child.gp", 1, "lines"),
    sentence("The parents {} know that this record is being made.=consent.aware{do/do not}"),
    sentence("Consent {} given by a person with parental responsibility.=consent.given{was/was not}"),
    pairs("If consent was not given, why:=consent.reason", 1, "lines"),
    boxes("Concerns:=box.reason+worries | Support in place:=box.actions_taken | What is going well:=box.working_well", "same"),
    pairs("Referrer's name:=author.name | Post:=author.role | Agency:=author.agency | Contact details (telephone):=author.phone | Contact details (e-mail):=author.email | Date of referral:=ref.date", 1, "dotted"),
    look=Look(tick="delete", ruled=False, empty="underscore", font="Liberation Serif", size=22), accepted=("OTHER", "MARF"),
)  # fmt: skip

CHILDREN_CENTRE = layout(
    "children-centre-request", "EHA", "Early Help Assessment and Family Hub Request", "fit",
    heading("1. REFERRER INFORMATION"),
    pairs("Referrer's name*=author.name | Referrer's agency/service*=author.agency | Referrer's role=author.role | Referrer's telephone*=author.phone | Referrer's email *=author.email | Date=ref.date", 2, "left", "Referrer"),
    heading("2. FAMILY INFORMATION"),
    turned("carers", ("PRIMARY CARER 1", "PRIMARY CARER 2"), "Name*=name | Telephone*=phone | Date of birth=dob | Relationship to child*=relationship | Parental responsibility=pr | Ethnicity=ethnicity"),
    pairs("Address and postcode*=child.address | Family telephone=child.phone", 1, "colon"),
    ChildBlocks(slots("Name:=child.name | Gender=child.gender{Male/Female} | Date of Birth:=child.dob | Ethnicity:=child.ethnicity | Disability / Health needs=child.disabled{Yes/No} | Name of Preschool/Nursery/School/Childminder=child.school"), 3, 2, "Child {}*"),
    heading("3. REFERRAL INFORMATION"),
    boxes("Please outline what is currently working well for the family=box.working_well | Please outline what you or the family are worried about=box.worries+reason | Please say what support is asked for=box.next_steps"),
    heading("4. CONSENT"),
    options("Consent of primary carer=consent.state{Agreed/Agreed with limits – partial/Declined/Not yet asked}", 4),
    pairs("Details=consent.reason", 1),
    look=Look(tick="check_before", empty="control", fill="FFF2CC", size=18), accepted=("EHA", "OTHER"),
)  # fmt: skip

HEADTEACHER = layout(
    "school-front-sheet", "MARF", "MASH Referral: School Front Sheet and Report", "fit",
    printed(("Attach", "Chronology, attendance, body map"), ("Do not attach", "Statements that you asked a child to write")),
    pairs("Pupil surname=child.family | Pupil forename=child.given | Preferred name=child.alias | DOB=child.dob | UPN=child.upn | Gender=child.gender | Ethnicity code=child.ethnic_code | Address line=child.address | Postcode=child.postcode | Parental contact=family.phone", 3, "stacked"),
    grid("family", "Contact=name | Relation=relationship | PR=pr | Tel=phone | DOB=dob", 0),
    grid("chronology", "Date=when | Concern logged=event | Action by school=action", 2, title="Chronology from safeguarding log"),
    boxes("Report: reason for referral=box.reason+worries | Report: harm=box.harm | Report: what helps=box.working_well | Report: lived experience of the pupil=box.child_views", "beside"),
    pairs("Persons with parental responsibility=family.pr | Parents told?=consent.aware{Y/N/Unsure} | Parents agree?=consent.given{Y/N/Unsure} | If N, justification=consent.reason | Designated lead who approved this referral=dsl.name | Has the lead been consulted?=flag.lead_discussed{Y/N}", 1),
    pairs("Author=author.name | Author's post=author.role | School=author.agency | School tel.=author.phone | Author's email=author.email | Dated=ref.date", 3, "above"),
    look=Look(tick="brackets", fill="DBE5F1", dates="slashes", spaced=True), accepted=("MARF", "OTHER"), author="school",
)  # fmt: skip

PORTAL_CONCERN = layout(
    "portal-public-and-professional", "OTHER", "Report a concern about a child", "fit",
    guide("Form reference: CH-88213"),
    heading("1. You"),
    pairs("Are you reporting this as part of your job?=noise.q_job{Yes} | What is your name?=author.name | What is your job?=author.role | Who do you work for?=author.agency | What is your email address?=author.email | What is your telephone number?=author.phone", 1, "lines"),
    heading("2. The child or young person"),
    pairs("What is the child's first name?=child.given | What is the child's family name?=child.family | What is the child's date of birth?=child.dob | If you do not know, roughly how old is the child?=child.age | What is the child's address?=child.address | What is the child's gender?=child.gender | What is the child's ethnic origin?=child.ethnicity | What school or nursery does the child go to?=child.school", 1, "lines"),
    heading("3. The family"),
    grid("everyone", "Person's name=name | Relationship to the child=relationship | Date of birth=dob | Telephone=phone", 0),
    heading("4. The concern"),
    boxes("What is your concern?=box.reason+worries | How is the child affected?=box.harm | Where is the child now?=safety.current_location | What is the family already doing well?=box.working_well", "same"),
    pairs("Does the family know you are reporting this?=consent.aware{Yes/No} | Has the family agreed?=consent.given{Yes/No} | Why has the family not been asked, or not agreed?=consent.reason", 1, "lines"),
    look=Look(tick="x", ruled=False, fill=""), accepted=("OTHER", "MARF"),
)  # fmt: skip

COLUMNS_FIT = layout(
    "people-as-columns", "IAF", "Inter-Agency Referral: Household Form", "fit",
    running("Name of child: =child.name | DOB: =child.dob"),
    heading("Section 1: Referring agency"),
    pairs("Name of worker=author.name | Worker's signature=author.signature | Post=author.role | Agency=author.agency | Tel=author.phone | Email=author.email | Date of referral=ref.date", 2),
    heading("Section 2: Child"),
    pairs("Surname=child.family | First name=child.given | M/F=child.gender | Ethnicity=child.ethnicity | Home address=child.address | Contact number=child.phone | School=child.school | GP=child.gp", 2, "left", "Child"),
    heading("Section 3: Parents / carers"),
    turned("adults", ("Parent / carer 1", "Parent / carer 2", "Parent / carer 3"), "First name=given | Surname=family | DOB=dob | Relationship to child=relationship | Parental responsibility (Y/N)=pr | Contact number=phone"),
    grid("siblings", "Brother or sister=name | DOB=dob | School=school", 2),
    heading("Section 4: Referral"),
    boxes("Reason for referral=box.reason+worries | Risks=box.harm+worries | Strengths=box.working_well | Action already taken=box.actions_taken", "beside"),
    pairs("Parents aware of referral=consent.aware{Yes/No/Not known} | Parents consent to referral=consent.given{Yes/No/Not known} | If no consent, state why=consent.reason", 1, "cells"),
    look=Look(tick="glyph_after", fill="EAF1DD", header="OFFICIAL"),
)  # fmt: skip

LAYOUTS = [SHROPSHIRE_LIKE, TWO_LEVELS, REFERRER_BESIDE, EXPLOITATION_FIT, BIRTH_PLAN_LIKE, CHILDREN_CENTRE, HEADTEACHER, PORTAL_CONCERN, COLUMNS_FIT]
