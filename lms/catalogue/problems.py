"""The words for every problem that the checker reports, in three languages."""

from collections.abc import Mapping
from typing import NamedTuple

from lms.markup.problem import Problem


class Words(NamedTuple):
    """One message; {names} stand for the facts of a problem."""

    kk: str
    ru: str
    en: str


MESSAGES: Mapping[str, Words] = {
    "not-utf8": Words(
        "Файл UTF-8 кодтауында емес: оны UTF-8 етіп қайта сақтаңыз",
        "Файл не в кодировке UTF-8: сохраните его заново как UTF-8",
        "The file is not UTF-8: save it again as UTF-8",
    ),
    "file-stray": Words(
        "«{name}» деген атау жарамайды: 01-slug.ru.md үлгісі керек",
        "Имя «{name}» не подходит: нужно 01-slug.ru.md",
        "The name {name} does not fit: use 01-slug.ru.md",
    ),
    "front-matter": Words(
        "Бірінші жол — үш сызықша ---, қасиеттерден кейін тағы бір сондай жол керек",
        "Первая строка — три дефиса ---, и ещё одна такая строка после свойств",
        "Start with a line --- and close with another after the properties",
    ),
    "syntax": Words(
        "Жолды оқу мүмкін емес: {reason}",
        "Строку не разобрать: {reason}",
        "Cannot read this line: {reason}",
    ),
    "yaml-colon": Words(
        "Мәнде қос нүкте бар: мәнді тырнақшаға алыңыз",
        "В значении есть двоеточие: возьмите его в кавычки",
        "The value holds a colon: put it in quotes",
    ),
    "key-missing": Words(
        "Міндетті қасиет жоқ: {key}",
        "Нет обязательного свойства {key}",
        "The required property {key} is missing",
    ),
    "unknown-name": Words(
        "«{name}» деген {kind} белгісіз",
        "Не знаю «{name}» ({kind})",
        "Unknown {kind} “{name}”",
    ),
    "duplicate-name": Words(
        "«{name}» {line}-жолда бар",
        "«{name}» уже есть в строке {line}",
        "“{name}” already stands in line {line}",
    ),
    "value-wrong": Words(
        "{key}: «{value}» жарамайды, керегі: {expected}",
        "{key}: «{value}» не годится, нужно {expected}",
        "{key}: “{value}” will not do, expected {expected}",
    ),
    "look-alike": Words(
        "«{name}» ішінде кириллица әрпі «{letter}» тұр (немесе # орнына №): латынша теріңіз",
        "В «{name}» русская буква «{letter}» (или № вместо #): наберите латиницей",
        "“{name}” holds the Cyrillic letter {letter} (or № for #): type it in Latin",
    ),
    "smart-quotes": Words(
        'Мұнда тік тырнақша керек: " "',
        'Здесь нужны прямые кавычки " "',
        'Straight quotes " " are needed here',
    ),
    "invisible-character": Words(
        "Көрінбейтін таңба {name}: өшіріңіз немесе бос орынмен ауыстырыңыз",
        "Невидимый знак {name}: удалите или замените пробелом",
        "Invisible character {name}: delete it or type a space",
    ),
    "mixed-scripts": Words(
        "«{word}» сөзінде латын мен кириллица араласқан",
        "В слове «{word}» смешаны латиница и кириллица",
        "“{word}” mixes Latin and Cyrillic letters",
    ),
    "heading-wrong": Words(
        "Бұл тақырып па? «## » деп бос орынмен жазыңыз",
        "Это заголовок? Напишите «## » с пробелом",
        "Is this a heading? Write “## ” with a space",
    ),
    "heading-level": Words(
        "Тақырып деңгейі: ## деңгейінен бастаңыз, деңгейлерді аттамаңыз",
        "Уровень заголовка: начните с ## и не пропускайте уровней",
        "Heading level: start at ## and skip none",
    ),
    "setext-heading": Words(
        "Мәтін астындағы сызық оны тақырып етеді: бос жол немесе «## » қойыңыз",
        "Черта под текстом делает его заголовком: вставьте пустую строку или «## »",
        "A line under text makes it a heading: add a blank line or use ##",
    ),
    "id-missing": Words(
        "Сұраққа атау беріңіз: {{#soz}}",
        "Дайте вопросу имя: {{#slovo}}",
        "Give the question an id: {{#word}}",
    ),
    "attribute-syntax": Words(
        "Жақшада {{ }} тек #атау және қасиет=мән болады, бір рет",
        "В скобках {{ }} — только #имя и свойство=значение, один раз",
        "Braces hold #id and name=value only, once",
    ),
    "text-missing": Words(
        "Бос: тест, сұрақ, жауап нұсқасы немесе сілтеме",
        "Пусто: тест, вопрос, вариант или ссылка",
        "Empty quiz, question, option or link",
    ),
    "answers-missing": Words(
        "Сұрақтың жауабы жоқ немесе бір ғана нұсқасы бар",
        "У вопроса нет ответов или только один вариант",
        "The question has no answers, or a single option",
    ),
    "right-options": Words(
        "Дұрыс жауап: керегі {expected}, белгіленгені {found}",
        "Верный ответ: нужен {expected}, отмечено {found}",
        "Right options: {expected} needed, {found} marked",
    ),
    "kinds-mixed": Words(
        "Жауаптардың түрлері араласқан немесе type= басқасын айтып тұр",
        "Смешаны разные виды ответов, или type= говорит другое",
        "Kinds of answers are mixed, or type= says another",
    ),
    "marker-wrong": Words(
        "Жауап нұсқасына ұқсайды: бос орындарымен «- ( ) » немесе «- (x) » деп жазыңыз",
        "Похоже на вариант: напишите «- ( ) » или «- (x) » с пробелами",
        "Looks like an option: write “- ( ) ” or “- (x) ” with the spaces",
    ),
    "feedback-misplaced": Words(
        "Нұсқаға пікір оның астына шегініспен жазылады",
        "Отзыв на вариант пишут под ним с отступом",
        "Feedback goes under its option, indented",
    ),
    "text-after-answers": Words(
        "Жауаптардан кейін тек > белгісімен түсіндірме болады",
        "После ответов бывает только пояснение со знаком >",
        "Only an explanation with > may follow the answers",
    ),
    "question-outside": Words(
        "Жауап нұсқалары сұрақтан тыс тұр: ```check блогы керек",
        "Варианты ответа вне вопроса: нужен блок ```check",
        "Options outside a question: use a ```check block",
    ),
    "number-syntax": Words(
        "Сан былай жазылады: 15, 15 ± 1 немесе 10..20; сөздер үшін type=text қосыңыз",
        "Число пишут 15, 15 ± 1 или 10..20; для слов добавьте type=text",
        "A number is 15, 15 ± 1 or 10..20; for words add type=text",
    ),
    "number-ambiguous": Words(
        "«{value}» — бұл {reading}; мыңдықтар бос орынмен бөлінеді",
        "«{value}» — это {reading}; тысячи пишут через пробел",
        "“{value}” means {reading}; separate thousands with a space",
    ),
    "answer-too-wide": Words(
        "Бұл үлгі кез келген жауапты қабылдайды",
        "Такой образец принимает любой ответ",
        "This pattern accepts anything",
    ),
    "ordering-numbers": Words(
        "Нөмірлер ретімен емес: дұрыс рет — жолдардың реті",
        "Номера не по порядку: верный порядок — порядок строк",
        "Numbers out of order: the order of lines is the right one",
    ),
    "gap-syntax": Words(
        "Бос орын: мәтін ішінде [[жауап; нұсқа]], нөмірлер — бәрінде немесе ешқайсысында",
        "Пропуск: [[ответ; вариант]] в тексте, номера — все или ни одного",
        "A gap: [[answer; variant]] in the text; number all or none",
    ),
    "rubric-points": Words(
        "Критерий балдан басталады: «- (2) », қосындысы — {sum}",
        "Критерий начинают с баллов «- (2) », сумма — {sum}",
        "A criterion starts with its points “- (2) ”; the sum is {sum}",
    ),
    "statement-shape": Words(
        "Растау: мәтін және бір бос «- [ ] » жолы",
        "Подтверждение: текст и одна пустая строка «- [ ] »",
        "A statement is a text and one empty “- [ ] ” line",
    ),
    "check-shape": Words(
        "check блогында «## » тақырыбы бар дәл бір сұрақ болады",
        "В блоке check — ровно один вопрос с «## »",
        "A check block holds exactly one question with “## ”",
    ),
    "scenario-shape": Words(
        "Жағдаят: # тақырыбы, {{#атау}}, мәтін және сұрақтар; атаусыз бөлімде мәтін болмайды",
        "Случай: # заголовок, {{#имя}}, текст и вопросы; раздел без имени — без текста",
        "A scenario is a # heading, {{#id}}, a text and questions; a part without id has no text",
    ),
    "draw-too-many": Words(
        "{topic} тақырыбы: керегі {wanted}, бары {found}",
        "Тема {topic}: нужно {wanted}, есть {found}",
        "Topic {topic}: {wanted} wanted, {found} there",
    ),
    "draw-uneven": Words(
        "Талпыныстар тең болмайды: {topic} тақырыбында балдар немесе жағдаяттардың көлемі әртүрлі",
        "Попытки выйдут неравными: в теме {topic} разные баллы или размер случаев",
        "Attempts would differ: points or scenario sizes differ in {topic}",
    ),
    "file-missing": Words("Файл жоқ: {path}", "Нет файла {path}", "No such file: {path}"),
    "alt-missing": Words(
        "Суретті сөзбен сипаттаңыз: `![сипаттама](…)`",
        "Опишите рисунок словами: `![описание](…)`",
        "Describe the picture: `![description](…)`",
    ),
    "not-allowed": Words(
        "Болмайды: {what}; рұқсат етілгені: {allowed}",
        "Нельзя: {what}; разрешены {allowed}",
        "Not allowed: {what}; allowed are {allowed}",
    ),
    "law-expired": Words(
        "{act} күшін жойған: {date}",
        "{act} утратил силу {date}",
        "{act} ceased to be in force on {date}",
    ),
    "parity-structure": Words(
        "Сұрақтар, олардың реті немесе тақырып деңгейлері өзгеше: {difference}",
        "Не те вопросы, порядок или уровни заголовков: {difference}",
        "Other questions, order or heading levels: {difference}",
    ),
    "parity-key": Words(
        "Түрі, нұсқалар саны немесе кілті өзгеше: {id}",
        "Другой тип, число вариантов или ключ: {id}",
        "Another type, option count or key: {id}",
    ),
    "parity-settings": Words(
        "{key} негізгі файлдағыдан өзгеше",
        "{key} иначе, чем в основном файле",
        "{key} differs from the reference",
    ),
    "parity-numbers": Words(
        "Сандар сәйкес емес: мұнда {here}, онда {there}",
        "Числа расходятся: здесь {here}, там {there}",
        "Numbers differ: here {here}, there {there}",
    ),
    "parity-links": Words(
        "Сілтемелер немесе файлдар сәйкес емес: {difference}",
        "Ссылки или файлы расходятся: {difference}",
        "Links or files differ: {difference}",
    ),
    "translation-missing": Words("Аудармасы жоқ: {lang}", "Нет перевода: {lang}", "No translation: {lang}"),
    "translation-stale": Words(
        "Негізгі мәтін өзгерді, аударма өзгерген жоқ",
        "Основной текст изменился, перевод — нет",
        "The reference changed, the translation did not",
    ),
    "longest-right": Words(
        "Дұрыс нұсқа басқаларынан әлдеқайда ұзын: оны бірден біледі",
        "Верный вариант заметно длиннее: его угадают",
        "The right option is much longer: it gives itself away",
    ),
    "absolute-words": Words(
        "«{word}» қате нұсқаны білдіріп қояды",
        "«{word}» выдаёт неверный вариант",
        "“{word}” gives a wrong option away",
    ),
    "unpinned-summary": Words(
        "«Барлығы дұрыс» нұсқасын бекітіңіз: {{pin}}",
        "«Все перечисленные» закрепите: {{pin}}",
        "Pin “all of the above”: {{pin}}",
    ),
    "table-caption": Words(
        "Кестеге атау беріңіз: үстіне «Кесте: …» деп жазыңыз",
        "Подпишите таблицу: «Таблица: …» над ней",
        "Give the table a caption: “Table: …” above it",
    ),
}

GUESS = Words(". Мүмкін, {guess}?", ". Может быть, {guess}?", ". Did you mean {guess}?")
IN_FILE = Words("«{name}» бар: {file}", "«{name}» уже есть: {file}", "“{name}” already stands in {file}")

# Facts that are words: which fact, which value, and how it reads.
PHRASES: Mapping[tuple[str, str], Words] = {
    ("kind", "property"): Words("қасиет", "свойство", "property"),
    ("kind", "attribute"): Words("қасиет", "свойство", "attribute"),
    ("kind", "language"): Words("тіл", "язык", "language"),
    ("kind", "topic"): Words("тақырып", "тема", "topic"),
    ("kind", "law"): Words("акт", "акт", "act"),
    ("kind", "term"): Words("термин", "термин", "term"),
    ("kind", "unit"): Words("сабақ", "урок", "lesson"),
    ("kind", "box"): Words("қоршау түрі", "вид врезки", "box"),
    ("reason", "fence"): Words("код блогы жабылмаған", "блок кода не закрыт", "the block of code is not closed"),
    ("reason", "comment"): Words(
        "<!-- ескертпесі жабылмаған", "заметка <!-- не закрыта", "the note <!-- is not closed"
    ),
    ("reason", "details"): Words("<details> жабылмаған", "<details> не закрыт", "<details> is not closed"),
    ("expected", "slug"): Words(
        "латынның кіші әріптері, цифрлар, дефис",
        "строчные латинские буквы, цифры, дефис",
        "small Latin letters, digits, hyphen",
    ),
    ("expected", "positive"): Words("нөлден үлкен сан", "число больше нуля", "a number above zero"),
    ("expected", "integer"): Words("нөлден үлкен бүтін сан", "целое число больше нуля", "a whole number above zero"),
    ("expected", "percent"): Words("0-ден 100-ге дейінгі сан", "число от 0 до 100", "a number from 0 to 100"),
    ("expected", "part"): Words(
        "0 мен 100 арасындағы пайыз", "процент между 0 и 100", "a percentage between 0 and 100"
    ),
    ("expected", "ticks"): Words("[x] немесе [ ]", "[x] или [ ]", "[x] or [ ]"),
    ("expected", "boolean"): Words("yes немесе no", "yes или no", "yes or no"),
    ("expected", "date"): Words("2026-03-31 түріндегі күн", "дата вида 2026-03-31", "a date like 2026-03-31"),
    ("expected", "text"): Words("мәтін", "текст", "a text"),
    ("expected", "list"): Words("мәтіндер тізімі", "список текстов", "a list of texts"),
    ("expected", "mapping"): Words("атау мен мән жұптары", "пары имя и значение", "pairs of name and value"),
    ("expected", "per-language"): Words("әр тілде мәтін", "текст на каждом языке", "a text per language"),
    ("expected", "address"): Words("aarhus/4/2 түріндегі адрес", "адрес вида aarhus/4/2", "an address like aarhus/4/2"),
    ("topic", "*"): Words("барлық сұрақ", "все вопросы", "all questions"),
}


def message(problem: Problem, language: str) -> str:
    """Return what a problem says in kk, ru or en."""
    facts = {name: _phrase(name, value, language) for name, value in problem.facts.items()}
    words = IN_FILE if problem.code == "duplicate-name" and "file" in facts else MESSAGES[problem.code]
    text: str = getattr(words, language).format_map(facts)
    guess: str = getattr(GUESS, language).format_map(facts) if facts.get("guess") else ""
    return text + guess


def _phrase(name: str, value: str, language: str) -> str:
    words = PHRASES.get((name, value))
    return getattr(words, language) if words else value
