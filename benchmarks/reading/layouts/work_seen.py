"""Layouts to look at while working that were kept for the figures until they had been looked at."""

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

FRONT_DOOR = layout(
    "front-door-contact", "MARF", "Contact and Referral to the Children's Front Door (MARF)", "work",
    guide("Worried about a child right now? Telephone first. This form follows the call."),
    options("What are you asking us for? Tick one only=type{Protection from significant harm (Section 47)/Support for a child in need (Section 17)/Targeted early help}", 1),
    heading("Young person being referred"),
    pairs("Family surname=child.family | Young person's first name=child.given | Nickname, or name before=child.alias", 3, "above"),
    pairs("Born on (or due on)=child.dob | Identifies as=child.gender | Heritage=child.ethnicity | Faith=child.religion", 4, "above"),
    pairs("Lives at=child.address | Post code=child.postcode | Household telephone=child.phone", 3, "above"),
    pairs("Speaks=child.language | Interpreter to be booked?=child.interpreter{No/Yes} | Education setting=child.school | Doctor=child.gp", 4, "above"),
    heading("People around the young person"),
    grid("everyone", "Full name=name | Date of birth=dob | Who are they to the young person?=relationship | Under the same roof?=at_home | Has parental responsibility?=pr", 3),
    heading("Before you send this"),
    pairs("Do the adults who care for the young person know you are contacting us?=consent.aware{Yes/No} | Did they say yes to it?=consent.given{Yes – in writing/Yes – by word of mouth/No} | Name of the adult who said yes=consent.by | If you did not ask, or they said no, why are you still contacting us?=consent.reason", 1),
    heading("Your account"),
    boxes("What have you seen, heard or been told?=box.reason+worries | What could happen if nobody steps in?=box.worries+harm | Good things in this young person's life=box.working_well | Help offered up to now=box.actions_taken | What would you like us to do?=box.next_steps"),
    heading("Who is contacting us?"),
    pairs("You are=author.name | You work as=author.role | For=author.agency | Ring you on=author.phone | Write to you at=author.email | Form filled in on=ref.date"),
    look=Look(tick="dropdown", empty="control", prompt="Enter details", fill="D5E8D4", colour="1B4D3E", dates="control"),
)  # fmt: skip

NURSERY = layout(
    "early-years-concern", "OTHER", "Early Years Setting: Passing on a Safeguarding Concern", "work",
    pairs("Setting=author.agency | Person completing=author.name | Post in setting=author.role | Setting phone=author.phone | Setting e-mail=author.email | Completed=ref.date", 2, "stacked"),
    pairs("Has the setting's safeguarding lead been told?=flag.lead_discussed{Y/N} | Safeguarding lead=dsl.name | Lead's number=dsl.contact", 3, "stacked"),
    heading("Little one's details"),
    pairs("First and middle names=child.given | Surname (legal)=child.family | Birth date=child.dob | Boy / girl=child.gender | Main home=child.address | Number for parent=family.phone | Mother tongue=child.language | Cultural background=child.ethnicity | Additional needs=child.disability", 3, "stacked"),
    heading("Who collects and cares"),
    grid("family", "Name of adult or child=name | They are the child's=relationship | Birth date=dob | PR=pr", 2),
    heading("The concern"),
    boxes("Set out the concern in order, with times and exact words used=box.reason+worries | Child's presentation and own words=box.child_views | Conversation with parent, and parent's reply=box.parent_views | Steps the setting has taken=box.actions_taken", "same"),
    pairs("Parent knows we are passing this on=consent.aware{Y/N} | If N, because=consent.untold", 2, "stacked"),
    look=Look(tick="bold", fill="", separator="  "), accepted=("OTHER", "MARF"),
)  # fmt: skip

GP_LETTER = layout(
    "practice-letter", "OTHER", "Safeguarding referral to Children's Social Care", "work",
    pairs("Surgery:=author.agency | Referring clinician:=author.name | Clinician's role:=author.role | Surgery telephone:=author.phone | Surgery email:=author.email | Letter date:=ref.date", 2, "dotted"),
    guide("Dear colleague, I should be grateful if you would look into the circumstances of this patient."),
    pairs("Re:=child.name | d.o.b.:=child.dob | NHS No:=child.nhs | of:=child.address | Tel:=child.phone | Sex:=child.gender | Ethnic category:=child.ethnicity", 1, "lines"),
    pairs("Registered family members:=family.others | Parents:=family.parents", 1, "lines"),
    boxes("History and presenting problem=box.reason+worries | Examination / harm noted=box.harm | Family background=box.family | Plan=box.next_steps+actions_taken", "same"),
    sentence("I {} discussed this referral with the parent.=consent.aware{have/have not}"),
    sentence("The parent {} agreed to it.=consent.given{has/has not}"),
    pairs("Reason agreement was not obtained:=consent.reason", 1, "lines"),
    look=Look(tick="strike", ruled=False, empty="plain", font="Liberation Serif", size=22, fill=""), accepted=("OTHER", "MARF"), author="gp",
)  # fmt: skip

STAR_EHA = layout(
    "family-star-eha", "EHA", "Early Help Assessment: Getting to Know Your Family", "work",
    pairs("Assessment begun on=ref.start | Assessment agreed on=noise.blank | Family reference=noise.blank", 3, "above"),
    heading("Your children"),
    ChildBlocks(slots("Forename(s)=child.given | Family name=child.family | Age / due date / birthday=child.dob_any | Gender=child.gender{Girl/Boy/Other} | Nursery, school or college=child.school | Health or learning needs=child.disability"), 4, head="Our child no. {}"),
    heading("Your home"),
    pairs("Address we should write to=child.address | Phone we should ring=family.phone | Languages=child.language | Is an interpreter helpful?=child.interpreter{Yes/No}", 1),
    grid("adults", "Grown-ups at home=name | Relationship to the children=relationship | Birthday=dob | Mobile=phone", 1),
    heading("Your story"),
    columns("Things we are proud of=box.working_well | Things that are hard=box.worries+reason | Things to try=box.next_steps", "e.g. routines, money, health"),
    boxes("In your children's words=box.child_views | In your own words=box.parent_views"),
    pairs("Overall, where would you put your family today, 0 to 10?=scale", 1),
    heading("Your say on sharing"),
    options("Please mark the statement that fits=consent.state{I agree that my information is shared with the services named/I agree in part, as noted below/I do not agree}", 1),
    pairs("Notes on what may not be shared=consent.reason", 1),
    heading("Practitioner"),
    pairs("Practitioner=author.name | Job=author.role | Team / organisation=author.agency | Direct number=author.phone | Electronic mail=author.email"),
    look=Look(tick="check", empty="control", prompt="Tap to write", fill="FFE699", colour="7F6000", font="DejaVu Sans", size=18), accepted=("EHA", "SNF"),
)  # fmt: skip

EXPLOITATION = layout(
    "harm-outside-home", "OTHER", "Harm Outside the Home: Screening and Referral", "work",
    heading("PART 1  Referrer"),
    pairs("Referrer's name and post=author.name_role | Referring service=author.agency | Email and telephone=author.email_phone | Screening date=ref.date", 2),
    heading("PART 2  Young person"),
    pairs("Last name=child.family | First name=child.given | Street names / aliases=child.alias | D.O.B=child.dob | Current age=child.age | Gender=child.gender | Ethnicity=child.ethnicity | Language=child.language | Where staying=child.address | Mobile=child.phone | Education or training=child.school | Learning disability or additional need=child.disability", 2, "left", "The young person"),
    pairs("Parent / guardian 1=carer1.name | Parent / guardian 1 phone=carer1.phone | Parent / guardian 2=carer2.name | Parent / guardian 2 phone=carer2.phone"),
    heading("PART 3  Status"),
    questions("Subject to a child protection plan?=flag.plan{Yes/No/Unknown} | Looked after by any authority?=flag.looked_after{Yes/No/Unknown} | Earlier screening or assessment done?=flag.assessed{Yes/No/Unknown} | Does the young person know about this referral?=flag.child_aware{Yes/No/Unknown} | Do parents or guardians know about this referral?=consent.aware{Yes/No/Unknown}"),
    pairs("If parents or guardians have not been told, explain=consent.untold", 1),
    heading("PART 4  Indicators"),
    options("Mark every indicator seen in the past six months=noise.indicators{Goes missing/Unexplained money or gifts/Older associates/Carries a weapon/Change of phone or second phone/Found out of area}", 2),
    heading("PART 5  Narrative"),
    boxes("Summary of intelligence and incidents=box.reason+worries | Danger statement=box.worries+harm | Pull and push factors=box.complicating | Trusted adults and safe places=box.working_well | Disruption already attempted=box.actions_taken"),
    grid("chronology", "Date=when | Incident=event | Outcome=action", 1, title="Key events"),
    look=Look(tick="x", fill="F8CBAD", header="NOT PROTECTIVELY MARKED", footer="Version 6"), accepted=("OTHER", "MARF"),
)  # fmt: skip

TWO_PAGE_IAF = layout(
    "two-page-inter-agency", "IAF", "Inter-Agency Referral Form", "work",
    floating("Date sent:=ref.date | Sent by:=author.name"),
    heading("A. Subject(s) of referral"),
    grid("subjects", "Forename=given | Surname=family | DoB/EDD=dob | Gender=gender{F/M} | Faith=religion | First language=language | Disabled Y/N=disabled_text", 2),
    beside("Usual address and any temporary address=child.address", "Telephone=child.phone | GP and surgery=child.gp | Ethnic group=child.ethnicity"),
    heading("B. Parents / those with PR"),
    grid("carers", "Surname, forename=name | Connection to child=relationship | DoB=dob | Tel.=phone | Has PR=pr{✓}", 1),
    heading("C. Brothers, sisters and others in the household (not referred)"),
    grid("siblings", "Surname=family | Forename=given | DoB=dob | Connection to child=relationship", 2),
    heading("D. Referral"),
    pairs("Is this being made under child protection procedures?=cp{Yes/No} | Where is the child at this moment?=safety.current_location | Is the child in need of protection today?=safety.immediate_protection{Yes/No}", 1),
    boxes("Grounds for referral=box.reason+worries | Evidence of harm=box.harm | Positive factors=box.working_well | What your service has done=box.actions_taken"),
    heading("E. Agreement"),
    twin("Those with PR told of referral?=consent.aware{Yes/No} | Those with PR agree to referral?=consent.given{Yes/No}", "Why not told=noise.blank | Why proceeding without agreement=consent.reason"),
    heading("F. Referring agency"),
    pairs("Designation=author.role | Agency and team=author.agency | Office address=author.address | Office telephone=author.phone | E-mail address=author.email"),
    look=Look(tick="glyph_after", fill="D9D2E9", size=18, dates="digits"),
)  # fmt: skip

PAEDIATRIC = layout(
    "hospital-liaison", "OTHER", "Paediatric Liaison: Referral to Children's Services", "work",
    pairs("Hospital number=noise.blank | Ward / department=noise.blank | Time seen=noise.time | Completed on=ref.date", 4, "above"),
    pairs("PATIENT SURNAME=child.family | PATIENT FORENAME=child.given | DATE OF BIRTH=child.dob | NHS NUMBER=child.nhs | SEX=child.gender{Male/Female} | ETHNIC CATEGORY=child.ethnicity | ADDRESS=child.address | POSTCODE=child.postcode | NEXT OF KIN TEL=family.phone | SCHOOL / NURSERY=child.school | GP=child.gp | RELIGION=child.religion", 3, "stacked"),
    pairs("BROUGHT IN BY / ACCOMPANYING ADULT=noise.blank | PERSON WITH PARENTAL RESPONSIBILITY=family.pr", 1),
    heading("CLINICAL CONCERN"),
    boxes("Reason for attendance and nature of safeguarding concern=box.reason+worries | Injuries or findings=box.harm | Explanation offered by carer=box.parent_views | Said by child=box.child_views | Management in hospital=box.actions_taken", "beside"),
    heading("COMMUNICATION WITH FAMILY"),
    options("Please tick all that apply=consent.boxes{Parent informed of referral/Parent consents to referral/Parent has declined consent/Not safe to inform parent}", 2),
    pairs("Additional comments on consent=consent.reason", 1),
    heading("STAFF MEMBER"),
    pairs("PRINT NAME=author.name | GRADE=author.role | TRUST / SITE=author.agency | EXTENSION / BLEEP / TEL=author.phone | TRUST EMAIL=author.email | NAMED NURSE INFORMED=senior.name", 3, "stacked"),
    look=Look(tick="legacy", empty="legacy", fill="", font="DejaVu Sans", size=16), accepted=("OTHER", "MARF"), author="health",
)  # fmt: skip

NUMBERED_MARF = layout(
    "clause-numbered-marf", "MARF", "Multi-Agency Referral – Request for Statutory Service", "work",
    heading("1 The referring professional"),
    pairs("1.1 Professional's name=author.name | 1.2 Professional's title=author.role | 1.3 Employing agency=author.agency | 1.4 Base address=author.address | 1.5 Contact telephone=author.phone | 1.6 Contact e-mail=author.email | 1.7 Date of request=ref.date", 1),
    heading("2 The child"),
    pairs("2.1 Child's full name=child.name | 2.2 Any former or other names=child.alias | 2.3 Date or expected date of birth=child.dob | 2.4 Gender=child.gender | 2.5 Ethnic origin=child.ethnicity | 2.6 Child's present address=child.address | 2.7 Previous address, if moved in last two years=family.previous | 2.8 Telephone at address=child.phone | 2.9 Place of education=child.school | 2.10 Unique pupil number=child.upn | 2.11 NHS number=child.nhs | 2.12 Is the child disabled?=child.disabled{Yes/No/Not known} | 2.13 Nature of disability=child.disability", 1),
    heading("3 Parents, carers, household"),
    grid("family", "3.1 Name=name | 3.2 Relationship=relationship | 3.3 Date of birth=dob | 3.4 Parental responsibility=pr{Yes/No} | 3.5 Telephone=phone | 3.6 Address if different=address", 2, below=1),
    grid("elsewhere", "3.7 Name=name | 3.8 Relationship=relationship | 3.9 Address=address", 1, title="Relatives and others living elsewhere"),
    heading("4 Consent and notification"),
    pairs("4.1 Has the parent been notified of this request?=consent.aware{Yes/No} | 4.2 Was consent sought?=consent.sought{Yes/No} | 4.3 Was consent given?=consent.given{Yes/No} | 4.4 By whom was it given?=consent.by | 4.5 Justification for dispensing with consent=consent.reason", 1, "cells"),
    heading("5 Analysis"),
    boxes("5.1 What is the precipitating event or concern?=box.reason+worries | 5.2 What is the risk of significant harm?=box.harm+worries | 5.3 What are the protective and mitigating factors?=box.working_well | 5.4 What intervention has been provided?=box.actions_taken | 5.5 What service is requested?=box.next_steps"),
    heading("6 Chronology of significant events"),
    grid("chronology", "6.1 Date=when | 6.2 Event=event | 6.3 Response=action", 2),
    look=Look(tick="glyph", joined=True, fill="EDEDED", colour="000000", footer="MAR/2 – page", hints=True),
)  # fmt: skip

PORTAL_MARF = layout(
    "portal-summary-marf", "MARF", "Your multi-agency referral – summary of answers", "work",
    guide("Keep this summary for your records. It was sent securely to the multi-agency safeguarding hub."),
    heading("Type of enquiry"),
    pairs("What best describes your enquiry?=type{I think a child is being harmed or is in danger – child protection/I think a child needs a social worker – child in need/I think a family needs early help}", 1, "lines"),
    heading("Your details"),
    pairs("Name=author.name | Role=author.role | Organisation name=author.agency | Organisation address=author.address | Email address=author.email | Phone number=author.phone", 1, "lines"),
    heading("Child 1"),
    pairs("Child's first name=child.given | Child's last name=child.family | Date of birth or expected date of birth=child.dob | Is the child educated at home?=noise.q_home{Yes/No} | Gender=child.gender{Female/Male/Prefer not to say} | Ethnicity=child.ethnicity | Does the child have a disability?=child.disabled{Yes/No/Don't know} | Does the child need an interpreter?=child.interpreter{Yes/No/Don't know} | Address=child.address | Does the child live at this address all the time?=noise.q_all{Yes/No} | Contact telephone=child.phone | School attended=child.school", 1, "lines"),
    heading("Other people"),
    grid("everyone", "Name=name | Date of birth=dob | Relationship to child 1=relationship | Lives with child 1=at_home | Has parental responsibility=pr", 0),
    heading("Consent"),
    pairs("Is the parent or carer aware of this referral?=consent.aware{Yes/No} | Has the parent or carer consented to this referral?=consent.given{Yes/No} | Reason for no consent=consent.reason", 1, "lines"),
    heading("Your worries"),
    boxes("What are you worried about?=box.worries+reason | Give an example of what you have seen or heard=box.reason+worries | What is already working for the family?=box.working_well | What have you or others done to help?=box.actions_taken | What does the child think?=box.child_views", "same"),
    look=Look(tick="x", ruled=False, fill=""),
)  # fmt: skip

ADULT_SERVICE = layout(
    "adult-service-think-family", "OTHER", "Think Family: Referral from an Adult Service", "work",
    guide("For use by substance misuse, mental health, probation and domestic abuse services."),
    heading("The adult you work with"),
    pairs("Client's name=carer1.name | Client's date of birth=carer1.dob | Client's telephone=carer1.phone | Client is the child(ren)'s=carer1.relationship | Ethnicity of client=carer1.ethnicity", 2),
    questions("Domestic abuse=flag.domestic_abuse{Current/Past – not now/Never} | Mental ill health=flag.mental_health{Current/Past – not now/Never} | Problem drug or alcohol use=flag.substance_misuse{Current/Past – not now/Never}"),
    heading("The child(ren) you are referring"),
    grid("subjects", "Child's name=name | Born / due=dob | Girl or boy=gender | School, if known=school", 3),
    pairs("Children live at=child.address | With=family.parents | Others who stay or visit=family.others", 1),
    heading("Why you are referring"),
    boxes("How does the adult's difficulty affect the child(ren)?=box.reason+worries | What are you most worried will happen?=box.worries | What keeps the child(ren) safe?=box.working_well | What is your service doing?=box.actions_taken", "beside"),
    pairs("Client knows about this referral?=consent.aware{Yes/No} | Client's consent=consent.state{Given/Refused/Not asked for} | Comments on consent=consent.reason | Is it safe to write to or ring the client?=noise.q_safe{Yes/No} | Anything visiting staff should know=safety.risks_to_workers", 1),
    heading("You and your service"),
    pairs("Keyworker=author.name | Post=author.role | Service=author.agency | Telephone=author.phone | Secure e-mail=author.email | Date sent=ref.date"),
    look=Look(tick="check", fill="CFE2F3", colour="0B5394"), accepted=("OTHER", "MARF"),
)  # fmt: skip

NEEDS_PROFILE = layout(
    "strengths-needs-profile", "SNF", "Strengths and Needs Profile", "work",
    pairs("Profile of (full name)=child.name | Date of birth=child.dob | M or F=child.gender | UPN or NHS no.=child.number | Home=child.address | Contact=child.phone | Attends=child.school | Ethnic group=child.ethnicity | Home language=child.language", 3, "above"),
    grid("family", "Family member=name | Relation=relationship | DOB=dob | PR (Y / N)=pr", 1, title="Family"),
    heading("Profile"),
    columns("Strengths=box.working_well | Needs=box.worries+reason+harm"),
    columns("Child's voice=box.child_views | Family's voice=box.parent_views"),
    boxes("What has brought us to this point?=box.reason+worries | What has been tried?=box.actions_taken | Goals=box.next_steps"),
    pairs("Profile written by=author.name | Role=author.role | Agency=author.agency | Tel=author.phone | Email=author.email | Started=ref.start", 3, "above"),
    pairs("Parent's consent to store and share this profile: sign here=consent.signed | Date=noise.blank | Child's signature=noise.blank | Date=noise.blank", 2),
    look=Look(tick="underline", landscape=True, fill="E2F0D9"), accepted=("SNF", "EHA"),
)  # fmt: skip

CAF_PRE = layout(
    "caf-registration", "CAF", "Common Assessment (CAF): Registration and Request", "work",
    printed(("Stage", "Who", "By when"), ("Registration", "Assessor", "Day 1"), ("Request", "Assessor with family", "Day 10")),
    heading("Child / young person / unborn"),
    pairs("Forename=child.given | Surname=child.family | A.K.A.=child.alias | D.O.B. / E.D.D.=child.dob | Sex M / F=child.gender | Tel. no.=child.phone | Address=child.address | Post code=child.postcode | Religion=child.religion | 1st language=child.language", 2, "colon"),
    options(f"Ethnic background=child.ethnicity{ETHNIC_16}", 5),
    pairs("Disability?=child.disabled{Yes/No} | If yes, specify=child.disability | Interpreter / signer?=child.interpreter{Yes/No}", 3, "colon"),
    heading("Parent(s) / carer(s)"),
    turned("carers", ("(1)", "(2)", "(3)"), "Name of parent / carer=name | Relation to child=relationship | D.O.B.=dob | P.R.=pr{Yes/No} | Tel. no.=phone"),
    heading("Assessor"),
    pairs("Assessor's name=author.name | Role=author.role | Organisation=author.agency | Tel. no.=author.phone | E-mail=author.email | Date registered=ref.start", 2, "colon"),
    pairs("Lead professional (if appointed)=lead.name | Lead professional tel.=lead.phone", 2, "colon"),
    heading("Summary of need"),
    boxes("Why is a common assessment wanted?=box.reason+worries | Strengths and resources=box.working_well | Needs and risks=box.harm+worries+other | Family and environment=box.family+other | Child's comment=box.child_views | Parent's comment=box.parent_views"),
    heading("Consent statement"),
    guide("Explain to the family what will be recorded, who will see it and for how long."),
    pairs("I have read, or had read to me, the statement above and I consent. Signature of parent / carer=consent.signed | Date=noise.blank", 2),
    look=Look(tick="brackets", fill="FFF2CC", header="When complete: CONFIDENTIAL", dates="slashes", spaced=True),
)  # fmt: skip

MAPPING = layout(
    "safety-mapping", "SOS", "Signs of Safety: Mapping the Worry", "work",
    pairs("Mapping for=child.name | DOB=child.dob | Lives at=child.address | Mapped on=ref.date | Mapped by=author.name | Role / agency=author.role | Agency=author.agency | Phone=author.phone | Email=author.email", 3, "stacked"),
    grid("family", "Family network: name=name | Relationship=relationship | DOB=dob", 1),
    columns("Worries=box.worries+reason | Working well=box.working_well | Next steps=box.next_steps"),
    columns("Harm so far=box.harm+worries | Complications=box.complicating"),
    columns("What the child tells us=box.child_views | What the parents tell us=box.parent_views"),
    options("Safety scale today: circle a number, 0 very unsafe, 10 safe enough=scale{0/1/2/3/4/5/6/7/8/9/10}", 11),
    look=Look(tick="bold", landscape=True, fill="DEEAF6"),
)  # fmt: skip

SARF = layout(
    "specific-agency-request", "SSR", "Single Service Request – SARF for Schools", "work",
    guide("One child, one service. For a child at risk of harm use the safeguarding form instead."),
    sentence("This request {} discussed with the parent.=consent.aware{was/was not}"),
    pairs("Parent / carer has agreed to this request (tick)=consent.given{✓} | Parent / carer has NOT agreed (tick)=consent.not_given{✓} | Please say why the request is made without agreement=consent.reason", 1),
    heading("Pupil information (from MIS)"),
    pairs("Legal Surname=child.family | Legal Forename=child.given | Chosen Name=child.alias | Date of Birth=child.dob | Gender=child.gender | UPN=child.upn | Reg Group=noise.year | Ethnicity=child.ethnicity | First Language=child.language | Religion=child.religion | Home Address=child.address | Post Code=child.postcode | Doctor=child.gp", 2),
    grid("adults", "Contact=name | Relationship=relationship | Parental Responsibility=pr | Phone=phone", 0, title="Contacts in priority order"),
    heading("Request"),
    boxes("Description of need=box.reason+worries | Strategies and provision so far, with impact=box.actions_taken | Pupil's strengths=box.working_well | Outcome sought=box.next_steps | Pupil voice=box.child_views | Parent voice=box.parent_views", "same"),
    pairs("Staff member=author.name | Staff role=author.role | School=author.agency | School telephone=author.phone | School email=author.email | Date=ref.date | Headteacher's signature=senior.name"),
    look=Look(tick="delete", fill="BDD7EE", footer="SARF 12"), author="school",
)  # fmt: skip

SIBLING_COLUMNS = layout(
    "household-in-columns", "MARF", "Safeguarding Hub: Multi-Agency Referral Form", "work",
    running("Referral concerning: =child.name | Sent: =ref.date"),
    heading("A  Who has sent this form"),
    pairs("Sender=author.name | Signed=author.signature | Profession=author.role | Body=author.agency | Daytime number=author.phone | Secure address=author.email", 3, "above"),
    heading("B  Children and young people"),
    turned("subjects", ("A", "B", "C"), "Known first name=given | Legal surname=family | Born / expected=dob | Girl or boy=gender | Ethnicity=ethnicity | Attends=school"),
    pairs("They live at=child.address | Household number=child.phone | Tongue spoken at home=child.language", 1),
    heading("C  Grown-ups"),
    turned("adults", ("1", "2", "3"), "Whole name=name | Is their ...=relationship | Born=dob | Legal parental responsibility?=pr{Yes/No} | Number=phone"),
    heading("D  Permission"),
    pairs("Family knows about this form=consent.aware{Yes/No} | Family gives permission=consent.given{Yes/No} | No permission: our grounds=consent.reason", 1, "cells"),
    heading("E  Concern"),
    boxes("Concern in full=box.reason+worries | Harm=box.harm | Safety=box.working_well | Our offer so far=box.actions_taken | Asked of the hub=box.next_steps", "beside"),
    look=Look(tick="brackets", fill="D0E0E3", landscape=True),
)  # fmt: skip

LAYOUTS = [
    FRONT_DOOR, NURSERY, GP_LETTER, STAR_EHA, EXPLOITATION, TWO_PAGE_IAF, PAEDIATRIC, NUMBERED_MARF, PORTAL_MARF,
    ADULT_SERVICE, NEEDS_PROFILE, CAF_PRE, MAPPING, SARF, SIBLING_COLUMNS,
]  # fmt: skip
