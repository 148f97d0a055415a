"""Prints the public holidays of a country, one ISO date a line; a process of its own for bot.services.calendars."""

import sys

import holidays


def main() -> None:
    """Print the holidays of the country in the first argument from the year in the second to the one in the third."""
    country, first, last = sys.argv[1:]
    for day in sorted(holidays.country_holidays(country, years=range(int(first), int(last) + 1))):
        sys.stdout.write(f"{day.isoformat()}\n")


if __name__ == "__main__":
    main()
