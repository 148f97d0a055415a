"""Prints the public holidays of a country, one a line; a process of its own for bot.services.calendars."""

import sys

_ENGLISH = "en_US"
_ESTIMATED = " (estimated)"


def main() -> None:
    """
    Print the holidays of the country in the first argument from the year in the second to the one in the third.

    A line is an ISO date, "estimated" or nothing, and the package's English name, or the one that it has; separated by
    tabs. A day with two holidays has two lines.
    """
    # Here and not above: who merely imports this module, as tests that walk the tree do, is not to pay 21 MiB for it.
    import holidays  # noqa: PLC0415

    country, first, last = sys.argv[1:]
    years = range(int(first), int(last) + 1)
    languages = holidays.country_holidays(country).supported_languages
    language = _ENGLISH if _ENGLISH in languages else None
    found = holidays.country_holidays(country, years=years, language=language)
    for day in sorted(found):
        for name in found.get_list(day):
            estimated = "estimated" if name.endswith(_ESTIMATED) else ""
            sys.stdout.write(f"{day.isoformat()}\t{estimated}\t{name.removesuffix(_ESTIMATED)}\n")


if __name__ == "__main__":
    main()
