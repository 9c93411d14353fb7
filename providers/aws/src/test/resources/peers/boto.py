"""Calls one operation through boto3 and prints what it answers as JSON; an error's code exits 2."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, region, role, service, operation, given = sys.argv[1:7]
common = {
    "endpoint_url": endpoint,
    "region_name": region,
    "config": Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
}
keys = {"aws_access_key_id": "AKIAWITNESS000000001", "aws_secret_access_key": "witness"}
if role:
    taken = boto3.client("sts", **common, **keys).assume_role(RoleArn=role, RoleSessionName="witness")
    keys = {
        "aws_access_key_id": taken["Credentials"]["AccessKeyId"],
        "aws_secret_access_key": taken["Credentials"]["SecretAccessKey"],
        "aws_session_token": taken["Credentials"]["SessionToken"],
    }
try:
    answer = getattr(boto3.client(service, **common, **keys), operation)(**json.loads(given))
except ClientError as error:
    print(error.response["Error"]["Code"])
    sys.exit(2)
answer.pop("ResponseMetadata", None)
print(json.dumps(answer, default=str))
