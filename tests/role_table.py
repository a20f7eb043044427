"""Who gets what answer, at every address of the desk. One line an action; a column a role.

302 is the way to sign-in, 303 a deed done, 401 and 403 a refusal. A method that is not in the table for an address must
be refused to everybody. ``gone`` is an account that was closed while its session was still open.
"""

from __future__ import annotations

from typing import NamedTuple

WHO = ("anonymous", "stranger", "client", "editor", "reviewer", "chief", "gone")

TABLE = """
                    # anonymous stranger client editor reviewer chief gone
desk                GET     302  403  403  200  200  200  302
sign-in             GET     200  302  302  302  302  302  200
sign-in             POST    200  302  302  302  302  302  200
sign-in             PUT     200  302  302  302  302  302  200
sign-in             PATCH   405  302  302  302  302  302  405
sign-in             DELETE  405  302  302  302  302  302  405
sign-out            POST    302  302  302  302  302  302  302
theme               POST    302  302  302  302  302  302  302
components          GET     302  403  403  200  200  200  302

upload              GET     302  403  403  200  403  200  302
upload              POST    302  403  403  303  403  303  302
batch               GET     302  403  403  200  200  200  302
ledger              GET     302  403  403  200  200  200  302
raw                 GET     302  403  403  200  403  200  302
retry               POST    302  403  403  303  403  303  302
take                POST    302  403  403  303  403  303  302
delivery-story      GET     302  403  403  200  403  200  302
delivery-story      POST    302  403  403  303  403  303  302
split               POST    302  403  403  303  403  303  302

articles            GET     302  403  403  200  200  200  302
article             GET     302  403  403  200  200  200  302
embargo-lift        POST    302  403  403  303  403  303  302
claims              GET     302  403  403  200  200  200  302
claim               GET     302  403  403  200  200  200  302
claim-link          GET     302  403  403  303  303  303  302
claim-link          POST    302  403  403  403  303  303  302
claim-reject        GET     302  403  403  303  303  303  302
claim-reject        POST    302  403  403  403  303  303  302
claim-new-event     GET     302  403  403  303  303  303  302
claim-new-event     POST    302  403  403  403  303  303  302
claim-rule          GET     302  403  403  303  303  303  302
claim-rule          POST    302  403  403  403  303  303  302
claim-accept        GET     302  403  403  303  303  303  302
claim-accept        POST    302  403  403  403  303  303  302
claim-dismiss-proposal GET  302  403  403  303  303  303  302
claim-dismiss-proposal POST 302  403  403  403  303  303  302
claim-hold          GET     302  403  403  303  303  303  302
claim-hold          POST    302  403  403  403  303  303  302
claim-dismiss       GET     302  403  403  303  303  303  302
claim-dismiss       POST    302  403  403  403  303  303  302
claim-sign-off      GET     302  403  403  303  303  303  302
claim-sign-off      POST    302  403  403  403  403  303  302
claim-send-back     GET     302  403  403  303  303  303  302
claim-send-back     POST    302  403  403  403  403  303  302
claim-keep          GET     302  403  403  303  303  303  302
claim-keep          POST    302  403  403  403  303  303  302
claim-reopen        GET     302  403  403  303  303  303  302
claim-reopen        POST    302  403  403  403  303  303  302
claim-withdraw      GET     302  403  403  303  303  303  302
claim-withdraw      POST    302  403  403  403  403  303  302
agreement           GET     302  403  403  200  200  200  302
reuse               GET     302  403  403  200  200  200  302
reuse-label         GET     302  403  403  303  303  303  302
reuse-label         POST    302  403  403  403  303  303  302
events              GET     302  403  403  200  200  200  302
event               GET     302  403  403  200  200  200  302
event-dismiss       POST    302  403  403  403  303  303  302
event-sources       GET     302  403  403  303  303  303  302
event-sources       POST    302  403  403  403  303  303  302
event-source-undo   GET     302  403  403  303  303  303  302
event-source-undo   POST    302  403  403  403  303  303  302
event-best          GET     302  403  403  303  303  303  302
event-best          POST    302  403  403  403  303  303  302
event-best-undo     GET     302  403  403  303  303  303  302
event-best-undo     POST    302  403  403  403  303  303  302
event-relations     GET     302  403  403  303  303  303  302
event-relations     POST    302  403  403  403  303  303  302
event-relation-undo GET     302  403  403  303  303  303  302
event-relation-undo POST    302  403  403  403  303  303  302
event-new           GET     302  403  403  403  200  200  302
event-new           POST    302  403  403  403  303  303  302

outlets             GET     302  403  403  200  200  200  302
outlet              GET     302  403  403  200  200  200  302
outlet              POST    302  403  403  403  403  303  302
outlet-new          GET     302  403  403  403  403  200  302
outlet-new          POST    302  403  403  403  403  303  302
outlet-merge        GET     302  403  403  403  403  200  302
outlet-merge        POST    302  403  403  403  403  303  302
outlet-part         POST    302  403  403  403  403  303  302
feeds               GET     302  403  403  200  200  200  302
feed                GET     302  403  403  200  200  200  302
feed                POST    302  403  403  403  403  303  302
feed-new            GET     302  403  403  403  403  200  302
feed-new            POST    302  403  403  403  403  303  302
feed-poll           POST    302  403  403  403  403  303  302
feed-pause          POST    302  403  403  403  403  303  302
feed-resume         POST    302  403  403  403  403  303  302

api-verdict-list    GET     401  403  200  200  200  200  401
api-verdict-detail  GET     401  403  200  200  200  200  401
api-changes         GET     401  403  200  200  200  200  401
api-claim-list      GET     401  403  200  200  200  200  401
api-claim-detail    GET     401  403  200  200  200  200  401
api-claim-proposal  GET     401  403  200  200  200  200  401
api-agreement       GET     401  403  403  200  200  200  401
api-event-list      GET     401  403  200  200  200  200  401
api-event-detail    GET     401  403  200  200  200  200  401
api-event-board     GET     401  403  200  200  200  200  401
api-event-relations GET     401  403  200  200  200  200  401
api-article-list    GET     401  403  200  200  200  200  401
api-article-detail  GET     401  403  200  200  200  200  401
api-article-copies  GET     401  403  200  200  200  200  401
api-schema          GET     401  403  200  200  200  200  401
api-docs            GET     401  403  200  200  200  200  401
api-uploads         POST    401  403  403  202  403  202  401
api-upload          GET     401  403  403  200  403  404  401
api-delivery-list   GET     401  403  403  200  403  200  401
api-delivery-detail GET     401  403  403  200  403  404  401

live                GET     200  200  200  200  200  200  200
ready               GET     503  503  503  503  503  503  503
"""


class Line(NamedTuple):
    name: str
    method: str
    answers: tuple[int, ...]


def lines() -> list[Line]:
    rows = [line.split() for line in TABLE.splitlines() if line.strip() and "#" not in line]
    return [Line(name, method, tuple(map(int, answers))) for name, method, *answers in rows]
