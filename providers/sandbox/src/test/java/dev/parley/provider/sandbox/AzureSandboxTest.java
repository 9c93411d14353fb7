package dev.parley.provider.sandbox;

import java.util.Map;

/** Simulated Azure, in this process. */
class AzureSandboxTest extends SandboxContract {
  @Override
  String family() {
    return "azure";
  }

  @Override
  boolean overHttp() {
    return false;
  }

  @Override
  String region() {
    return "westeurope";
  }

  @Override
  protected Map<Integer, String> skips() {
    return Map.of(
        3, "Azure Resource Manager knows no idempotency tokens; a name can exist once instead");
  }

  @Override
  String samplesYaml() {
    return """
    - type: azure:Microsoft.Network/virtualNetworks@2024-05-01
      body: {name: NAME, tags: {team: shop, owner: ann}, properties: {addressSpace: {addressPrefixes: [10.0.0.0/16]}}}
      change: {/properties/enableDdosProtection: true}
      fixed: {/name: another}
    - type: azure:Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01
      body: {name: NAME, sku: {name: Standard_B1ms, tier: Burstable}, properties: {version: "16", administratorLogin: parley}}
      change: {/properties/version: "17"}
      fixed: {/properties/administratorLogin: another}
      secret: /properties/administratorLoginPassword
    - type: azure:Microsoft.Storage/storageAccounts@2023-05-01
      body: {name: NAME, sku: {name: Standard_LRS}, kind: StorageV2, properties: {minimumTlsVersion: TLS1_2}}
      change: {/properties/accessTier: Cool}
      fixed: {/kind: BlobStorage}
    """;
  }
}
