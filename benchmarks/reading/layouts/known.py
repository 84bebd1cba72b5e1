"""The forms of the kinds that the product defines: structure and labels after public templates, guidance written afresh. Part of the fit split."""

from __future__ import annotations

from benchmarks.reading.layouts.common import ETHNIC_16, GENDER, YN
from benchmarks.reading.look import Look
from benchmarks.reading.spec import boxes, columns, grid, guide, heading, layout, options, pairs, twin

CAF_SECTIONS = layout(
    "caf-sections", "CAF", "Common Assessment Framework (CAF)", "fit",
    heading("Section 1"),
    pairs(f"Name of child=child.name | Date of birth=child.dob | Phone number=child.phone | First language=child.language | Interpreter required?=child.interpreter{YN} | Unique pupil number=child.upn"),
    heading("Section 2"),
    guide("Agreement must be had before an assessment, unless there is a clear protection concern."),
    boxes("The parent or carer HAS NOT consented to this CAF. My rationale for sharing information without consent is:=consent.refused"),
    guide("Where consent has been obtained please refer to section 10."),
    heading("Section 3"),
    pairs("Person completing this CAF:=author.name | Job title=author.role | Phone number=author.phone | Email address=author.email | Lead professional, if different from above:=lead.name | Job title=lead.role | Phone number=lead.phone | Email address=lead.email"),
    boxes("What has led to this child or young person or family being referred?=box.reason+worries"),
    pairs("Start date of assessment=ref.start | Completion date of assessment=noise.blank"),
    heading("Section 4"),
    grid("family", "First and last names=name | Relationship to the child or young person=relationship | Gender=gender | Date of birth, or estimated due date=dob | Address=address | Ethnicity=ethnicity | Parental responsibility=pr", title="Household members:"),
    grid("elsewhere", "First and last names=name | Relationship to the child or young person=relationship | Gender=gender | Date of birth, or estimated due date=dob | Address=address | Ethnicity=ethnicity | Parental responsibility=pr", title="Significant others:"),
    heading("Section 5"),
    grid("workers", "Name=name | Job title=role | Organisation=agency | Phone number=phone", title="Services working with this child, young person or family"),
    boxes("Development of child or young person: strengths and needs=box.harm+worries+other | Parents and carers: strengths and needs=box.working_well+family+other | Family and environmental factors=box.family+other | Child or young person's comment on the assessment=box.child_views | Parent or carer's comment on the assessment=box.parent_views"),
    heading("Section 10"),
    pairs("I have had the reasons for information sharing explained to me and I agree. Signed (parent or carer)=consent.signed | Date=noise.blank"),
    look=Look(font="Liberation Serif", tick="check_before", empty="control", colour="000000", footer="CAF edition 7"),
)  # fmt: skip

CAF_FULL = layout(
    "caf-full", "CAF", "Common Assessment Framework – full CAF form", "fit",
    guide("Put an X beside the box that applies."),
    heading("Identifying details"),
    pairs(f"Given name(s)=child.given | Family name=child.family | Sex=child.gender{GENDER} | AKA1/previous names=child.alias | Address=child.address | Date of birth or EDD2=child.dob | Contact tel. no.=child.phone | Unique ref. no.=noise.blank | Postcode=child.postcode | Religion=child.religion"),
    heading("Ethnicity", 2),
    options(f"Ethnicity=child.ethnicity{ETHNIC_16}", 5),
    pairs(f"Immigration status=noise.blank | Child's first language=child.language | Parent's first language=noise.blank | Is the child or young person disabled?=child.disabled{YN} | If 'yes' give details=child.disability"),
    heading("Assessment information"),
    boxes("People present at assessment=noise.present | What has led to this unborn baby, infant, child or young person being assessed?=box.reason+worries"),
    heading("Details of parents/carers"),
    pairs(f"Name=carer1.name | Contact tel. no.=carer1.phone | Relationship to unborn baby, infant, child or young person=carer1.relationship | Parental responsibility?=carer1.pr{YN} | Address=carer1.address | Postcode:=carer1.postcode"),
    pairs(f"Name=carer2.name | Contact tel. no.=carer2.phone | Relationship to unborn baby, infant, child or young person=carer2.relationship | Parental responsibility?=carer2.pr{YN} | Address=carer2.address | Postcode:=carer2.postcode"),
    boxes("Current family and home situation=box.family+other"),
    heading("Details of person(s) undertaking assessment"),
    pairs("Name=author.name | Contact tel. no.=author.phone | Address=author.address | Role=author.role | Organisation=author.agency | Name of lead professional (where applicable)=lead.name | Lead professional's contact number=lead.phone"),
    grid("workers", "Service=agency | Name of worker=name | Role=role | Contact tel. no.=phone", title="Services working with this infant, child or young person"),
    boxes("Development of unborn baby, infant, child or young person=box.harm+worries+other | Parents and carers=box.working_well+family+other | Family and environmental=box.complicating+family+other | What needs to change?=box.next_steps | Child or young person's comment on the assessment and actions identified=box.child_views | Parent or carer's comment on the assessment and actions identified=box.parent_views", "beside"),
    heading("Consent statement for information storage and information sharing"),
    pairs("I understand and agree. Signed=consent.signed | Date=noise.blank | Exceptional circumstances: reasons for sharing without consent=consent.refused"),
    look=Look(tick="x", header="RESTRICTED (when completed)"),
)  # fmt: skip

IAF_SINGLE = layout(
    "iaf-single", "IAF", "Inter-Agency Referral Form", "fit",
    guide("Use this form to refer to one agency only."),
    grid("subjects", "Last Name=family | First Name=given | Age/DOB/EDD=dob_any | Gender M/F=gender | Unborn=unborn | Religion=religion", title="Names of child(ren) and young people you are referring. Include unborn children and children not living in the family home."),
    pairs("Address:=child.address | Telephone number:=child.phone", 1),
    grid("family", "Last Name=family | First Name=given | Age/DOB/EDD=dob_any | Gender M/F=gender | Religion=religion", title="Names of other household members who are significant to child(ren) young person"),
    pairs("Name of parents or carers with whom the child(ren) lives (give address if different from the child):=family.parents", 1),
    heading("Ethnicity", 2),
    options("Ethnicity=child.ethnicity{White British/Caribbean/Indian/White & Black Caribbean/Chinese/Other Asian/White Irish/African/Pakistani/White & Black African/Any other ethnic group/Other mix/Any other White background/Any other Black background/Bangladeshi/White & Asian/Not given/If other, specify}", 6),
    grid("workers", "Name=name | Agency=agency | Address=address | Telephone=phone", 1, title="What services are already working with the child / family?"),
    heading("Child Protection Referral / Referral to statutory agency"),
    pairs(f"Is this a child protection referral?=cp{YN}", 1),
    twin(f"Have you discussed this referral with all those who hold Parental Responsibility for the child(ren) you are referring?=consent.aware{YN} | Depending on your agency, have you discussed this referral with your line manager and/or designated professional?=flag.lead_discussed{YN}",
         "If you answered No, please say why you think it is in the child's best interest to proceed without doing so.=consent.reason | If you answered No, please say why=noise.blank"),
    boxes("Why are you referring the child(ren) to children's social services?=box.reason+worries | What has your agency done? What actions have you taken?=box.actions_taken"),
    heading("Signs of Safety"),
    pairs("What are we worried about?=box.worries | What's working well?=box.working_well | What needs to happen?=box.next_steps | On a scale of 0 to 10, where 0 means certain harm and 10 means safe enough to close, where would you rate it today?=scale", 1),
    heading("Referrer"),
    pairs("Name=author.name | Role=author.role | Agency=author.agency | Telephone=author.phone | Email=author.email | Date of referral=ref.date"),
    look=Look(tick="bold", header="APPENDIX ONE"),
)  # fmt: skip

MARF_HUB = layout(
    "marf-hub", "MARF", "Multi-Agency Safeguarding Hub (MASH) Referral Form", "fit",
    heading("1. Child / young person details"),
    pairs(f"Full name of child:=child.name | Any alternative name:=child.alias | DOB:=child.dob | Age:=child.age | If unborn, estimated date of delivery?=child.edd | Gender=child.gender{GENDER} | First language:=child.language | Will an interpreter be required?=child.interpreter{YN} | Current Home address=child.address | Post code=child.postcode | Previous home address (if known)=family.previous | Telephone=child.phone | School / Pre-school=child.school | Does the child have a disability?=child.disabled{YN} | If yes give details of the disability:=child.disability | Unique Pupil Number (UPN):=child.upn | NHS Number:=child.nhs"),
    heading("Additional information about the child or young person (including other referred siblings)"),
    grid("family_all", f"Last name=family | First name=given | Relationship to child(ren)=relationship | DOB / EDD=dob | Gender=gender | Ethnicity=ethnicity | Focus of referral=focus | School / preschool=school | Does this person hold PR?=pr{YN}", title="Parent / carer, children and others living in the household"),
    grid("elsewhere", "Last name=family | First name=given | Relationship to child(ren)=relationship | DOB=dob | Ethnicity=ethnicity | Address=address | Does this person hold PR=pr", 1, title="Other significant adults"),
    heading("Reason for referral"),
    boxes("What are you worried about and what is the impact on the child(ren)?=box.worries+reason | What type of harm has the child suffered or likely to be suffering and any known history of harm?=box.harm | What support has already been offered by your agency and/or other agencies and what were the outcomes in terms of helping the family?=box.actions_taken | What is going well for the child(ren)?=box.working_well | What information do you know about the child(ren)'s parent/carer and the wider family?=box.family | Any other relevant information=box.other+complicating"),
    grid("printed", "Professional=title | Name and agency=name_agency | Telephone number=phone", 0, ("GP", "Health visitor", "School nurse", "School"), title="Details of professional contacts"),
    heading("Consent"),
    pairs(f"Have the parents or carers been informed of this referral?=consent.aware{YN} | Have they given consent to information being shared?=consent.given{YN} | If no, please say why=consent.reason | Has the designated safeguarding lead been consulted?=flag.lead_discussed{YN}", 1),
    heading("Details of person making the referral"),
    pairs("Name=author.name | Job title=author.role | Organisation=author.agency | Telephone=author.phone | Email=author.email | Date of referral=ref.date"),
    look=Look(tick="check", colour="1F5C3A"),
)  # fmt: skip

SSR_SCHOOL = layout(
    "ssr-school", "SSR", "SINGLE SERVICE REQUEST (SSR)", "fit",
    guide("For ONE service only."),
    heading("SECTION 1: Child/Young Person"),
    pairs("Surname:=child.family | First Name(s):=child.given | Previous Names (AKA):=child.alias | Unique Pupil No:=child.upn | Address:=child.address | Name of School=child.school | Male / Female=child.gender{Male/Female} | Date of Birth:=child.dob | Ethnic Code:=child.ethnic_code | Nationality:=noise.nationality | Religion:=child.religion | Year Group:=noise.year | Child/Young Persons first language or preferred means of communication:=child.language | Interpreter/Signer Required for Child/Young Person:=child.interpreter{YES/NO}"),
    heading("SECTION 2: Parents / carers"),
    pairs("Parent(s) Name:=carer1.name | Parent Name (if different address):=carer2.name | Address:=carer1.address | Address:=carer2.address | Telephone Number:=carer1.phone | Telephone Number:=carer2.phone | Parental Responsibility:=noise.blank | GP Name/Telephone Number=child.gp"),
    heading("SECTION 3: Person Completing This Form"),
    pairs("Mr/Mrs/Miss/Other:=noise.title | Full Name:=author.name | Designation/Title:=author.role | Contact Number:=author.phone | Date form completed:=ref.date | Email Contact:=author.email | Name of senior leader:=senior.name"),
    heading("SECTION 4: Service requested"),
    pairs("Has the Parent/Carer agreed to this referral?=consent.given{YES/NO} | If NO – please indicate reason:=consent.reason | Has the Parent/Carer consented to share information:=consent.share{YES/NO} | If NO – please indicate reason:=consent.reason", 1),
    boxes("Reason for request (what is the need and what is the effect on the child or young person?)=box.reason+worries | What has been tried already and what was the outcome?=box.actions_taken | What are the anticipated outcomes of this request?=box.next_steps | Child/Young Person Views=box.child_views | Parent/Carer Views=box.parent_views"),
    grid("workers", "Agency=agency | Name=name | Telephone Number:=phone", 1, title="Other agencies currently involved"),
    look=Look(tick="underline", separator="   ", footer="V12"),
)  # fmt: skip

SOS_MAP = layout(
    "sos-map", "SOS", "Signs of Safety Assessment and Planning – Mapping", "fit",
    pairs("Child(ren)/family:=child.name | Date:=ref.date | Date of birth=child.dob | Completed by:=author.name | Role:=author.role | Agency:=author.agency | Contact:=author.email_phone | Address:=child.address"),
    columns("What are we worried about?=box.worries+reason | What's working well?=box.working_well | What needs to happen?=box.next_steps"),
    boxes("Past harm=box.harm+worries | Complicating factors / grey areas=box.complicating"),
    pairs("On a scale of 0 – 10 (0 = certain to be harmed, 10 = safe enough to close)=scale", 1),
    columns("Child's views=box.child_views | Family's views=box.parent_views"),
    look=Look(landscape=True),
)  # fmt: skip

LAYOUTS = [CAF_SECTIONS, CAF_FULL, IAF_SINGLE, MARF_HUB, SSR_SCHOOL, SOS_MAP]
