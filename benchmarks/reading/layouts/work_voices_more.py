"""A second lot of layouts in other voices, again written before the reader was tried on any of them."""

from __future__ import annotations

from benchmarks.reading.layouts.common import YN, YNU
from benchmarks.reading.look import Look
from benchmarks.reading.spec import (
    ChildBlocks,
    beside,
    boxes,
    columns,
    grid,
    guide,
    heading,
    layout,
    options,
    pairs,
    questions,
    sentence,
    slots,
    turned,
    twin,
)

CONFIRMATION = layout(
    "multi-agency-confirmation", "MARF", "Multi-Agency Confirmation Form", "work",
    guide("Use this form to confirm in writing what you told the Safeguarding Hub by phone."),
    pairs("Date of phone call=ref.date | Spoken to=office.name | Form sent by=author.name | Job=author.role | Service name=author.agency | Phone=author.phone | E-mail=author.email", 2, "stacked"),
    heading("CHILD / YOUNG PERSON"),
    pairs("FIRST NAMES=child.given | LAST NAME=child.family | ANY OTHER NAMES=child.alias | D.O.B. OR E.D.D.=child.dob | BOY / GIRL=child.gender | ETHNIC ORIGIN=child.ethnicity | FAITH=child.religion | LANGUAGE=child.language | NHS NO.=child.nhs | SCHOOL / NURSERY / COLLEGE=child.school | DOCTOR=child.gp | DISABILITY=child.disabled{Yes/No}", 3, "stacked"),
    pairs("ADDRESS AND POSTCODE=child.address | TELEPHONE(S)=child.phone", 1, "stacked"),
    grid("everyone", "WHO ELSE IS IN THE FAMILY?=name | D.O.B.=dob | RELATIONSHIP=relationship | HAS PR?=pr | LIVES WITH CHILD?=at_home | TELEPHONE=phone", 2),
    heading("WHAT YOU TOLD US"),
    boxes("Summary of concerns=box.reason+worries | Effect on the child=box.harm+worries | Good things=box.working_well | What has the child told you?=box.child_views", "same"),
    heading("CONSENT"),
    sentence("I {} discussed this with the parents or carers.=consent.aware{have/have not}"),
    sentence("The parents or carers {} to this information being shared.=consent.given{agree/do not agree}"),
    pairs("Reasons if not=consent.reason", 1),
    grid("workers", "OTHER SERVICES: Name=name | Job=role | Service=agency | Contact details=phone", 2),
    look=Look(tick="delete", capitals=False, fill="DDDDDD", size=18), accepted=("MARF", "OTHER"),
)  # fmt: skip

HELP_REQUEST = layout(
    "request-for-help", "OTHER", "Request for Help – Families in Focus", "work",
    heading("1. Your details"),
    pairs("Name of professional requesting help=author.name | Professional role=author.role | Team / organisation=author.agency | Telephone contact=author.phone | Email contact=author.email | Request date=ref.date", 2, "above"),
    heading("2. The children"),
    turned("subjects", ("1st child", "2nd child", "3rd child"), "Forename=given | Surname=family | Date of birth=dob | Gender=gender{M/F} | Ethnicity=ethnicity | School or nursery=school | NHS number=nhs"),
    heading("3. The adults"),
    turned("carers", ("1st adult", "2nd adult"), "Name=name | Date of birth=dob | Relation to children=relationship | PR held=pr{Yes/No} | Telephone=phone | Lives at the family address=at_home{Yes/No}"),
    pairs("Family address=child.address | Postcode=child.postcode | Language used at home=child.language | Interpreter wanted=child.interpreter{Yes/No}", 2),
    heading("4. Permission"),
    questions(f"The family know I am asking for help=consent.aware{YN} | The family have given permission to share=consent.given{YN} | My safeguarding lead knows about this request=flag.lead_discussed{YN}"),
    pairs("Why permission has not been given or asked for=consent.reason", 1),
    heading("5. What help is needed and why?"),
    columns("Worries=box.reason+worries | Strengths=box.working_well", prompt="Please type here"),
    boxes("Help already given=box.actions_taken | Hopes of the child=box.child_views | Hopes of the parents=box.parent_views | What should be different afterwards?=box.next_steps", "beside"),
    heading("6. Please tick if any of these are present"),
    questions(f"Domestic abuse=flag.domestic_abuse{YNU} | Poor mental health of a parent=flag.mental_health{YNU} | Misuse of drugs or alcohol=flag.substance_misuse{YNU}"),
    look=Look(tick="check", empty="prompt", prompt="Click to add text", fill="D9EAD3", colour="274E13"), accepted=("OTHER", "EHA", "MARF"),
)  # fmt: skip

CONTACT_FORM = layout(
    "multi-agency-contact", "OTHER", "MAC: Multi-Agency Contact Form", "work",
    options("This contact is about=type{A child at risk of significant harm/A child in need of services/A family needing early help}", 1),
    heading("Section 1: Details of child or children"),
    ChildBlocks(slots("Surname=child.family | Forename(s)=child.given | DoB / EDD=child.dob | Male / Female / Unknown=child.gender | Ethnic origin=child.ethnicity | Religion=child.religion | First language=child.language | Disability Y/N=child.disabled{Y/N} | If Y, what?=child.disability | School/EY setting=child.school | UPN=child.upn"), 3, 2, "CHILD {}"),
    pairs("Address of children=child.address | Postcode=child.postcode | Home phone=child.phone | Previous address in last 2 years=family.previous", 2),
    heading("Section 2: Details of parents / carers"),
    pairs("Mother's name=carer1.name | DoB=carer1.dob | Telephone=carer1.phone | PR=carer1.pr{Yes/No} | Father's name=carer2.name | DoB=carer2.dob | Telephone=carer2.phone | PR=carer2.pr{Yes/No}", 4),
    heading("Section 3: Others in the house"),
    grid("others", "Full name=name | DoB or age=dob_any | How related=relationship", 2),
    heading("Section 4: Consent to contact"),
    twin(f"Are parents aware of this contact?=consent.aware{YN} | Have parents consented to this contact?=consent.given{YN}", "If no, give reason=consent.untold | If no, reason for overriding consent=consent.reason"),
    heading("Section 5: Reason for contact"),
    boxes("Full details of the concern=box.reason+worries | Risk to the child=box.harm+worries | Things that are working=box.working_well | Steps already taken by your agency=box.actions_taken", "below"),
    pairs("Is anyone at risk from visiting this home?=safety.risks_to_workers | Child's whereabouts now=safety.current_location", 1),
    heading("Section 6: Person making contact"),
    pairs("Full name=author.name | Job title=author.role | Agency/school=author.agency | Tel. no. (direct)=author.phone | Email (secure)=author.email | Date=ref.date", 2),
    look=Look(tick="symbol", fill="CCC0DA", joined=True), accepted=("OTHER", "MARF"),
)  # fmt: skip

HEALTH_FORM = layout(
    "community-health-referral", "IAF", "Inter-Agency Referral: Community Health", "work",
    beside("Client's address and postcode=child.address", "Family name=child.family | Given name=child.given | D.O.B.=child.dob | NHS number=child.nhs | Sex=child.gender{Male/Female}"),
    pairs("GP / surgery=child.gp | School / nursery / childminder=child.school | Ethnicity=child.ethnicity | Spoken language=child.language | Interpreter: Y / N=child.interpreter{Y/N}", 2),
    heading("Main carers"),
    grid("carers", "Name=name | Relationship to client=relationship | D.O.B.=dob | Mobile=phone | Parental responsibility=pr{Yes/No}", 1),
    grid("siblings", "Sibling's name=name | D.O.B.=dob | School=school", 1, title="Siblings"),
    heading("Clinical and social information"),
    boxes("Nature of concerns=box.reason+worries | Parents' strengths and capacity=box.working_well | Health visiting / school nursing input so far=box.actions_taken | Parents' comments on this referral=box.parent_views | What is requested of Children's Services?=box.next_steps", "beside"),
    heading("Consent"),
    pairs("Referral discussed with parent / carer=consent.aware{Yes/No} | Parent / carer has agreed to referral=consent.given{Yes/No} | Reason if not discussed or agreed=consent.reason", 1, "colon"),
    heading("Referring practitioner"),
    pairs("Name (print)=author.name | Designation=author.role | Clinic / base=author.agency | Contact no.=author.phone | nhs.net address=author.email | Signed=author.signature | Dated=ref.date", 2),
    look=Look(tick="brackets", font="Liberation Serif", fill="FBD5B5"), accepted=("IAF", "OTHER"), author="health",
)  # fmt: skip

SLIP = layout(
    "duty-team-slip", "OTHER", "Duty Team: information received", "work",
    pairs("From=author.name | Role=author.role | Of=author.agency | Call back on=author.phone | Mail=author.email | On=ref.date", 1, "dotted"),
    pairs("Child=child.name | Born=child.dob | Living at=child.address | Attends=child.school", 1, "dotted"),
    pairs("Parents=family.parents | Others at home=family.others", 1, "dotted"),
    boxes("Information given=box.reason+worries | Done so far=box.actions_taken", "same"),
    pairs("Parents told?=consent.aware{Yes/No} | Parents agree?=consent.given{Yes/No} | If not, why?=consent.reason", 1, "colon"),
    look=Look(tick="bold", ruled=False, fill=""), accepted=("OTHER", "MARF"),
)  # fmt: skip

LAYOUTS = (CONFIRMATION, HELP_REQUEST, CONTACT_FORM, HEALTH_FORM, SLIP)
