"""Who plays in the demonstration: places, staff, and learners with made-up names."""

from dataclasses import dataclass
from random import Random

from lms.centres.actions import CentreFacts, StateBodyFacts
from lms.permissions import Role

PASSWORD = "aarhus-demo"  # printed for everybody; the demonstration refuses to load in production

CENTRES = {
    "karaganda": CentreFacts(
        region_code="KZ-35",
        name_kk="Қарағанды облысы бойынша өңірлік оқу орталығы",
        name_ru="Региональный учебный центр по Карагандинской области",
        name_en="Regional Training Centre for Karaganda Region",
        contact="+7 (000) 000-00-35, 9:00–18:00",
        signatory="Г. Б. Қожахметова",
    ),
    "astana": CentreFacts(
        region_code="KZ-71",
        name_kk="Астана қаласы бойынша өңірлік оқу орталығы",
        name_ru="Региональный учебный центр по городу Астане",
        name_en="Regional Training Centre for Astana City",
        contact="+7 (000) 000-00-71, 9:00–18:00",
        signatory="Д. М. Касымов",
    ),
}


@dataclass(frozen=True, slots=True)
class Body:
    """A state body of the demonstration, under another one if it says so."""

    facts: StateBodyFacts
    under: str | None = None


def _body(region: str, level: str, kk: str, ru: str, en: str, under: str | None = None) -> Body:
    return Body(StateBodyFacts(region_code=region, level=level, name_kk=kk, name_ru=ru, name_en=en), under)


BODIES = {
    "ministry": _body(
        "KZ-71",
        "central",
        "Экология және табиғи ресурстар министрлігі",
        "Министерство экологии и природных ресурсов",
        "Ministry of Ecology and Natural Resources",
    ),
    "astana-akimat": _body(
        "KZ-71", "oblast", "Астана қаласының әкімдігі", "Акимат города Астаны", "Akimat of Astana City"
    ),
    "astana-environment": _body(
        "KZ-71",
        "oblast",
        "Астана қаласының Қоршаған ортаны қорғау басқармасы",
        "Управление охраны окружающей среды города Астаны",
        "Department of Environmental Protection of Astana City",
        under="astana-akimat",
    ),
    "saryarka": _body(
        "KZ-71",
        "district",
        "«Сарыарқа» ауданы әкімінің аппараты",
        "Аппарат акима района «Сарыарка»",
        "Office of the Akim of Saryarka District",
        under="astana-akimat",
    ),
    "karaganda-akimat": _body(
        "KZ-35",
        "oblast",
        "Қарағанды облысының әкімдігі",
        "Акимат Карагандинской области",
        "Akimat of Karaganda Region",
    ),
    "karaganda-resources": _body(
        "KZ-35",
        "oblast",
        "Қарағанды облысының Табиғи ресурстар басқармасы",
        "Управление природных ресурсов Карагандинской области",
        "Department of Natural Resources of Karaganda Region",
        under="karaganda-akimat",
    ),
    "temirtau": _body(
        "KZ-35",
        "district",
        "Теміртау қаласы әкімінің аппараты",
        "Аппарат акима города Темиртау",
        "Office of the Akim of Temirtau City",
        under="karaganda-akimat",
    ),
    "karkaraly": _body(
        "KZ-35",
        "district",
        "Қарқаралы ауданы әкімінің аппараты",
        "Аппарат акима Каркаралинского района",
        "Office of the Akim of Karkaraly District",
        under="karaganda-akimat",
    ),
}

POSTS = {  # where learners of a centre work, and the categories of their posts
    "karaganda": (
        ("karaganda-akimat", "D-4"),
        ("karaganda-resources", "D-O-4"),
        ("karaganda-resources", "D-O-5"),
        ("temirtau", "E-4"),
        ("karkaraly", "E-3"),
    ),
    "astana": (
        ("ministry", "C-5"),
        ("ministry", "C-4"),
        ("astana-akimat", "D-4"),
        ("astana-environment", "D-O-5"),
        ("saryarka", "E-4"),
    ),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A made-up name."""

    last: str
    first: str
    middle: str | None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who does more than learn; the scope names a centre of the cast, or says `course`."""

    login: str
    name: Name
    role: Role
    language: str
    centre: str
    scope: str | None
    comes_to: str  # for the printed list


STAFF = (
    Staff(
        "trainer",
        Name("Сейітова", "Ләззат", None),
        Role.TRAINER,
        "ru",
        "karaganda",
        "course",
        "publish courses, see questions",
    ),
    Staff(
        "coordinator",
        Name("Әбдірахманов", "Нұрлан", "Серікұлы"),
        Role.COORDINATOR,
        "kk",
        "karaganda",
        "karaganda",
        "run cohorts in Karaganda",
    ),
    Staff(
        "coordinator2",
        Name("Ким", "Светлана", "Олеговна"),
        Role.COORDINATOR,
        "ru",
        "astana",
        "astana",
        "run cohorts in Astana",
    ),
    Staff(
        "official",
        Name("Жұмабек", "Айдос", "Ерланұлы"),
        Role.OFFICIAL,
        "ru",
        "astana",
        None,
        "read and download figures",
    ),
    Staff(
        "administrator",
        Name("Тілеуова", "Меруерт", None),
        Role.ADMINISTRATOR,
        "kk",
        "astana",
        None,
        "manage people, grants and places",
    ),
)

_LAST = (
    "Ахметов", "Байжанов", "Ғабдуллин", "Дүйсенов", "Есенов", "Жүнісов", "Ибраев", "Қалиев", "Қожахметов", "Мұратов",
    "Нұрпейісов", "Омаров", "Өтегенов", "Рахимов", "Сүлейменов", "Тоқтаров", "Ұзақов", "Шәріпов", "Ысқақов", "Петров",
)  # fmt: skip
_WOMEN = ("Айгүл", "Әйгерім", "Гүлнар", "Динара", "Еркежан", "Жанар", "Қарлығаш", "Мәдина", "Сәуле", "Ольга")
_MEN = ("Асқар", "Бауыржан", "Дәурен", "Ерлан", "Қайрат", "Мұхтар", "Нұржан", "Рүстем", "Талғат", "Вячеслав")
_FATHERS = ("Серік", "Болат", "Марат", "Қанат", "Ермек", "Жандос")


def learner_names(count: int, chance: Random) -> list[Name]:
    """Return different made-up names, women and men in turn."""
    names: dict[tuple[str, str], Name] = {}
    while len(names) < count:
        is_woman = len(names) % 2 == 0
        last = chance.choice(_LAST) + ("а" if is_woman else "")
        first = chance.choice(_WOMEN if is_woman else _MEN)
        father = chance.choice((*_FATHERS, None))
        middle = f"{father}{'қызы' if is_woman else 'ұлы'}" if father else None
        names.setdefault((last, first), Name(last, first, middle))
    return list(names.values())
