"""Makes AWS calls with boto3 as they are asked for: one JSON object per line in, one per line out.

Argument: the endpoint. Nothing is retried, so that the first answer is the one that is seen.
"""
import base64
import datetime
import functools
import json
import sys

import boto3
import botocore
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError


once = Config(retries={"total_max_attempts": 1})


@functools.cache
def client(service, region, access_key_id=None, secret_access_key=None, session_token=None):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=sys.argv[1],
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret_access_key,
        aws_session_token=session_token,
        config=once if access_key_id else once.merge(Config(signature_version=UNSIGNED)),
    )


def key_of(caller):
    if caller == "unsigned":
        return []
    return [caller["accessKeyId"], caller["secretAccessKey"], caller.get("sessionToken")]


def with_bytes(value):
    if isinstance(value, list):
        return [with_bytes(item) for item in value]
    if not isinstance(value, dict):
        return value
    if list(value) == ["$base64"]:
        return base64.b64decode(value["$base64"])
    if list(value) == ["$date"]:
        return value["$date"]
    return {key: with_bytes(member) for key, member in value.items()}


def as_json(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(type(value))


def answer(call):
    on = client(call["service"], call["region"], *key_of(call["caller"]))
    try:
        output = getattr(on, botocore.xform_name(call["operation"]))(**with_bytes(call["input"]))
    except ParamValidationError as refused:
        return {"kind": "not sent", "message": str(refused)}
    except ClientError as refused:
        error = refused.response["Error"]
        status = refused.response["ResponseMetadata"]["HTTPStatusCode"]
        return {"kind": "refusal", "code": error["Code"], "message": error["Message"], "status": status}
    output.pop("ResponseMetadata")
    return {"kind": "answer", "output": output}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=as_json), flush=True)
