"""Presigned URLs as boto3 makes them, by name.

Arguments: endpoint URL, access key id, secret access key. Prints one JSON object.
"""
import json
import sys

import boto3

url, key_id, secret = sys.argv[1:4]
session = boto3.Session(key_id, secret, region_name="us-east-1")


def presigned(service, *arguments, **options):
    return session.client(service, endpoint_url=url).generate_presigned_url(*arguments, **options)


json.dump(
    {
        "sts_post": presigned("sts", "get_caller_identity"),
        "sts_get": presigned("sts", "get_caller_identity", HttpMethod="GET"),
        "iam_get": presigned("iam", "list_users", {"PathPrefix": "/a&b=c+d/"}, HttpMethod="GET"),
        "kms": presigned("kms", "list_keys"),
        "dynamodb": presigned("dynamodb", "list_tables"),
    },
    sys.stdout,
)
