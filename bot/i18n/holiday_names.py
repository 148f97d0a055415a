"""Public holidays in three languages, as each country's offices name them; keyed by the holidays package's names."""

from bot.domain.readers import Language

# Persian as the official calendar of Iran prints them, Tajik as the Labour Code of Tajikistan does; the other side's
# holidays in the words of the reader's own press.
_NAMES: dict[str, tuple[str, str, str]] = {
    # Of both countries
    "Eid al-Fitr": ("عید سعید فطر", "Иди Рамазон", "Eid al-Fitr"),
    "Eid al-Adha": ("عید سعید قربان", "Иди Қурбон", "Eid al-Adha"),
    # Of Tajikistan
    "New Year's Day": ("سال نو میلادی", "Соли нав", "New Year’s Day"),
    "Mother's Day": ("روز مادر", "Рӯзи модар", "Mother’s Day"),
    "International Nowruz Day": ("عید بین‌المللی نوروز", "Иди байналмилалии Наврӯз", "International Nowruz Day"),
    "International Workers' Solidarity Day": (
        "روز همبستگی بین‌المللی کارگران",
        "Рӯзи байналмилалии якдилии меҳнаткашон",
        "International Workers’ Solidarity Day",
    ),
    "Victory Day": (
        "روز پیروزی در جنگ بزرگ میهنی",
        "Рӯзи Ғалаба дар Ҷанги Бузурги Ватанӣ",
        "Victory Day",
    ),
    "National Unity Day": ("روز وحدت ملی", "Рӯзи Ваҳдати миллӣ", "National Unity Day"),
    "Independence Day": (
        "روز استقلال جمهوری تاجیکستان",
        "Рӯзи Истиқлолияти давлатии Ҷумҳурии Тоҷикистон",
        "Independence Day of Tajikistan",
    ),
    "Constitution Day": (
        "روز قانون اساسی جمهوری تاجیکستان",
        "Рӯзи Конститутсияи Ҷумҳурии Тоҷикистон",
        "Constitution Day of Tajikistan",
    ),
    # Of Iran, by the Solar Hijri calendar
    "Nowruz": ("نوروز", "Наврӯз", "Nowruz"),
    "Nowruz Holiday": ("عید نوروز", "Иди Наврӯз", "Nowruz holidays"),
    "Islamic Republic Day": ("روز جمهوری اسلامی ایران", "Рӯзи Ҷумҳурии Исломии Эрон", "Islamic Republic Day"),
    "Nature's Day": ("روز طبیعت", "Рӯзи табиат (Сездаҳбадар)", "Nature Day (Sizdah Bedar)"),
    "Death of Imam Khomeini": (
        "رحلت حضرت امام خمینی",
        "Рӯзи даргузашти Имом Хумайнӣ",
        "Anniversary of the passing of Imam Khomeini",
    ),
    "15 Khordad Uprising": ("قیام ۱۵ خرداد", "Рӯзи қиёми 15 хурдод", "Anniversary of the 15 Khordad uprising"),
    "Islamic Revolution Day": (
        "پیروزی انقلاب اسلامی ایران",
        "Рӯзи пирӯзии Инқилоби исломии Эрон",
        "Victory of the Islamic Revolution",
    ),
    "Iranian Oil Industry Nationalization Day": (
        "روز ملی شدن صنعت نفت ایران",
        "Рӯзи миллӣ шудани саноати нафти Эрон",
        "Nationalization of the Oil Industry Day",
    ),
    "Last Day of Year": ("آخرین روز سال", "Рӯзи охирини сол", "Last day of the Solar year"),
    # Of Iran, by the moon
    "Tasua": ("تاسوعای حسینی", "Тосуо", "Tasua"),
    "Ashura": ("عاشورای حسینی", "Ошуро", "Ashura"),
    "Arbaeen": ("اربعین حسینی", "Арбаин", "Arbaeen"),
    "Death of Prophet Muhammad and Martyrdom of Hasan ibn Ali": (
        "رحلت رسول اکرم (ص) و شهادت امام حسن مجتبی (ع)",
        "Рӯзи вафоти Паёмбар (с) ва шаҳодати Имом Ҳасан",
        "Passing of the Prophet and martyrdom of Imam Hasan",
    ),
    "Martyrdom of Ali al-Rida": ("شهادت امام رضا (ع)", "Рӯзи шаҳодати Имом Ризо", "Martyrdom of Imam Reza"),
    "Martyrdom of Hasan al-Askari": (
        "شهادت امام حسن عسکری (ع)",
        "Рӯзи шаҳодати Имом Ҳасани Аскарӣ",
        "Martyrdom of Imam Hasan al-Askari",
    ),
    "Birthday of Muhammad and Imam Ja'far al-Sadiq": (
        "ولادت رسول اکرم (ص) و امام جعفر صادق (ع)",
        "Мавлуди Паёмбар (с) ва Имом Ҷаъфари Содиқ",
        "Birthday of the Prophet and of Imam Sadeq",
    ),
    "Martyrdom of Fatima": (
        "شهادت حضرت فاطمه زهرا (س)",
        "Рӯзи шаҳодати Ҳазрати Фотима",
        "Martyrdom of Hazrat Fatemeh",
    ),
    "Birthday of Imam Ali": ("ولادت امام علی (ع) و روز پدر", "Мавлуди Имом Алӣ ва Рӯзи падар", "Birthday of Imam Ali"),
    "Isra' and Mi'raj": ("مبعث رسول اکرم (ص)", "Мабъаси Паёмбар (с)", "Mab’ath of the Prophet"),
    "Birthday of Mahdi": (
        "ولادت حضرت قائم (عج) و نیمه شعبان",
        "Мавлуди Имом Маҳдӣ ва нимаи шаъбон",
        "Birthday of Imam Mahdi",
    ),
    "Martyrdom of Imam Ali": ("شهادت حضرت علی (ع)", "Рӯзи шаҳодати Имом Алӣ", "Martyrdom of Imam Ali"),
    "Eid al-Fitr Holiday": ("تعطیل به مناسبت عید سعید فطر", "Рӯзи дуюми Иди Рамазон", "Second day of Eid al-Fitr"),
    "Martyrdom of Imam Ja'far al-Sadiq": (
        "شهادت امام جعفر صادق (ع)",
        "Рӯзи шаҳодати Имом Ҷаъфари Содиқ",
        "Martyrdom of Imam Sadeq",
    ),
    "Eid al-Ghadir": ("عید سعید غدیر خم", "Иди Ғадири Хум", "Eid al-Ghadir"),
    # Proclaimed for once
    "Public Holiday": ("تعطیل رسمی", "Рӯзи ғайрикорӣ", "Public holiday"),
}
_PLACE: dict[Language, int] = {"fa": 0, "tg": 1, "en": 2}


def holiday_name(name: str, language: Language) -> str:
    """Give a holiday's name in *language*; that of a country that is not in the table is the package's own."""
    known = _NAMES.get(name)
    return known[_PLACE[language]] if known else name


def is_named(name: str) -> bool:
    """Tell whether the holiday has its name in all three languages."""
    return name in _NAMES
