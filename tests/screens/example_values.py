"""What the examples of screens hold where the name of a field says more than its type."""

# Texts that are no words of a person, by the name of their field or parameter.
FIXED = {
    "code": "STEEL",
    "time_zone": "Asia/Tehran",
    "due_time_zone": "Asia/Tehran",
    "holidays_country": "IR",
    "group_zones": "Asia/Tehran",
    "among": "Asia/Dushanbe",
    "handle": "zarina",
    "key": "2026-11",
    "reference": "a1b2c3",
    "command": "nosuch",
    "act": "sum.show",
    "content_hash": "fa94c213",
    "way": "form",
    "kind": "document",
    "step": "",
    "mode": "",
    "form": "editing",
    "url": "",
    "evidence_before": "",
    "reason_before": "",
}

# Numbers that a screen tells apart, by the name of their field or parameter.
NUMBERS = {
    "percent": 60,
    "percent_before": 40,
    "percent_after": 60,
    "number": 12,
    "page": 0,
    "version": 4,
    "total": 12,
    "length": 1300,
    "awaited": 2,
}
