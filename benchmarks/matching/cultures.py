"""Names of many communities for the made-up register: own lists, commonest first, and how a family passes names on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """`custom` says how children are named: see register.py."""

    code: str
    share: float
    custom: str
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


_BRITISH_FIRST = "Ash Black Brad Brough Carl Chad Clay Cole Cran Dal Dun East Elms Fair Farn Gold Green Hal Hard Hart Haw Hazel Hol Hor Kirk Lang Lin Long Mar Mid Nor Oak Pem Pres Rad Red Rush Sher Stan Stock Sut Thorn Tre Wake Wal Wars Wey Whit Win Wood"
_BRITISH_LAST = "bourne bridge brook burn bury by combe cott croft dale den ell er field ford gate ham hurst ington land ley low man mere more ridge shaw son stead stock ston thorpe ton wall ward way well wick win wood worth"


def _built() -> tuple[str, ...]:
    return tuple(first + last for last in _BRITISH_LAST.split() for first in _BRITISH_FIRST.split())


def _culture(code: str, share: float, custom: str, girls: str, boys: str, families: str) -> Culture:
    return Culture(code, share, custom, tuple(girls.split()), tuple(boys.split()), tuple(families.split()))


_ENGLISH_FAMILIES = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Clark Harrison Scott Cooper King Baker Martin Morris James Morgan "
    "Hill Moore Harris Edwards Lewis Ward Parker Turner Hughes Bennett Young Allen Cook Carter Bailey Shaw Mitchell Collins Richardson Phillips Lee Cox Marshall Simpson Price Anderson Adams Wilkinson Foster Ellis "
    "Murphy Webb Rogers Stevens Kelly Gray Hunt Mills Palmer Campbell Graham Knight Barnes Matthews Fisher Powell Butler Russell Barker Dixon Reynolds Fletcher Harvey Stewart Murray Gibson Pearson Lloyd Andrews "
    "Owen Burton Reid Ford Ryan Lawrence Cole Saunders Dean Fox Pearce Watts Bradley Hart O'Neill O'Brien O'Connor McDonald McCarthy MacLeod Doyle Gallagher Byrne Doherty Fitzgerald Duffy Nolan Quinn Walsh Sullivan "
    "Hopkins Burns Lambert Griffin Newman Wheeler Bishop Carr Lowe Holt Barrett Spencer Perry Hudson Wallis Todd Nash Benson Frost Bird Banks Pratt Norris Kemp Blake Dawson Sharp Bond Lamb Goodwin Tomlinson Dyer Hobbs"
)
_ENGLISH_GIRLS = (
    "Olivia Amelia Isla Ava Mia Ivy Lily Isabella Rosie Sophia Grace Willow Freya Florence Emily Ella Poppy Evie Elsie Charlotte Evelyn Sienna Sofia Daisy Phoebe Sophie Alice Harper Matilda Ruby Emma Maya Millie "
    "Isabelle Eva Luna Jessica Ada Aria Arabella Maisie Esme Eliza Penelope Bonnie Chloe Violet Scarlett Imogen Harriet Lottie Eleanor Robyn Holly Amber Leah Zoe Megan Lauren Bethany Georgia Jasmine Paige Shannon "
    "Rebecca Hannah Rachel Laura Sarah Gemma Emma Claire Kelly Lisa Nicola Michelle Karen Julie Susan Tracey Deborah Joanne Samantha Natalie Stacey Kerry Hayley Danielle Kirsty Leanne Donna Amanda Louise Zara Tegan Nevaeh "
    "Skye Summer Lexi Kayleigh Demi Chelsea Abigail Lucy Molly Erin Niamh Caitlin Aoife Sinead Roisin Sian Bronwen Eilidh Fiona Catriona Margaret Dorothy Jean Patricia Linda Christine Janet Carol Wendy Elaine"
)
_ENGLISH_BOYS = (
    "Noah Oliver George Arthur Muhammad Leo Harry Oscar Archie Jack Henry Charlie Freddie Theodore Thomas Finley Theo Alfie Jacob William Isaac Tommy Joshua James Lucas Alexander Roman Edward Elijah Teddy Mason Rory "
    "Reuben Ethan Albie Jude Logan Max Louie Harrison Sebastian Hugo Samuel Benjamin Frankie Ezra Zachary Daniel Riley Toby Jayden Kai Tyler Callum Connor Liam Ryan Luke Nathan Adam Jordan Kieran Aaron Lewis Kyle Owen "
    "Matthew Christopher David Michael Andrew Paul Mark Stephen Steven Richard Robert John Peter Simon Ian Darren Lee Jason Wayne Craig Gary Stuart Dean Neil Sean Shaun Patrick Declan Conor Fergus Hamish Euan Rhys Gareth Dylan "
    "Kevin Anthony Philip Graham Nigel Terence Kenneth Derek Brian Alan Colin Trevor Geoffrey Stanley Albert Reggie Ronnie Bobby Jaxon Jenson Carter Hudson Hunter Blake"
)

CULTURES = (
    Culture("wb", 0.50, "western", tuple(_ENGLISH_GIRLS.split()), tuple(_ENGLISH_BOYS.split()), tuple(_ENGLISH_FAMILIES.split()) + _built()),
    _culture("ban", 0.075, "bangladeshi",
        "Fatema Ayesha Nasima Rahima Salma Shirin Sultana Rukshana Taslima Jannatul Tahmina Sadia Nusrat Farhana Maryam Hasina Momtaz Rehana Jahanara Sumaiya Tanjina Rabeya Shahida Nazma Afsana Mahfuza Lutfa Ruksana Habiba Anika",
        "Rahim Karim Jamal Kamal Abdul Faruk Shafiq Rafiq Nurul Anwar Monir Habib Salam Tareq Imran Rashed Sohel Rubel Tanvir Mahbub Shahin Ashraf Aminul Rezaul Jahangir Kabir Selim Babul Liton Zakir Fahim Nayeem",
        "Miah Uddin Ali Rahman Islam Hoque Ahmed Hussain Khan Chowdhury Ullah Alam Haque Sarkar Mia Kabir Hasan Talukder Mollah Sheikh"),
    _culture("pak", 0.075, "pakistani",
        "Aisha Fatima Zainab Maryam Sana Hina Saima Rubina Shazia Nadia Samina Farzana Nasreen Shabana Rukhsana Iqra Amna Hafsa Khadija Inaya Anaya Zara Kiran Bushra Tahira Noreen Sadia Maira Laiba Eshal",
        "Mohammed Ali Hassan Usman Bilal Imran Asif Tariq Kashif Adnan Faisal Kamran Nadeem Waqas Zeeshan Shahid Junaid Hamza Umar Yusuf Ibrahim Haris Ahmed Rizwan Sajid Arshad Khalid Naveed Amir Saqib",
        "Khan Hussain Ahmed Ali Malik Mahmood Iqbal Akhtar Shah Hussein Mirza Butt Chaudhry Raja Rashid Aslam Javed Anwar Qureshi Sheikh Bhatti Siddiqui Rehman Saleem Nawaz Zaman Riaz Yousaf Shabir Ashraf Latif Mughal"),
    _culture("ind", 0.04, "western",
        "Priya Anjali Pooja Neha Riya Aarohi Diya Ananya Kavita Sunita Meena Lakshmi Shreya Isha Nisha Hetal Bhavna Rekha Komal Jyoti Aanya Saanvi Kajal Trisha Heena",
        "Aarav Rohan Amit Raj Vijay Sanjay Nikhil Arjun Vihaan Krishna Deepak Rahul Anil Suresh Ashok Dhruv Dev Jay Kunal Manish Hitesh Bhavesh Mehul Ramesh Ishaan",
        "Patel Shah Sharma Kumar Mistry Desai Gupta Joshi Mehta Chauhan Parmar Solanki Rao Reddy Nair Iyer Verma Agarwal Bhatt Trivedi Pandya Rana Thakur Modi Amin"),
    _culture("sikh", 0.03, "sikh",
        "Harpreet Jaspreet Manpreet Simran Gurpreet Kiran Amrit Navdeep Rajinder Balwinder Sukhdeep Parminder Jasleen Harleen Amandeep Satwinder Ravinder Kulwinder Mandeep Prabhjot Jasmeet Kirandeep",
        "Harpreet Gurpreet Jaspal Manjit Sukhdev Amarjit Balbir Gurdeep Rajinder Navdeep Arjan Fateh Jagjit Kuldeep Paramjit Ranjit Satnam Tajinder Harjinder Mandeep Amandeep Karan",
        "Gill Sidhu Dhillon Sandhu Grewal Bains Dhaliwal Mann Sahota Johal Atwal Bhogal Rai Virk Cheema Uppal Sohal Kang Hundal Randhawa"),
    _culture("som", 0.035, "chain",
        "Amina Fadumo Halima Hodan Sahra Ifrah Khadra Nasra Faiza Ayaan Hibo Ubah Zamzam Deqa Sagal Safiya Maryan Asha Naima Idil Hawa Ruqiya Sumaya Fartun",
        "Abdi Ahmed Mohamed Hassan Ali Yusuf Omar Abdullahi Ibrahim Farah Jama Warsame Hussein Said Ismail Abdirahman Mahad Liban Guled Nur Osman Elmi Mahamud Abshir Bile Dahir Hersi Roble Shire Warfa", ""),
    _culture("eri", 0.012, "chain",
        "Selam Helen Miriam Feven Luwam Rahwa Bethlehem Hiwet Saba Winta Natsnet Semhar Yordanos Mehret Eden Danait Senait Tsega",
        "Yonas Filmon Tesfay Haile Berhane Mehari Kidane Samuel Daniel Amanuel Abel Dawit Ghebre Tekle Isaias Robel Simon Mussie Yohannes Negasi Habte Teklu", ""),
    _culture("pol", 0.04, "gendered",
        "Julia Zuzanna Maja Zofia Hanna Lena Alicja Oliwia Wiktoria Aleksandra Anna Katarzyna Magdalena Agnieszka Monika Joanna Ewa Malgorzata Karolina Natalia Patrycja Kinga Dominika Sylwia Izabela Weronika",
        "Jakub Kacper Szymon Mateusz Filip Michal Bartosz Wojciech Piotr Tomasz Krzysztof Pawel Marcin Lukasz Adam Dawid Kamil Patryk Maciej Grzegorz Antoni Jan Franciszek Oliwier Stanislaw",
        "Kowalski Nowak Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak Dabrowski Kozlowski Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Pawlowski Michalski Nowicki Adamczyk Dudek Zajac Wieczorek Jablonski Krol Majewski Olszewski Stepien"),
    _culture("lit", 0.012, "gendered",
        "Greta Ugne Gabija Egle Rasa Jurgita Ruta Daiva Ieva Lina Viktorija Emilija Kamile Austeja Inga Monika",
        "Lukas Matas Jonas Mantas Tomas Darius Rokas Dovydas Andrius Paulius Domas Giedrius Marius Vytautas Linas Saulius",
        "Kazlauskas Jankauskas Petrauskas Stankevicius Butkus Zukauskas Paulauskas Urbonas Balciunas Navickas Ramanauskas Vasiliauskas Rimkus Savickas Adomaitis Kavaliauskas"),
    _culture("svk", 0.012, "gendered",
        "Lucia Katarina Zuzana Jana Eva Monika Kristina Veronika Simona Dominika Nikola Vanesa Viktoria Denisa Nela Tatiana",
        "Martin Jan Peter Jozef Marek Lukas Tomas Michal Patrik Dominik Samuel Adam Roman Erik Miroslav Ladislav",
        "Horvath Novak Kovac Varga Toth Nagy Balog Molnar Kral Danko Ferenc Dunka Gabor Pompa Conka Mirga Demeter Kotlar Puska Lakatos"),
    _culture("bul", 0.008, "gendered",
        "Maria Ivana Elena Desislava Viktoria Gergana Nikol Radka Svetla Yoana Daniela Petya Stefka Mihaela",
        "Ivan Georgi Dimitar Nikolay Petar Stefan Hristo Todor Angel Vasil Krasimir Plamen Boyan Aleks",
        "Ivanov Petrov Georgiev Dimitrov Nikolov Stoyanov Todorov Hristov Angelov Iliev Kolev Marinov Yordanov Popov"),
    _culture("rou", 0.03, "western",
        "Maria Elena Andreea Ioana Alexandra Gabriela Mihaela Cristina Daniela Simona Bianca Larisa Denisa Roxana Florentina Georgiana Sofia Ana Raluca Camelia",
        "Andrei Alexandru Ionut Mihai Stefan Gabriel Cristian Florin Marius Adrian Vasile Gheorghe Daniel Razvan Bogdan Denis Luca David Nicolae Costel",
        "Popescu Ionescu Popa Dumitru Stan Stoica Gheorghe Radu Marin Munteanu Constantin Matei Dinu Lazar Moldovan Rusu Ciobanu Dragomir Florea Tudor Stancu Ungureanu Mocanu Serban"),
    _culture("ukr", 0.008, "gendered",
        "Olena Oksana Iryna Natalia Yulia Anastasia Daria Polina Sofiia Tetiana Kateryna Viktoriia Alina Solomiia",
        "Oleksandr Andriy Dmytro Serhiy Ivan Mykola Maksym Artem Bohdan Taras Yaroslav Denys Nazar Vladyslav",
        "Shevchenko Bondarenko Kovalenko Tkachenko Kravchenko Koval Melnyk Oliynyk Lysenko Marchenko Rudenko Savchenko Petrenko Moroz Levytsky Chornovolsky"),
    _culture("por", 0.012, "iberian",
        "Maria Ana Beatriz Leonor Matilde Carolina Mariana Ines Sofia Joana Catarina Rita Marta Lara",
        "Joao Rodrigo Martim Francisco Santiago Tomas Afonso Miguel Pedro Tiago Diogo Ricardo Nuno Bruno",
        "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Goncalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes"),
    _culture("spa", 0.008, "iberian",
        "Lucia Sofia Martina Valentina Camila Daniela Paula Carmen Laura Elena Gabriela Ximena Alejandra Isabel",
        "Mateo Hugo Santiago Sebastian Diego Alejandro Javier Carlos Juan Luis Andres Miguel Jorge Felipe",
        "Garcia Rodriguez Gonzalez Fernandez Lopez Martinez Sanchez Perez Gomez Ruiz Diaz Moreno Alvarez Romero Torres Vargas Castro Ortiz Rojas Herrera"),
    _culture("chi", 0.012, "chinese",
        "Mei Ling Xiu-Ying Fang Li-Na Yan Jing Xin-Yi Wai-Ling Hui Yue Qian Siu-Fong Lan",
        "Wei Jun Ka-Ming Jian Hao Chi-Keung Lei Ming Bo Feng Zi-Hao Kwok-Wai Yong Tao",
        "Chen Wong Li Lin Zhang Liu Chan Lam Cheung Leung Huang Wu Yang Ng Ho Lau Yeung Zhou Xu Tang"),
    _culture("vie", 0.008, "chinese",
        "Thi-Lan Thu-Ha Ngoc-Anh Thi-Mai Kim-Chi Phuong Linh Thuy Hong Bich-Ngoc",
        "Van-Nam Quang-Minh Duc-Anh Van-Hung Minh-Tuan Hoang Tien Bao Huy Van-Dung",
        "Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ngo Duong"),
    _culture("tam", 0.01, "tamil",
        "Kavitha Priya Abirami Thivya Meena Nithya Sivapriya Tharani Anitha Vithuja Yalini Kausalya",
        "Suresh Arun Karthik Sivakumar Thushan Pradeep Ramesh Vithushan Nirosh Ganesh Mathan Kajan",
        "Sivalingam Rajaratnam Thambirajah Nadarajah Kandiah Selvarajah Ponnampalam Arulampalam Yogarajah Balasingam Tharmalingam Sithamparam"),
    _culture("afg", 0.012, "afghan",
        "Zahra Fatima Maryam Parwana Shabnam Nargis Freshta Soraya Laila Zarmina Hosna Setara",
        "Ahmad Mohammad Ali Najib Farid Hamid Rahmatullah Esmatullah Wali Zabihullah Idris Omid",
        "Ahmadzai Stanikzai Rahimi Karimi Noori Hakimi Safi Amiri Sultani Mohammadi Azizi Popal Wardak Sharifi"),
    _culture("kur", 0.012, "western",
        "Hero Shilan Dilnaz Avin Nergiz Rojin Sozan Chra Bahar Hana Lana Tara",
        "Karwan Hiwa Rebin Aram Dilshad Sherko Azad Rawand Zana Kawa Soran Hawre",
        "Mohammed Ahmed Ali Hassan Rasul Mahmood Karim Aziz Omer Barzani Hamid Salih Qadir Ismail"),
    _culture("tur", 0.012, "western",
        "Elif Zeynep Ayse Fatma Emine Merve Esra Hatice Ebru Defne Azra Nehir",
        "Mehmet Mustafa Ahmet Ali Huseyin Emre Yusuf Burak Can Eymen Kerem Murat",
        "Yilmaz Kaya Demir Sahin Celik Yildiz Aydin Ozturk Arslan Dogan Kilic Aslan Cetin Kara Koc Kurt"),
    _culture("arab", 0.02, "arab",
        "Fatima Mariam Noor Layla Salma Rania Hanan Samira Yasmin Huda Amal Dina Rana Nour",
        "Mohammed Ahmad Omar Khaled Yousef Hassan Mahmoud Ibrahim Samir Karim Tarek Walid Nabil Ziad",
        "Al-Hassan Al-Khatib Haddad Saleh Mansour Al-Masri Khalil Nasser Al-Sayed Hamdan Darwish Aziz Saeed Al-Ahmad Othman Bakri"),
    _culture("yor", 0.02, "western",
        "Oluwaseun Temitope Folasade Ayomide Damilola Titilayo Abeni Yetunde Simisola Morenike Esther Grace Blessing Deborah",
        "Oluwatobi Babatunde Ayodele Olumide Adebayo Temiloluwa Oluwafemi Kolawole David Samuel Emmanuel Daniel Segun Kayode",
        "Adeyemi Adebayo Ogunleye Balogun Olatunji Adeleke Oyelaran Afolabi Akinola Ojo Bankole Adewale Okunola Salami Lawal Alabi"),
    _culture("igb", 0.012, "western",
        "Chioma Ngozi Adaeze Ifeoma Chinonso Nneka Amarachi Obioma Uchenna Kosisochukwu Favour Mercy",
        "Chukwuemeka Chidiebere Obinna Ikenna Emeka Kelechi Nnamdi Uche Chinedu Somtochukwu Victor Kingsley",
        "Okafor Okonkwo Eze Nwosu Udeh Onyeka Obi Nwankwo Chukwu Igwe Okoye Anyanwu"),
    _culture("gha", 0.015, "western",
        "Akosua Abena Ama Adwoa Afia Efua Yaa Gifty Mavis Comfort Patience Priscilla",
        "Kwame Kofi Kwabena Yaw Kwaku Kojo Emmanuel Isaac Ebenezer Nana Samuel Prince",
        "Mensah Owusu Boateng Asante Osei Appiah Agyemang Amoah Opoku Acheampong Frimpong Adjei Ofori Darko Antwi"),
    _culture("carib", 0.045, "western",
        "Shanice Keisha Tanisha Chantelle Kezia Imani Shanelle Natalia Janelle Monique Aaliyah Tia Latoya Beverley Marcia Sonia Kadisha Rochelle Tiana Amara",
        "Jermaine Marlon Winston Delroy Leroy Tyrone Devonte Kieron Malachi Ezekiel Omari Tyrell Dwayne Desmond Clive Andre Rashaun Kymani Isaiah Nathaniel",
        "Campbell Brown Williams Clarke Grant Gordon Francis Morgan Reid Henry Lewis Thomas Bailey Powell Edwards Stewart Barrett Palmer Wright Allen Bennett Kennedy Barker Samuels Douglas Hinds Pinnock McKenzie"),
    _culture("zim", 0.01, "western",
        "Tendai Rudo Chipo Nyasha Tariro Ruvimbo Rumbidzai Tatenda Kudzai Memory Precious Blessing",
        "Tafadzwa Farai Tinashe Tawanda Takudzwa Tanaka Simba Munashe Kudakwashe Blessed Tonderai Panashe",
        "Moyo Ncube Sibanda Dube Ndlovu Chikomo Mutasa Nyathi Mpofu Marufu Chirwa Muchena Zhou Gumbo"),
    _culture("alb", 0.012, "western",
        "Elira Arta Besa Drita Fjolla Ermira Anisa Klea Ajla Era Mirela Valbona",
        "Arben Besnik Driton Erion Ilir Luan Endrit Klevis Ardit Noel Gezim Altin",
        "Hoxha Krasniqi Gashi Berisha Shala Morina Dervishi Kola Leka Shehu Prifti Marku Gjoka"),
    _culture("fil", 0.01, "western",
        "Maricel Jocelyn Rowena Angelica Kristine Althea Princess Jasmine Rosalie Michelle",
        "Jose Mark Angelo Christian Jericho John-Paul Rodel Renato Ariel Gabriel",
        "Santos Reyes Cruz Bautista Garcia Mendoza Ramos Aquino Villanueva De-Leon Castillo Dela-Cruz"),
)  # fmt: skip


def called(given: str) -> str:
    """The name somebody is called by: after Md, Mohammed, Abdul where more follows."""
    words = given.split()
    return words[1] if len(words) > 1 and words[0] in {"Md", "Mohammed", "Muhammad", "Abdul"} else words[0]


def alike(one: str, other: str) -> bool:
    """Sophia and Sofia, Lily and Lilly: no parents call two of their children so."""
    return _heard(one) == _heard(other)


def _heard(name: str) -> str:
    plain = name.lower().replace("ph", "f").replace("y", "i").replace("h", "").replace("ck", "k")
    return "".join(letter for place, letter in enumerate(plain) if plain[place - 1 : place] != letter)


def gendered(name: str, gender: str, culture: str, married: bool) -> str:
    """A woman's form of a family name."""
    if gender != "F":
        return name
    if culture == "lit":
        stem = name[:-2]
        return stem + ("iene" if married else "aite" if name.endswith("as") else "yte" if name.endswith("is") else "ute")
    if culture in {"pol", "ukr"}:
        return name[:-1] + "a" if name.endswith(("ski", "cki", "dzki", "sky")) else name
    if culture == "bul":
        return name + "a"
    return name + "ova" if culture == "svk" else name


def masculine(name: str, culture: str) -> str:
    """The man's form again, near enough for a made-up family."""
    if culture == "lit":
        for ending, man in (("iene", "as"), ("aite", "as"), ("yte", "is"), ("ute", "us")):
            if name.endswith(ending):
                return name[: -len(ending)] + man
    if culture == "svk" and name.endswith("ova"):
        return name[:-3]
    if culture == "bul" and name.endswith("va"):
        return name[:-1]
    if culture in {"pol", "ukr"} and name.endswith(("ska", "cka")):
        return name[:-1] + ("i" if culture == "pol" else "y")
    return name
