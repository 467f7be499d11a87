/** A small lab in which no rule minds anything; each test changes one thing. */

export const sampleLab = `# yaml-language-server: $schema=../lab.schema.json
id: sample
title: A sample
about: What it teaches, see [KMS](https://aws.amazon.com/kms/).
params:
  alias: { default: alias/sample-key }
  table: { default: sample-table }
stages:
  - id: key
    title: A key
    guide: |
      Make \${alias}, [as below](#with-the-aws-cli).

      ## With the AWS CLI

      \`\`\`sh
      key_id=$(aws kms create-key --query KeyMetadata.KeyId --output text)
      aws kms create-alias --alias-name \${alias} --target-key-id "$key_id"
      \`\`\`
    checks:
      - check: kms/key-exists
        as: key
        with: { alias: "\${alias}" }
        points: 60
        hint: In KMS, look for \`\${alias}\` in your Region.
    questions:
      - id: why
        prompt: Why a key?
        expects:
          concepts:
            - { id: safety, about: safety, patterns: [safe*], missing: Say what it is for. }
  - id: table
    title: A table
    guide: |
      Make \${table}.

      1. With the AWS CLI:

         \`\`\`sh
         aws dynamodb create-table --table-name \${table} --billing-mode PAY_PER_REQUEST \\
           --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH
         \`\`\`
    checks:
      - check: dynamodb/table-exists
        with: { table: "\${table}" }
        points: 40
        hint: Create \`\${table}\` with the partition key *id*, in the Region of your key.
`;

export const sampleProof = `key:
  solution:
    - kms.CreateKey: {}
      keep: { keyId: KeyMetadata.KeyId }
    - kms.CreateAlias: { AliasName: "\${alias}", TargetKeyId: "\${keyId}" }
  mistakes:
    - id: no-alias
      about: A key without the alias
      instead:
        - kms.CreateKey: {}
      caught-by: kms/key-exists
      shows: No key answers
table:
  solution:
    - dynamodb.CreateTable:
        TableName: "\${table}"
        BillingMode: PAY_PER_REQUEST
        AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
        KeySchema: [{ AttributeName: id, KeyType: HASH }]
  mistakes:
    - id: no-table
      about: Nothing was made
      instead:
        - kms.ListKeys: {}
      caught-by: dynamodb/table-exists
      shows: There is no table
`;
