"""The lab with boto3: what a learner would write, and what AWS would answer.

Arguments: endpoint URL, access key id, secret access key. Prints one JSON object of what was seen.
"""
import json
import sys

import boto3
from botocore.exceptions import ClientError

url, key_id, secret = sys.argv[1:4]


def session(access_key_id, secret_access_key):
    made = boto3.Session(access_key_id, secret_access_key, region_name="us-east-1")
    return lambda name: made.client(name, endpoint_url=url)


def refusal(call):
    try:
        call()
    except ClientError as error:
        return {
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
        }
    return None


client = session(key_id, secret)
kms, dynamodb, iam, sts = client("kms"), client("dynamodb"), client("iam"), client("sts")
seen = {"caller": sts.get_caller_identity()["Arn"]}

key = kms.create_key(Description="boto3")["KeyMetadata"]
kms.create_alias(AliasName="alias/boto3", TargetKeyId=key["KeyId"])
dynamodb.create_table(
    TableName="boto3",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
)
dynamodb.get_waiter("table_exists").wait(TableName="boto3", WaiterConfig={"Delay": 1})
dynamodb.update_table(TableName="boto3", SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": "alias/boto3"})
seen["encryption"] = dynamodb.describe_table(TableName="boto3")["Table"]["SSEDescription"]
dynamodb.put_item(TableName="boto3", Item={"id": {"S": "1"}, "bytes": {"B": b"\x00\xff"}, "number": {"N": "1.5"}})
seen["item"] = str(dynamodb.get_item(TableName="boto3", Key={"id": {"S": "1"}})["Item"])

iam.create_user(UserName="boto3-user")
iam.attach_user_policy(UserName="boto3-user", PolicyArn="arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2")
seen["policies"] = [
    policy["PolicyName"]
    for page in iam.get_paginator("list_attached_user_policies").paginate(UserName="boto3-user")
    for policy in page["AttachedPolicies"]
]
user_key = iam.create_access_key(UserName="boto3-user")["AccessKey"]
as_user = session(user_key["AccessKeyId"], user_key["SecretAccessKey"])
seen["denied"] = refusal(lambda: as_user("dynamodb").scan(TableName="boto3"))
seen["denied_directly"] = refusal(lambda: as_user("kms").disable_key(KeyId=key["KeyId"]))
seen["denied_by_iam"] = refusal(lambda: as_user("iam").get_user(UserName="boto3-user"))

policy = json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])
policy["Statement"].append(
    {
        "Sid": "Users",
        "Effect": "Allow",
        "Principal": {"AWS": iam.get_user(UserName="boto3-user")["User"]["Arn"]},
        "Action": "kms:Decrypt",
        "Resource": "*",
    }
)
kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=json.dumps(policy))
seen["allowed"] = as_user("dynamodb").scan(TableName="boto3")["Count"]

box = kms.encrypt(KeyId="alias/boto3", Plaintext=b"hello", EncryptionContext={"a": "b"})["CiphertextBlob"]
seen["decrypted"] = kms.decrypt(CiphertextBlob=box, EncryptionContext={"a": "b"})["Plaintext"].decode()
seen["wrong_context"] = refusal(lambda: kms.decrypt(CiphertextBlob=box, EncryptionContext={"a": "c"}))
seen["no_key"] = refusal(lambda: kms.describe_key(KeyId="alias/none"))
seen["no_user"] = refusal(lambda: iam.get_user(UserName="none"))
seen["no_table"] = refusal(lambda: dynamodb.describe_table(TableName="none"))
seen["wrong_secret"] = refusal(lambda: session(key_id, "wrong")("sts").get_caller_identity())
seen["wrong_secret_json"] = refusal(lambda: session(key_id, "wrong")("kms").list_keys())
seen["unknown_key"] = refusal(lambda: session("AKIAIOSFODNN7EXAMPLE", "wrong")("dynamodb").list_tables())
seen["not_there"] = refusal(lambda: kms.describe_custom_key_stores())
print(json.dumps(seen, default=str))
