"""The calendar of the group: shared working days to come, the weak months and why, the next reports."""

from tests.people import Stage, Visitor


async def test_twelve_months_three_reports_and_why_a_month_is_weak(dilshod: Visitor) -> None:
    await dilshod.says("/language")
    await dilshod.taps("English")
    await dilshod.says("/calendar")

    lines = dilshod.sees.lines
    assert lines[:3] == [
        "Shared working days",
        "• November 2026 (10 Aban to 9 Azar 1405): 4 shared working days left",
        "• December 2026 (10 Azar to 10 Dey 1405): 13 shared working days",
    ]
    assert len([line for line in lines if "shared working day" in line]) == 12
    assert lines[5] == (
        "⚠️ March 2027 (10 Esfand 1405 to 11 Farvardin 1406): only 8 shared working days. "
        "Iran: Martyrdom of Imam Ali (estimated date), Eid al-Fitr (estimated date) and Nowruz holidays. "
        "Tajikistan: Mother’s Day, Eid al-Fitr (estimated date) and International Nowruz Day."
    )
    assert lines[-4:] == [
        "Next monthly reports",
        (
            "• November 2026 (10 Aban to 9 Azar 1405): due on Wednesday 9 December 2026 (18 Azar 1405), "
            "16:30 Dushanbe / 15:00 Tehran"
        ),
        (
            "• December 2026 (10 Azar to 10 Dey 1405): due on Wednesday 13 January 2027 (23 Dey 1405), "
            "16:30 Dushanbe / 15:00 Tehran"
        ),
        (
            "• January 2027 (11 Dey to 11 Bahman 1405): due on Tuesday 9 February 2027 (20 Bahman 1405), "
            "16:30 Dushanbe / 15:00 Tehran"
        ),
    ]


async def test_a_reader_of_the_solar_calendar_sees_solar_months(ramin: Visitor) -> None:
    await ramin.says("/calendar")

    assert ramin.sees.lines[1] == "• آذر ۱۴۰۵ (از ۲۲ نوامبر تا ۲۱ دسامبر ۲۰۲۶): ۱۳ روز کاری مشترک مانده است"
    assert "• آبان ۱۴۰۶" in ramin.sees.text


async def test_in_the_groups_chat_it_speaks_both_languages_and_fits(stage: Stage, zebo: Visitor) -> None:
    chat = stage.world.create_group(zebo.user_id, "Room", members=[stage.bot_id]).id
    await stage.settled()
    await zebo.taps("Пайваст", chat=chat)
    await zebo.says("/calendar", chat=chat)

    text = zebo.sees_in(chat).text
    assert "روزهای کاری مشترک" in text
    assert "Рӯзҳои кории муштарак" in text
    assert "چهارشنبه ۱۸ آذر ۱۴۰۵ (۹ دسامبر ۲۰۲۶)، ۱۵:۰۰ تهران / ۱۶:۳۰ دوشنبه" in text
    assert "чоршанбе, 9 декабри соли 2026 (18 озари соли 1405), 16:30 Душанбе / 15:00 Теҳрон" in text
    assert len(text.encode("utf-16-le")) // 2 < 4096
