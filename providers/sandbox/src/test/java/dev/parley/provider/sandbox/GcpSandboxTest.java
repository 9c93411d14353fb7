package dev.parley.provider.sandbox;

/** Simulated Google Cloud, in this process. */
class GcpSandboxTest extends SandboxContract {
  @Override
  String family() {
    return "gcp";
  }

  @Override
  boolean overHttp() {
    return false;
  }

  @Override
  String region() {
    return "europe-west1";
  }

  @Override
  String samplesYaml() {
    return """
    - type: gcp:compute.googleapis.com/Instance
      body:
        name: NAME
        machineType: e2-micro
        disks: [{boot: true, initializeParams: {diskSizeGb: "10", sourceImage: projects/debian-cloud/global/images/family/debian-13}}]
        networkInterfaces: [{network: global/networks/default}]
        labels: {team: shop, owner: ann}
      change: {/machineType: e2-small}
      fixed: {/name: another}
    - type: gcp:sqladmin.googleapis.com/Instance
      body: {name: NAME, databaseVersion: POSTGRES_16, settings: {tier: db-f1-micro}}
      change: {/settings/tier: db-g1-small}
      fixed: {/name: another}
      secret: /rootPassword
    - type: gcp:storage.googleapis.com/Bucket
      body: {name: NAME, versioning: {enabled: true}}
      change: {/versioning/enabled: false}
      fixed: {/location: EU}
    """;
  }
}
