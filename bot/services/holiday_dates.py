"""Prints the public holidays of a country, one ISO date a line; a process of its own for bot.services.calendars."""

import sys


def main() -> None:
    """Print the holidays of the country in the first argument from the year in the second to the one in the third."""
    # Here and not above: who merely imports this module, as tests that walk the tree do, is not to pay 21 MiB for it.
    import holidays  # noqa: PLC0415

    country, first, last = sys.argv[1:]
    for day in sorted(holidays.country_holidays(country, years=range(int(first), int(last) + 1))):
        sys.stdout.write(f"{day.isoformat()}\n")


if __name__ == "__main__":
    main()
