package dev.parley.provider.aws.moto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.Token;
import dev.parley.provider.aws.AwsFactory;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants with one set of keys and two roles, which lead into two accounts. */
@Tag("peers")
class TenantsOnMotoTest {
  private static final ResourceType QUEUE = new ResourceType("aws", "AWS::SQS::Queue");
  private static final String SHOP = "arn:aws:iam::111111111111:role/parley-shop";
  private static final String BANK = "arn:aws:iam::222222222222:role/parley-bank";

  @TempDir Path folder;

  @BeforeEach
  void fresh() {
    Moto.reset();
  }

  private Provider open(String tenant, String role) {
    return new AwsFactory()
        .open(
            Moto.account(tenant, "main", Moto.endpoint(), List.of("stack"), Optional.of(role)),
            new Surroundings(Clock.systemUTC(), folder.resolve(tenant), Moto::secret));
  }

  @Test
  void what_one_tenants_role_makes_the_other_tenant_does_not_see() {
    try (Provider shop = open("shop", SHOP);
        Provider bank = open("bank", BANK)) {
      assertThat(shop.identity()).contains("111111111111");
      assertThat(bank.identity()).contains("222222222222");
      ResourceId made = make(shop, "orders");
      assertThat(made.value()).contains("111111111111");
      assertThat(shop.read(QUEUE, Moto.REGION, made)).isPresent();
      assertThat(bank.read(QUEUE, Moto.REGION, made)).isEmpty();
      assertThat(Boto.as(SHOP).ask("sqs", "list_queues", Fields.EMPTY).itemsAt("QueueUrls"))
          .hasSize(1);
      assertThat(Boto.as(BANK).ask("sqs", "list_queues", Fields.EMPTY).itemsAt("QueueUrls"))
          .isEmpty();
      assertThat(Boto.here().ask("sqs", "list_queues", Fields.EMPTY).itemsAt("QueueUrls"))
          .isEmpty();
      assertThat(make(bank, "orders").value()).contains("222222222222");
    }
  }

  private static ResourceId make(Provider provider, String name) {
    String value = Digest.ofText(name + provider).hex();
    var create =
        new Change.Create(
            new Address("main", QUEUE, name),
            Moto.REGION,
            Fields.of("QueueName", Value.text(name)));
    Operation now = provider.create(create, new Token(value, "parley-" + value.substring(0, 24)));
    for (int i = 0; i < 20 && now.state() == Operation.State.RUNNING; i++) {
      now = provider.poll(now.handle());
    }
    return now.resource().orElseThrow();
  }
}
