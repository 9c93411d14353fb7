package dev.parley.provider.sandbox;

/** Simulated AWS, in this process. */
class AwsSandboxTest extends SandboxContract {
  @Override
  String family() {
    return "aws";
  }

  @Override
  boolean overHttp() {
    return false;
  }

  @Override
  String region() {
    return "eu-west-1";
  }

  @Override
  String samplesYaml() {
    return """
    - type: aws:AWS::SQS::Queue
      body: {QueueName: NAME, VisibilityTimeout: 30, Tags: [{Key: team, Value: shop}, {Key: owner, Value: ann}]}
      change: {/VisibilityTimeout: 60}
      fixed: {/QueueName: another}
    - type: aws:AWS::EC2::Instance
      body: {InstanceType: t3.micro, ImageId: ami-0123456789abcdef0, MetadataOptions: {HttpTokens: required}}
      change: {/InstanceType: t3.small}
      fixed: {/ImageId: ami-0fedcba9876543210}
    - type: aws:AWS::RDS::DBInstance
      body: {DBInstanceIdentifier: NAME, DBInstanceClass: db.t3.micro, Engine: postgres, AllocatedStorage: "20", MasterUsername: admin1}
      change: {/MultiAZ: true}
      fixed: {/Engine: mysql}
      secret: /MasterUserPassword
    - type: aws:AWS::S3::Bucket
      body: {BucketName: NAME, VersioningConfiguration: {Status: Enabled}}
      change: {/VersioningConfiguration/Status: Suspended}
      fixed: {/BucketName: another-bucket}
    """;
  }
}
