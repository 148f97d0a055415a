"""The cities that stand for time zones, in three languages, and others that have the same clock."""

from bot.domain.readers import Language

# The order in which they are offered, after the zones of the parties: where their people work and travel.
CITIES: dict[str, dict[Language, str]] = {
    "Asia/Tehran": {"fa": "تهران", "tg": "Теҳрон", "en": "Tehran"},
    "Asia/Dushanbe": {"fa": "دوشنبه", "tg": "Душанбе", "en": "Dushanbe"},
    "Asia/Tashkent": {"fa": "تاشکند", "tg": "Тошканд", "en": "Tashkent"},
    "Asia/Samarkand": {"fa": "سمرقند", "tg": "Самарқанд", "en": "Samarkand"},
    "Asia/Kabul": {"fa": "کابل", "tg": "Кобул", "en": "Kabul"},
    "Asia/Bishkek": {"fa": "بیشکک", "tg": "Бишкек", "en": "Bishkek"},
    "Asia/Almaty": {"fa": "آلماتی", "tg": "Алмаато", "en": "Almaty"},
    "Asia/Ashgabat": {"fa": "عشق‌آباد", "tg": "Ашқобод", "en": "Ashgabat"},
    "Asia/Baku": {"fa": "باکو", "tg": "Боку", "en": "Baku"},
    "Asia/Dubai": {"fa": "دبی", "tg": "Дубай", "en": "Dubai"},
    "Asia/Shanghai": {"fa": "پکن", "tg": "Пекин", "en": "Beijing"},
    "Asia/Karachi": {"fa": "کراچی", "tg": "Карочӣ", "en": "Karachi"},
    "Europe/Istanbul": {"fa": "استانبول", "tg": "Истанбул", "en": "Istanbul"},
    "Europe/Moscow": {"fa": "مسکو", "tg": "Москва", "en": "Moscow"},
    "Europe/Berlin": {"fa": "برلین", "tg": "Берлин", "en": "Berlin"},
    "Europe/London": {"fa": "لندن", "tg": "Лондон", "en": "London"},
    "UTC": {"fa": "گرینویچ", "tg": "Гринвич", "en": "UTC"},
    "Asia/Baghdad": {"fa": "بغداد", "tg": "Бағдод", "en": "Baghdad"},
    "Asia/Damascus": {"fa": "دمشق", "tg": "Димишқ", "en": "Damascus"},
    "Asia/Kolkata": {"fa": "دهلی", "tg": "Деҳлӣ", "en": "Delhi"},
    "Asia/Muscat": {"fa": "مسقط", "tg": "Масқат", "en": "Muscat"},
    "Asia/Qatar": {"fa": "دوحه", "tg": "Доҳа", "en": "Doha"},
    "Asia/Riyadh": {"fa": "ریاض", "tg": "Риёз", "en": "Riyadh"},
    "Asia/Seoul": {"fa": "سئول", "tg": "Сеул", "en": "Seoul"},
    "Asia/Tbilisi": {"fa": "تفلیس", "tg": "Тбилиси", "en": "Tbilisi"},
    "Asia/Tokyo": {"fa": "توکیو", "tg": "Токио", "en": "Tokyo"},
    "Asia/Urumqi": {"fa": "ارومچی", "tg": "Урумчӣ", "en": "Urumqi"},
    "Asia/Yekaterinburg": {"fa": "یکاترینبورگ", "tg": "Екатеринбург", "en": "Yekaterinburg"},
    "Asia/Yerevan": {"fa": "ایروان", "tg": "Ереван", "en": "Yerevan"},
    "Europe/Brussels": {"fa": "بروکسل", "tg": "Брюссел", "en": "Brussels"},
    "Europe/Minsk": {"fa": "مینسک", "tg": "Минск", "en": "Minsk"},
    "Europe/Paris": {"fa": "پاریس", "tg": "Париж", "en": "Paris"},
    "Europe/Rome": {"fa": "رم", "tg": "Рим", "en": "Rome"},
    "Europe/Vienna": {"fa": "وین", "tg": "Вена", "en": "Vienna"},
    "Europe/Zurich": {"fa": "زوریخ", "tg": "Сюрих", "en": "Zurich"},
    "America/New_York": {"fa": "نیویورک", "tg": "Ню-Йорк", "en": "New York"},
    "America/Toronto": {"fa": "تورنتو", "tg": "Торонто", "en": "Toronto"},
}

# Cities that people type and that have another city's clock.
ALSO_CITIES: dict[str, str] = {
    "Asia/Tehran": """
        مشهد, اصفهان, تبریز, شیراز, اهواز, کرمان, یزد, قم, کرج, بندرعباس, ایران, Машҳад, Исфаҳон, Табрез, Шероз, Аҳвоз,
        Кирмон, Язд, Қум, Эрон, Техрон, Тегеран, Mashhad, Isfahan, Esfahan, Tabriz, Shiraz, Ahvaz, Kerman, Yazd, Qom,
        Iran
    """,
    "Asia/Dushanbe": """
        خجند, کولاب, بختر, خاروغ, پنجکنت, تاجیکستان, Хуҷанд, Худжанд, Кӯлоб, Бохтар, Хоруғ, Хорог, Панҷакент,
        Турсунзода, Тоҷикистон, Khujand, Kulob, Bokhtar, Khorog, Panjakent, Tajikistan
    """,
    "Asia/Tashkent": "ازبکستان, Ташкент, Ӯзбекистон, Uzbekistan",
    "Asia/Samarkand": "بخارا, Бухоро, Самарканд, Бухара, Bukhara",
    "Asia/Kabul": "افغانستان, هرات, مزار شریف, Кабул, Афғонистон, Ҳирот, Afghanistan, Herat",
    "Asia/Almaty": "آستانه, Остона, Алматы, Алма-Ата, Астана, Astana, Nur-Sultan",
    "Asia/Dubai": "ابوظبی, امارات, Абу-Дабӣ, Дубай, Аморот, Abu Dhabi, Emirates",
    "Asia/Shanghai": "چین, شانگهای, Чин, Хитой, Шанхай, Пекин, China, Shanghai",
    "Asia/Karachi": "اسلام‌آباد, لاهور, پاکستان, Исломобод, Лоҳур, Покистон, Islamabad, Lahore, Pakistan",
    "Asia/Kolkata": "بمبئی, هند, Мумбай, Ҳиндустон, Mumbai, New Delhi, India",
    "Europe/Istanbul": "آنکارا, ترکیه, Анқара, Стамбул, Туркия, Ankara, Turkey, Türkiye",
    "Europe/Moscow": "سن پترزبورگ, روسیه, Санкт-Петербург, Россия, Русия, Saint Petersburg, Russia",
    "Europe/Berlin": "مونیخ, فرانکفورت, آلمان, Мюнхен, Франкфурт, Олмон, Munich, Frankfurt, Germany",
    "Europe/London": "انگلستان, Англия, England, Britain",
    "Europe/Zurich": "ژنو, Женева, Geneva",
    "UTC": "GMT, Greenwich, Гринвич",
}
