"""Six forms in yet other voices, written and scored before the reader was worked on again."""

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

SBAR = layout(
    "hospital-sbar", "OTHER", "Safeguarding Information Sharing Form (SBAR)", "work",
    pairs("Hospital site=author.agency | Ward / dept.=noise.blank | Hospital no.=noise.blank | Date & time form written=ref.date", 4, "above"),
    heading("Demographics"),
    pairs("Patient's forename=child.given | Patient's surname=child.family | Likes to be known as=child.alias | Born=child.dob | NHS no.=child.nhs | Sex=child.gender{F/M} | Usual residence=child.address | Contact tel. no.=child.phone | Ethnic category=child.ethnicity | Spoken language=child.language | Interpreter used=child.interpreter{Yes/No} | Registered GP practice=child.gp | Nursery or school=child.school", 2),
    grid("adults", "Next of kin / accompanying adults=name | Relation to patient=relationship | D.O.B.=dob | Has legal responsibility?=pr | Tel.=phone", 1),
    grid("siblings", "Siblings at same residence=name | D.O.B.=dob | Nursery / school=school", 1),
    heading("S – Situation"),
    boxes("I am contacting you because=box.reason+worries", "same"),
    heading("B – Background"),
    boxes("Relevant history known to this Trust=history.previous_involvement | Where is the patient now, and until when?=safety.current_location", "same"),
    heading("A – Assessment"),
    boxes("My professional judgement of the risk=box.worries+reason+harm | Presentation and injuries=box.harm+worries | Protective features=box.working_well", "same"),
    heading("R – Recommendation"),
    boxes("What has been put in place by the hospital=box.actions_taken | What I would like Children's Services to do=box.next_steps", "same"),
    heading("Parental involvement"),
    questions(f"Those with parental responsibility told of this form=consent.aware{YN} | Agreement to share obtained=consent.given{YN}"),
    pairs("Rationale where not told or agreement not obtained=consent.reason", 1),
    heading("Completed by"),
    pairs("Name (block capitals)=author.name | Band and job role=author.role | Bleep / ext. / mobile=author.phone | Trust email=author.email | Consultant or named nurse informed=senior.name", 2),
    look=Look(tick="brackets", fill="DCE6F1", size=18), accepted=("OTHER", "MARF"), author="health",
)  # fmt: skip

HELPLINE = layout(
    "helpline-transfer", "OTHER", "Helpline: onward referral to local authority", "work",
    heading("Part A – Handler"),
    pairs("Call handled by=author.name | Position in helpline=author.role | Charity=author.agency | Tel. for local authority use only=author.phone | Reply to=author.email | Day of call=ref.date | Call reference=office.reference", 2, "stacked"),
    heading("Part B – Children of concern"),
    grid("subjects", "Full name or description=name | Age / DOB=dob_any | Gender=gender | Ethnic origin=ethnicity | School attended=school | Any disability=disability", 3),
    pairs("Address the concern relates to=child.address | Postcode=child.postcode | Directions or notes on access=noise.blank | Language spoken in family=child.language", 1),
    heading("Part C – Adults of concern"),
    grid("carers", "Name or description=name | Approx. age / DOB=dob_any | Link to children=relationship | Resident at address?=at_home | Number if given=phone", 2),
    heading("Part D – What the caller told us"),
    boxes("Nature of concern in caller's words=box.reason+worries | How long it has gone on and how often=box.other+family | Effects seen on the children=box.harm+worries | Anything positive the caller mentioned=box.working_well | Advice we gave to the caller=box.actions_taken"),
    options("Concern categories recorded=issues{Domestic abuse/Alcohol or drug misuse/Parental mental ill health/Learning disability in parent/Left alone/Physical punishment}", 3),
    pairs("Person thought to be causing harm=safety.alleged_perpetrator | Risk to officers attending (dogs, violence, firearms)=safety.risks_to_workers | Emergency response needed?=safety.immediate_protection{Yes/No}", 1),
    heading("Part E – Transparency"),
    sentence("To the caller's knowledge the family {} know that a referral is being made.=consent.aware{does/does not}"),
    pairs("Grounds for not seeking the family's views first=consent.untold", 1),
    look=Look(tick="delete", fill="FDE9D9", colour="833C0B", capitals=True), accepted=("OTHER", "MARF"),
)  # fmt: skip

ISLAND = layout(
    "island-enquiry", "MARF", "Islands Safeguarding Partnership: MASH enquiry", "work",
    twin(f"Is this enquiry made with the family's knowledge?=consent.aware{YN} | Is this enquiry made with the family's consent?=consent.given{YN}", "Where answer is No, please give reason=noise.blank | Where answer is No, please give reason=consent.reason"),
    heading("Enquiring professional"),
    pairs("Title and full name=author.name | Post=author.role | Department / service=author.agency | Direct telephone=author.phone | E-mail=author.email | Enquiry made on=ref.date", 2),
    heading("Child 1 (main)"),
    beside("House name / number, road, parish, postcode=child.address", "Family name=child.family | First names=child.given | Birth date=child.dob | Gender=child.gender | NHS / island health no.=child.nhs"),
    pairs("Main language=child.language | Interpreter needed Y/N=child.interpreter{Y/N} | Ethnicity=child.ethnicity | School=child.school | Family doctor=child.gp | Disability Y/N=child.disabled{Y/N} | If Y, nature=child.disability", 3, "above"),
    grid("others", "Other children in this enquiry: first names=given | Family name=family | Birth date=dob | Gender=gender | School=school", 2),
    heading("Parents and significant adults"),
    turned("carers", ("Parent 1", "Parent 2", "Other carer"), "First name=given | Family name=family | Birth date=dob | Relationship=relationship | Legal parental responsibility=pr{Y/N} | Telephone=phone"),
    heading("Enquiry"),
    options("Threshold level in your view=type{Level 2 – early help/Level 3 – child in need/Level 4 – child protection}", 3),
    boxes("What are you seeing and hearing that worries you?=box.reason+worries | What is it like to be this child?=box.child_views | What is keeping this child safe at present?=box.working_well | What support has the family had, and did it work?=box.actions_taken | What are you asking the MASH to do?=box.next_steps", "beside"),
    pairs(f"Is there or has there been a child protection plan?=flag.plan{YNU} | Has the child ever been in care?=flag.looked_after{YNU} | If there is a social worker, who?=history.allocated_worker", 3, "above"),
    look=Look(tick="check", empty="control", fill="E2F0D9", dates="control"), accepted=("MARF", "OTHER"),
)  # fmt: skip

COUNTY_REQUEST = layout(
    "county-family-list", "OTHER", "Integrated Front Door: Request for Support", "work",
    guide("One form for the whole family. List everyone, starting with the youngest child."),
    heading("Family members"),
    grid("family_all", "Last name=family | First name=given | Date of birth / due date=dob | Gender=gender | Ethnicity=ethnicity | Relationship to youngest child=relationship | Support requested for this person?=focus", 3),
    pairs("Family's address=child.address | Postcode=child.postcode | Best contact number=child.phone | Language(s) at home=child.language | Education settings=child.school", 1, "colon"),
    heading("Who holds parental responsibility?"),
    pairs("Names and relationship to the children=family.pr", 1),
    heading("Conversation with the family"),
    pairs("Has a conversation taken place with the parent/carer about this request?=consent.aware{Yes/No} | Did you ask for consent to make it?=consent.sought{Yes/No} | Outcome: consent provided?=consent.given{Yes/No} | By which parent/carer?=consent.by | Exceptional circumstances for going ahead with no consent=consent.reason", 1, "cells"),
    heading("Strengths, needs and impact"),
    columns("Strengths=box.working_well | Needs and concerns=box.reason+worries | Impact on children=box.harm+worries"),
    boxes("Voice of each child=box.child_views | Parent/carer's thoughts=box.parent_views | Interventions tried with dates=box.actions_taken | Requested support=box.next_steps", "beside"),
    heading("Network of professionals"),
    grid("workers", "Full name=name | Title=role | Organisation=agency | Best contact=phone | Email=email", 2),
    heading("Requesting professional"),
    pairs("Full name=author.name | Title / role=author.role | Organisation=author.agency | Phone=author.phone | Work email=author.email | Safeguarding lead consulted (name)=dsl.name | Date of completion=ref.date", 2, "colon"),
    look=Look(tick="glyph", fill="D9D2E9", colour="351C75"), accepted=("OTHER", "EHA", "MARF"),
)  # fmt: skip

PROBATION = layout(
    "supervised-adult-children", "OTHER", "Notification: children linked to a supervised person", "work",
    pairs("Supervising officer=author.name | Grade=author.role | Office=author.agency | Office tel.=author.phone | Secure email=author.email | Notification date=ref.date", 2, "above"),
    heading("Children linked to the person"),
    ChildBlocks(slots("Name of child=child.name | D.O.B.=child.dob | Sex=child.gender{Male/Female} | School (if known)=child.school | Ethnicity=child.ethnicity"), 3, 2, "Linked child {}"),
    pairs("Where the children live=child.address | Who the children live with=family.parents | Others known to stay there=family.others", 1),
    heading("Reason for notification"),
    options("Category=type{Immediate risk – child protection/Child may be in need/Information and early help}", 1),
    boxes("Circumstances giving rise to concern=box.reason+worries | Assessed risk to the children=box.harm+worries | Factors reducing risk=box.working_well | Licence conditions and steps in hand=box.actions_taken"),
    questions("Domestic abuse perpetrator or victim=flag.domestic_abuse{Yes/No/N/K} | Drug or alcohol dependency=flag.substance_misuse{Yes/No/N/K} | Mental disorder=flag.mental_health{Yes/No/N/K}"),
    pairs("Precautions for home visits=safety.risks_to_workers", 1),
    heading("Disclosure to family"),
    pairs("Person with care of the children informed of this notification=consent.aware{Yes/No} | Justification if uninformed=consent.untold", 1),
    look=Look(tick="x", font="Liberation Serif", fill="D9D9D9", colour="000000"), accepted=("OTHER", "MARF"),
)  # fmt: skip

ALL_ABOUT_ME = layout(
    "in-my-own-words", "EHA", "All About Me – my early help assessment", "work",
    heading("Me"),
    pairs("My name is=child.name | I was born on=child.dob | I am a (boy / girl)=child.gender | I live at=child.address | My family's phone number=child.phone | I go to (school, nursery)=child.school | My doctor is=child.gp | At home we speak=child.language | My background / culture=child.ethnicity | My religion=child.religion | I need extra help with=child.disability", 1, "lines"),
    heading("The people I live with"),
    grid("family", "Their name=name | They are my=relationship | Their birthday=dob | Parental responsibility (adults)=pr", 2),
    heading("People who are special to me but live somewhere else"),
    grid("elsewhere", "Their name=name | They are my=relationship | Where they live=address", 1),
    heading("My story"),
    boxes("Why we are doing this assessment=box.reason+worries | What I am good at and what makes home a good place=box.working_well | What worries the grown-ups=box.worries+reason | What I think=box.child_views | What my mum, dad or carer thinks=box.parent_views | Our plan=box.next_steps", "below"),
    heading("The grown-up helping me with this"),
    pairs("Helper's name=author.name | What their job is=author.role | Where they work=author.agency | Their phone=author.phone | Their email=author.email | We started on=ref.start", 1, "lines"),
    heading("Saying yes"),
    pairs("My mum, dad or carer says yes to sharing this with people who can help=consent.given{Yes/No} | If they said no, why=consent.reason | Signed by mum, dad or carer=consent.signed", 1),
    look=Look(tick="check_before", fill="FFF2CC", colour="BF8F00", font="DejaVu Sans", size=18), accepted=("EHA", "OTHER"),
)  # fmt: skip

LAYOUTS = (SBAR, HELPLINE, ISLAND, COUNTY_REQUEST, PROBATION, ALL_ABOUT_ME)
