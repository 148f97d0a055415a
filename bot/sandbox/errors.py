"""Refusals of the Bot API, worded as the real server words them."""

from typing import Any


class ApiError(Exception):
    """An answer with `ok: false`; the description is what clients match on, so it is kept to the letter."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def payload(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(what: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {what}", **parameters)


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    return ApiError(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


class NotPossible(Exception):
    """A person of the sandbox tried what a messenger would not let them do; the text says why."""


class NotThere(NotPossible):
    """The person, chat, message or file does not exist, or the person cannot see it."""


class FieldMissing(Exception):
    """A request to the control API lacks a field; the text is its name."""
