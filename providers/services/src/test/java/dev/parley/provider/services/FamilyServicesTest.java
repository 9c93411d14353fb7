package dev.parley.provider.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Offering;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyServicesTest {
  /** The names that everybody uses, whatever the cloud. */
  private static final List<String> EVERYWHERE =
      List.of(
          "network",
          "subnet",
          "firewall",
          "vm",
          "disk",
          "load-balancer",
          "bucket",
          "database",
          "cache",
          "dns-zone",
          "dns-record",
          "queue",
          "topic",
          "function",
          "container-service",
          "kubernetes-cluster",
          "role",
          "policy",
          "key",
          "secret",
          "log-group",
          "container-registry",
          "public-ip",
          "nat-gateway");

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void each_cloud_offers_the_services_everybody_speaks_of(String family) {
    assertThat(FamilyServices.of(family)).extracting(Offering::service).containsAll(EVERYWHERE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void a_service_is_made_of_its_own_familys_types(String family) {
    assertThat(FamilyServices.of(family))
        .flatExtracting(Offering::parts)
        .allSatisfy(part -> assertThat(part.type().family()).isEqualTo(family));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void no_word_means_two_services(String family) {
    assertThat(FamilyServices.of(family).stream().flatMap(o -> o.words().stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void it_is_read_once() {
    assertThat(FamilyServices.of("aws")).isSameAs(FamilyServices.of("aws"));
  }

  @Test
  void a_family_nobody_wrote_services_for_has_none() {
    assertThat(FamilyServices.of("elsewhere")).isEmpty();
  }
}
