"""Names, places and agencies that do not exist, to fill forms with."""

from __future__ import annotations

# Each heritage: family names, girls and women, boys and men, ethnicity as people write it with its code, religions, languages.
HERITAGES: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "family": (
            "Ashdown",
            "Pickering",
            "Hobbs",
            "Lacey",
            "Truscott",
            "Bramhall",
            "Fielding-Moore",
            "O'Dowd",
            "Kettle",
            "Sharples",
            "Wragg",
            "Sutcliffe",
        ),
        "female": ("Ellie", "Poppy", "Lexi-Mae", "Charlotte", "Amber", "Kirsty", "Donna", "Gemma", "Michelle", "Isla", "Georgia Rose", "Tia"),
        "male": ("Alfie", "Jayden", "Kyle", "Harry", "Connor", "Dean", "Craig", "Lee", "Archie", "Riley", "Tommy-Lee", "George"),
        "ethnicity": ("White British|WBRI", "White British|WBRI", "W/British|WBRI", "White Irish|WIRI", "White English|WBRI"),
        "religion": ("", "", "C of E", "No religion", "Christian"),
        "language": ("English",),
    },
    {
        "family": ("Ahmed", "Chowdhury", "Miah", "Begum", "Khatun", "Uddin", "Hoque", "Islam"),
        "female": ("Ayesha", "Sumaiya", "Nusrat", "Shirin", "Maryam", "Rukhsana", "Tahmina"),
        "male": ("Yusuf", "Ibrahim", "Mohammed Ali", "Rafiq", "Tanvir", "Sayeed", "Md Rahim"),
        "ethnicity": ("Bangladeshi|ABAN", "Asian Bangladeshi|ABAN", "Pakistani|APKN", "British Bangladeshi|ABAN"),
        "religion": ("Muslim", "Islam", "Muslim", ""),
        "language": ("Sylheti", "Bengali", "English", "Urdu"),
    },
    {
        "family": ("Adeyemi", "Okonkwo", "Boateng", "Mensah", "Abiola", "Osei-Bonsu", "Eze", "Kamara"),
        "female": ("Blessing", "Adaeze", "Temi", "Abena", "Funmilayo", "Grace", "Efua"),
        "male": ("Emmanuel", "Kofi", "Chidi", "Tunde", "Kwame", "David", "Ola"),
        "ethnicity": ("Black African|BAFR", "African|BAFR", "Black British African|BAFR", "African|BAFR"),
        "religion": ("Christian", "Pentecostal", "Christian", ""),
        "language": ("Yoruba", "Igbo", "English", "Twi"),
    },
    {
        "family": ("Kowalczyk", "Nowak", "Zielinski", "Popescu", "Ionescu", "Kovacs", "Petrov"),
        "female": ("Zofia", "Maja", "Agnieszka", "Ioana", "Elena", "Kinga", "Dorota"),
        "male": ("Kacper", "Jakub", "Szymon", "Andrei", "Mihai", "Bartosz", "Piotr"),
        "ethnicity": ("White Polish|WOTH", "Any other White background|WOTH", "White Eastern European|WOTH", "White Romanian|WOTH"),
        "religion": ("Catholic", "Orthodox", "", "Roman Catholic"),
        "language": ("Polish", "Romanian", "English", "Hungarian"),
    },
    {
        "family": ("Campbell", "Francis", "Grant", "Clarke-Reid", "Gayle", "Morrison", "Barrett"),
        "female": ("Shanice", "Aaliyah", "Keisha", "Naomi", "Chantelle", "Renee"),
        "male": ("Jerome", "Malachi", "Tyrell", "Nathaniel", "Devon", "Marlon"),
        "ethnicity": ("Black Caribbean|BCRB", "Caribbean|BCRB", "White and Black Caribbean|MWBC", "Mixed White/Black Caribbean|MWBC"),
        "religion": ("Christian", "", "Rastafarian", "Seventh Day Adventist"),
        "language": ("English",),
    },
    {
        "family": ("Singh", "Kaur", "Patel", "Sharma", "Gill", "Dhaliwal", "Desai"),
        "female": ("Simran", "Jasleen", "Priya", "Meera", "Harpreet", "Anjali"),
        "male": ("Arjun", "Gurdeep", "Rohan", "Jaspal", "Vikram", "Amar"),
        "ethnicity": ("Indian|AIND", "Asian Indian|AIND", "British Indian|AIND"),
        "religion": ("Sikh", "Hindu", "Hindu", ""),
        "language": ("Punjabi", "Gujarati", "English", "Hindi"),
    },
    {
        "family": ("Hussein", "Warsame", "Abdi", "Haile", "Tesfay", "Al-Hadid", "Karimi"),
        "female": ("Fadumo", "Hodan", "Selam", "Rahel", "Noor", "Zahra"),
        "male": ("Abdirahman", "Liban", "Yonas", "Samir", "Omar", "Dawit"),
        "ethnicity": ("Somali|BAFR", "Black African|BAFR", "Any other ethnic group|OOTH", "Arab|OOTH"),
        "religion": ("Muslim", "Muslim", "Islam", ""),
        "language": ("Somali", "Arabic", "Tigrinya", "Dari"),
    },
    {
        "family": ("Nguyen", "Tran", "Chen", "Wong", "Li"),
        "female": ("Mei", "Linh", "Thuy", "Jia Yi", "Ling"),
        "male": ("Minh", "Wei", "Duc", "Jun", "Kai"),
        "ethnicity": ("Chinese|CHNE", "Vietnamese|AOTH", "Any other Asian background|AOTH"),
        "religion": ("Buddhist", "", "No religion"),
        "language": ("Vietnamese", "Cantonese", "Mandarin", "English"),
    },
)

STREETS = (
    "Wharf Lane",
    "Cobden Street",
    "Larch Close",
    "St Aidan's Road",
    "Hollow Way",
    "Railway Terrace",
    "Priory Gardens",
    "Marlpit Avenue",
    "Tannery Court",
    "Upper Mead",
    "Quayside",
    "Beech Grove",
    "The Crescent",
    "Old Forge Road",
)
BUILDINGS = ("Harrier House", "Jubilee Court", "Mill Point", "Ravenscroft", "Block C")
TOWNS = (("Eastmere", "EJ"), ("Stonebridge", "KF"), ("Hallow Heath", "HK"), ("Marlingford", "TH"), ("Dunsley", "LW"), ("Copley", "BW"))
SCHOOLS = (
    "Meadowbank Primary School",
    "St Cuthbert's RC Primary",
    "Highfield Academy",
    "Dunsley Community College",
    "Park Lane Nursery",
    "The Orchard School",
    "Ridgeway Infants",
    "Little Stars Pre-School",
    "Eastmere High",
)
SURGERIES = ("Wharf Lane Surgery", "The Health Centre, Copley", "Priory Medical Practice", "Dunsley Family Practice", "Old Bank Surgery")
DOCTORS = ("Dr Hargreaves", "Dr Nair", "Dr A. Olatunji", "Dr Prentice", "Dr Sandhu", "Dr M Leclerc")

# agency kind: agency names, roles, mail domains
AGENCIES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "school": (
        SCHOOLS,
        ("Designated Safeguarding Lead", "Head of Year 8", "Class Teacher", "SENCO", "Pastoral Manager", "Deputy Headteacher"),
        ("meadowbank.example.org", "highfield-academy.example.com", "dunsley-college.example"),
    ),
    "health": (
        ("Stonebridge 0-19 Service", "Priory Children's Hospital", "Eastmere Maternity", "Community Paediatrics"),
        ("Health Visitor", "Community Midwife", "Paediatric Staff Nurse", "School Nurse", "Consultant Paediatrician"),
        ("stonebridge-health.example.net", "priory-hospital.example.net"),
    ),
    "gp": (SURGERIES, ("GP", "Practice Nurse", "GP Partner", "Salaried GP"), ("wharflane.example.org", "priorymedical.example.net")),
    "police": (
        ("Northshire Police", "Northshire Constabulary"),
        ("Police Constable", "Detective Constable", "PPU Sergeant", "Early Intervention Officer"),
        ("northshire.police.example",),
    ),
    "housing": (
        ("Copley Homes", "Marling Housing Association"),
        ("Housing Officer", "Tenancy Officer", "Neighbourhood Manager"),
        ("copleyhomes.example.com", "marling-ha.example.org"),
    ),
    "voluntary": (
        ("Haven Family Support", "Eastmere Youth Project", "Home-Start Dunsley"),
        ("Family Support Worker", "Youth Worker", "IDVA", "Outreach Worker"),
        ("havenfs.example.org", "eastmereyouth.example.org"),
    ),
}
PROFESSIONALS = (
    "Alison Crabtree",
    "Dr Femi Balogun",
    "Martin Oakes",
    "Sinead Brody",
    "Parveen Akhtar",
    "Colin Mather",
    "Judith Ogden",
    "Wendy Latimer",
    "Tariq Mahmood",
    "Rhiannon Pugh",
    "Stuart Kemp",
    "Ewa Lis",
    "Beverley Stone",
    "Nkechi Obi",
    "Graham Tuck",
    "Lorna McBride",
)
OTHER_ROLES = (
    ("Class Teacher", "school"),
    ("School Nurse", "health"),
    ("Health Visitor", "health"),
    ("Housing Officer", "housing"),
    ("Family Support Worker", "voluntary"),
    ("CAMHS practitioner", "health"),
    ("GP", "gp"),
)
DISABILITIES = (
    "Autism (diagnosed 2023)",
    "Hearing loss, wears aids",
    "Moderate learning difficulty",
    "ADHD, under assessment",
    "Epilepsy",
    "Speech and language delay",
)
PHONES = (
    "07700 900{:03d}",
    "07700 900 {:03d}",
    "07700900{:03d}",
    "020 7946 0{:03d}",
    "(020) 7946 0{:03d}",
    "0113 496 0{:03d}",
    "01632 960{:03d}",
    "01632 960 {:03d}",
    "+44 7700 900{:03d}",
)
KNOWN_AS = ("class teacher", "Key worker", "allocated health visitor", "none, attended the address", "Form tutor since September")
NOTHING = ("N/A", "n/a", "-", "None", "none", "NA", "N/A", "not applicable")
"""What some people write rather than leave a question blank where there is nothing to say."""
UNKNOWN = ("not known", "Not known", "N/K", "Unknown", "unknown", "not given", "No Information Available", "n/k")
ETHNIC_WORDS = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WOTH": "Any other White background",
    "BAFR": "African",
    "BCRB": "Caribbean",
    "ABAN": "Bangladeshi",
    "APKN": "Pakistani",
    "AIND": "Indian",
    "AOTH": "Any other Asian background",
    "CHNE": "Chinese",
    "MWBC": "White & Black Caribbean",
    "OOTH": "Any other ethnic group",
}
