"""How forms word the same question: for each key, wordings any split may use, then those of fit, work and report alone.

Taken in kind from public templates; the last of each list are plain-language wordings that no template is known to have.
"""

from __future__ import annotations

Wordings = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]

LABELS: dict[str, Wordings] = {
    "child.given": (("First name(s)", "Forename"), ("Given name(s)", "Given names", "First Name", "Forenames in full", "Child's first name", "Forename(s) / given names"), ("Forename(s)", "Christian / first names"), ("First and middle names", "First names in full")),
    "child.family": (("Surname", "Last name"), ("Family name", "Legal surname", "Family Name (include other names used)", "Child's last name", "Family name / surname"), ("Child's surname",), ("Surname / family name", "Last name (family name)")),
    "child.name": (("Name of child", "Child's name"), ("Name of child or young person", "Child/Young Person's full name", "Full name of child", "Pupil/Child name", "Who is this form about?"), ("Name of child/Unborn Baby", "Name of the young person"), ("Full name of the child being referred", "Name of the child or young person you are worried about")),
    "child.alias": (("Also known as",), ("AKA / previous names", "Any alternative name", "Known as", "Other names", "Former or other names"), ("Other names used", "Other known as names"), ("Any other name by which child is known", "Previous or other surnames")),
    "child.dob": (("Date of birth", "DOB"), ("DOB / EDD", "DoB or EDD", "D.O.B", "Date of birth or estimated due date", "Birth date", "When was the child born?"), ("Date of birth or due date", "DoB/due date", "Born on"), ("D.O.B. (or expected date of delivery)", "Date of birth / expected birth date")),
    "child.gender": (("Gender",), ("Sex", "Gender (m/f)", "M/F", "Boy or girl?"), ("Gender M/F", "Sex of child"), ("Male or female", "M / F")),
    "child.ethnicity": (("Ethnicity",), ("Ethnic origin", "Child's ethnicity", "Ethnic group", "What is the child's ethnic background?", "Ethnic origin / background"), ("Ethnic background", "Ethnicity of child"), ("How does the child describe their ethnicity?", "Race / ethnicity")),
    "child.religion": (("Religion",), ("Faith", "Religion or faith", "Child's religion", "Religion / faith"), ("Religion / belief",), ("Religion or faith group",)),
    "child.language": (("First language",), ("Language spoken at home", "Child's first language", "Main language", "Home language", "What language does the child speak?", "Language preferred"), ("1st Language", "Language(s) spoken"), ("Preferred language", "Languages spoken")),
    "child.nhs": (("NHS Number",), ("NHS No.", "NHS No", "National Health Service number"), ("NHS no",), ("NHS number (if known)",)),
    "child.upn": (("UPN",), ("Unique Pupil Number", "Unique Pupil Number (UPN)", "UPN (schools)"), ("Unique Pupil No:",), ("Pupil number (UPN)",)),
    "child.address": (("Address", "Home address"), ("Main family address", "Primary address", "Family address", "Current home address", "Usual address", "Where is home?", "Where does the child live?", "Home address of child"), ("Current address", "Address of child", "Lives at"), ("Where does the child normally live?", "Child's permanent address")),
    "child.postcode": (("Postcode",), ("Post Code", "Postcode (home)", "Postal code"), ("Post code",), ("Postcode of home address",)),
    "child.phone": (("Telephone",), ("Contact tel. no.", "Tel No", "Home telephone", "Family's phone number", "Contact Numbers", "Telephone / mobile", "Number to ring the family on"), ("Tel/Mobile", "Telephone/Mobile nos."), ("Best contact number for the family", "Contact No")),
    "child.school": (("School / nursery",), ("School attended", "School or nursery", "Name of school or educational setting", "Nursery / school / college", "Which school or nursery?", "School or early years provider"), ("School/Nursery/College", "School attending"), ("Education setting", "Early years setting or school")),
    "child.gp": (("GP",), ("GP and surgery", "GP name and practice", "Family doctor"), ("GP details", "Doctor (GP)"), ("Registered GP", "Name and address of GP")),
    "author.name": (("Name", "Name of referrer"), ("Referrer's name", "Full name", "Your name", "Completed by", "Referred by", "Who is filling in this form?"), ("Person making this referral", "Referrer", "Form completed by"), ("Name of professional completing this form", "Name of person referring")),
    "author.role": (("Job title", "Role"), ("Designation", "Post held", "Your role", "Occupation", "What is your job?", "Role / job", "Job"), ("Position", "Role / job title"), ("Professional role", "Post title")),
    "author.agency": (("Agency", "Organisation"), ("Agency / team", "Organisation name", "Agency/School", "Your organisation", "Where do you work?", "Agency or team", "Place of work"), ("Organisation / service", "Service or school"), ("Employer or service", "Referring agency")),
    "author.phone": (("Telephone", "Contact number"), ("Tel No", "Tel", "Direct line", "Work telephone", "How can we ring you?"), ("Phone number", "Tel no."), ("Daytime telephone", "Contact telephone")),
    "author.email": (("Email",), ("E-mail address", "Email address", "E-mail", "Your email"), ("Secure email", "Email contact"), ("Work e-mail", "Email (secure)")),
    "ref.date": (("Date of referral", "Date"), ("Date completed", "Date of Referral:", "Referral date", "Today's date", "Date of making this referral", "Date form filled in"), ("Date of this referral", "Date sent"), ("Date form completed", "Date referral made")),
    "box.reason+worries": (("Reason for referral",), ("Reasons for referral (what has happened and when)", "Reason(s) for referral", "Details of concern", "Why are you referring this child?", "What is happening that makes you contact us?"), ("Why are you making this referral?", "Presenting concerns", "Cause for concern"), ("What has led you to refer this child?", "Nature of concern and reason for referral")),
    "box.worries+reason": (("What are you worried about?",), ("What are we worried about?", "What are your concerns?", "Your worries about the child", "Summary of your current concerns"), ("Your concerns and their effect on the child", "What concerns do you have?"), ("Describe your worries about this child", "What worries you most?")),
    "box.harm+worries": (("Harm to the child",), ("What harm has the child suffered or is likely to suffer?", "Past harm", "Risk of harm", "What harm has been done?", "Harm that has been seen or reported"), ("Past and current harm", "Type of harm"), ("What harm have you seen or been told of?", "Actual or likely harm")),
    "box.working_well": (("What is working well?",), ("Strengths and protective factors", "What's working well?", "What is going well for the child?", "Existing strengths", "What goes right in this family?"), ("What's going well?", "Protective factors"), ("What are the family's strengths?", "Strengths")),
    "box.actions_taken": (("Actions taken so far",), ("What have you done so far?", "What has your agency done?", "Work already undertaken", "Services offered and outcomes", "Action taken to date", "What you have done to help"), ("Support already offered, and its outcome", "What has been tried?"), ("Steps your agency has taken", "Interventions to date")),
    "box.next_steps": (("What needs to happen?",), ("What outcome do you want?", "What would you like to happen?", "Anticipated outcomes", "Goals", "What do you want us to do?", "What result are you hoping for?", "What should happen next?"), ("Desired outcome of this referral", "Next steps"), ("What do you hope this referral will achieve?", "Expected response")),
    "box.child_views": (("Child's views",), ("Views of the child or young person", "Child's wishes and feelings", "What does the child want?", "Child / young person's comments"), ("What does the child say?", "Voice of the child"), ("The voice of the child", "Child's account")),
    "box.parent_views": (("Parents' views",), ("Views of parents/carers", "What are the parents' views?", "Parent or carer's comments", "Family's view"), ("What do the parents say?", "Views of the parents or carers"), ("Parents' or carers' own view of the referral", "Parental views")),
    "consent.aware": (("Are the parents/carers aware of this referral?",), ("Have you told the parents about this referral?", "Is the parent aware of the referral?", "Has the referral been discussed with the parent/carer?", "Are parents/carers aware that you are referring?", "Do mum and dad know?"), ("Do the parents know about this referral?", "Parents informed of referral?"), ("Has the family been informed of this referral?", "Is the family aware of the referral?")),
    "consent.given": (("Has consent been given?",), ("Have the parents consented to this referral?", "Has the parent given consent?", "Consent obtained?", "Do you have consent?", "Did they say yes to it?"), ("Do you have parental consent?", "Parental consent given"), ("Does the parent/carer agree to this referral?", "Has consent been obtained from a person with parental responsibility?")),
    "consent.reason": (("If no, please say why",), ("If not, why not?", "If no, please give reasons", "Reason consent was not obtained", "If 'No', please state why", "If no consent, on what grounds are you referring?"), ("If no, give the reason", "Reason for no consent"), ("Please explain if you answered No", "If consent was not given or sought, why?")),
    "given": (("First name",), ("Forename", "Given name(s)", "Forename(s)", "First names", "Forename / first name"), ("Given name",), ("First names", "First name(s)")),
    "family": (("Surname",), ("Last name", "Last Name", "Surname(s)", "Surname / last name"), ("Family name",), ("Last / family name", "Surname / family name")),
    "name": (("Name",), ("Full name", "First and last names", "Full Name", "Who"), ("Name in full",), ("Person's name", "Name (first and last)")),
    "dob": (("DOB",), ("Date of birth", "D.O.B", "DoB or EDD", "Born", "DOB / due date"), ("DoB/EDD",), ("D.O.B.", "Date of birth / EDD")),
    "gender": (("Gender",), ("M/F", "Gender M/F", "Male/Female"), ("Sex",), ("Gender M / F",)),
    "relationship": (("Relationship to child",), ("Relationship", "Relationship to child(ren)", "Relation to the child", "How related?", "Relationship to the child/children"), ("Relation",), ("Relationship to subject child", "Relationship to child/young person")),
    "ethnicity": (("Ethnicity",), ("Ethnic origin", "Ethnic background"), ("Ethnic group",), ("Ethnic background", "Race/ethnicity")),
    "pr": (("Parental responsibility",), ("PR", "PR?", "Parental responsibility Y/N", "Has PR?"), ("PR Y/N",), ("Holds parental responsibility?", "PR (yes/no)")),
    "phone": (("Telephone",), ("Contact No", "Tel. no.", "Phone", "Contact tel."), ("Tel",), ("Contact number", "Telephone number")),
    "agency": (("Agency",), ("Organisation", "Team/Agency", "Agency name", "Works for"), ("Service",), ("Agency / employer", "Organisation / team")),
    "role": (("Role",), ("Job title", "Job Title", "Designation", "Position"), ("Profession",), ("Professional role", "Post")),
    "at_home": (("Living in home Y/N",), ("Lives with child?", "In household? Y/N", "Same address Y/N"), ("Lives at home Y/N",), ("Resident in home (Y/N)",)),
    "focus": (("Focus of referral",), ("Being referred?", "Subject of referral Y/N", "Also referred"), ("Referred? Y/N",), ("Is this child being referred?",)),
}  # fmt: skip
CHILD_HEADINGS = (
    ("Child's details", "Details of child / young person"),
    ("About the child", "Identifying details", "Child / Young Person", "The child", "SECTION 1: CHILD"),
    ("Section 1: Child or young person", "Part A: the child"),
    ("Subject child", "Child or young person referred"),
)
FAMILY_TITLES = (
    ("Family members living in the household", "Parents, carers and household members"),
    ("Who lives at home", "Household members:", "Details of parents/carers and others in the home", "Family composition", "The family"),
    ("Family and household", "Other people living with the child"),
    ("Household composition", "People at the child's address"),
)
SIBLING_TITLES = (
    ("Brothers and sisters",),
    ("Siblings who are not being referred", "Other children in the family", "Siblings"),
    ("Siblings living at home",),
    ("Brothers and sisters not referred",),
)
ELSEWHERE_TITLES = (
    ("Significant others:",),
    ("Other significant adults", "Important people not living in the household", "Family members living elsewhere"),
    ("Other significant people not in the home",),
    ("Significant adults outside the household",),
)
WORKER_TITLES = (
    ("Other agencies involved", "Professionals working with the family"),
    (
        "Services working with this child or family",
        "Professionals involved",
        "Key professionals (GP, school, health visitor)",
        "Who else is helping?",
    ),
    ("Other professionals involved",),
    ("Agencies known to be involved", "Details of professionals involved with the family"),
)
REFERRER_HEADINGS = (
    ("Referrer details", "Person making the referral"),
    ("Your details", "Details of person completing this form", "About you", "Referrer", "This form completed by"),
    ("Referred by", "Details of referrer"),
    ("Details of the person making this referral", "Referring professional"),
)
CONCERN_HEADINGS = (
    ("Concerns", "Reason for referral"),
    ("Your worries", "Assessment", "Why are you contacting us?", "Information about the concern"),
    ("Details of concerns",),
    ("Presenting concerns",),
)
CONSENT_HEADINGS = (
    ("Consent",),
    ("Consent and information sharing", "Agreement", "Parental consent"),
    ("Consent and confidentiality",),
    ("Information sharing and consent",),
)
