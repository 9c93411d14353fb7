package dev.parley.engine.price;

import static dev.parley.engine.fixture.Wants.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.cost.Estimate;
import dev.parley.cost.Estimate.Confidence;
import dev.parley.cost.Estimate.Line;
import dev.parley.engine.fixture.FixtureWorld;
import dev.parley.engine.fixture.Fixtures;
import dev.parley.engine.resolve.Plans;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Money;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BookEstimatorTest {
  private static final String HEAD =
      "family,service,sku,region,unit,from,price,currency,source,asOf\n";

  /** Prices of the test itself: round figures that a person can add up. */
  private static final PriceBook BOOK =
      PriceBook.parse(
          "test.csv",
          HEAD
              + """
              aws,ec2,t3.small,us-east-1,hour,0,0.02,USD,list,2026-11-01
              aws,ec2,t3.medium,us-east-1,hour,0,0.04,USD,list,2026-11-01
              aws,ec2,t3.medium,ap-south-1,hour,0,0.0448,USD,list,2026-11-01
              aws,ec2,t3.large,us-east-1,hour,0,0.08,USD,list,2026-01-01
              aws,ebs,gp2,us-east-1,GB-month,0,0.1,USD,list,2026-11-01
              aws,ebs,gp3,us-east-1,GB-month,0,0.08,USD,list,2026-11-01
              aws,ebs,gp3,ap-south-1,GB-month,0,0.0912,USD,list,2026-11-01
              aws,ebs,gp2,ap-south-1,GB-month,0,0.114,USD,list,2026-11-01
              aws,sqs,standard,*,million-requests,0,0.4,USD,list,2026-11-01
              aws,nat,gateway,us-east-1,hour,0,0.05,USD,list,2026-11-01
              aws,nat,data,us-east-1,GB,0,0.05,USD,list,2026-11-01
              aws,rds-postgres,db.t3.small/multi-az,us-east-1,hour,0,0.1,USD,list,2026-11-01
              aws,rds-postgres,gp3,us-east-1,GB-month,0,0.1,USD,list,2026-11-01
              aws,fargate,vcpu,us-east-1,hour,0,0.04,USD,list,2026-11-01
              aws,fargate,memory,us-east-1,GB-hour,0,0.004,USD,list,2026-11-01
              azure,vm,Standard_B2s,westeurope,hour,0,0.05,EUR,list,2026-11-01
              azure,disk,StandardSSD_LRS/64,westeurope,month,0,5,EUR,list,2026-11-01
              gcp,compute,e2-small,us-central1,hour,0,0.01,USD,list,2026-11-01
              """);

  private static final List<Estimate.Rate> RATES =
      List.of(
          new Estimate.Rate(
              "USD", "INR", new BigDecimal("80"), LocalDate.parse("2026-11-20"), "bank"),
          new Estimate.Rate(
              "EUR", "USD", new BigDecimal("1.25"), LocalDate.parse("2026-11-19"), "bank"));

  private final FixtureWorld world = new FixtureWorld();

  @Test
  void the_worked_example_three_machines_and_sixty_gigabytes_are_3_41_dollars_a_day() {
    Change[] machines =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    make(
                        "vm-" + i,
                        "ap-south-1",
                        "{'InstanceType':'t3.medium','BlockDeviceMappings':[{'Ebs':{'VolumeSize':20,'VolumeType':'gp3'}}]}"))
            .toArray(Change[]::new);
    Estimate estimate = estimate(machines);
    // 3 x 0.0448 x 730 + 60 x 0.0912 = 98.112 + 5.472 USD a month, at 80 rupees
    assertThat(estimate.monthly()).isEqualTo(Money.of("8286.72", "INR"));
    assertThat(estimate.daily().amount().doubleValue() / 80)
        .isCloseTo(3.41, org.assertj.core.data.Offset.offset(0.005));
    assertThat(estimate.lines())
        .hasSize(6)
        .allMatch(line -> line.confidence() == Confidence.PRICED);
    assertThat(estimate.rate()).contains(RATES.getFirst());
    assertThat(estimate.asOf()).contains(LocalDate.parse("2026-11-01"));
  }

  @Test
  void gp2_to_gp3_saves_a_fifth() {
    Estimate estimate =
        estimate(
            new Change.Update(
                at("aws:AWS::EC2::Volume", "d"),
                "ap-south-1",
                new ResourceId("v"),
                json("{'Size':100,'VolumeType':'gp2'}"),
                json("{'Size':100,'VolumeType':'gp3'}")));
    assertThat(estimate.before()).isEqualTo(Money.of("912", "INR")); // 100 x 0.114 x 80
    assertThat(estimate.monthly()).isEqualTo(Money.of("729.6", "INR"));
    assertThat(estimate.delta()).isEqualTo(Money.of("-182.4", "INR"));
  }

  @Test
  void totals_that_were_added_up_by_hand() {
    // one small machine with its own 8 GB: 0.02 x 730 + 8 x 0.08 = 15.24 USD
    assertThat(monthly(make("a", "us-east-1", "{'InstanceType':'t3.small'}"))).isEqualTo("1219.2");
    // a larger machine, and an old price: 0.08 x 730 + 8 x 0.08 = 59.04 USD
    assertThat(monthly(make("a", "us-east-1", "{'InstanceType':'t3.large'}"))).isEqualTo("4723.2");
    // two disks: 10 x 0.08 + 50 x 0.1 + 0.02 x 730 = 20.4 USD
    assertThat(
            monthly(
                make(
                    "a",
                    "us-east-1",
                    "{'InstanceType':'t3.small','BlockDeviceMappings':[{'Ebs':{'VolumeSize':10,'VolumeType':'gp3'}},{'Ebs':{'VolumeSize':50}}]}")))
        .isEqualTo("1632");
    // a queue in development: 0.5 x 0.4 = 0.2 USD
    assertThat(monthly(create("aws:AWS::SQS::Queue", "q", "us-east-1", "{}"))).isEqualTo("16");
    // a gateway and 10 GB through it: 0.05 x 730 + 10 x 0.05 = 37 USD
    assertThat(monthly(create("aws:AWS::EC2::NatGateway", "n", "us-east-1", "{}")))
        .isEqualTo("2960");
    // a database on two sites: 0.1 x 730 + 2 x 20 x 0.1 = 77 USD
    assertThat(
            monthly(
                create(
                    "aws:AWS::RDS::DBInstance",
                    "d",
                    "us-east-1",
                    "{'DBInstanceClass':'db.t3.small','Engine':'postgres','MultiAZ':true,'AllocatedStorage':'20'}")))
        .isEqualTo("6160");
    // two containers of a quarter vCPU and half a GB: 730 x 2 x (0.25 x 0.04 + 0.5 x 0.004) = 17.52
    // USD
    assertThat(
            monthly(
                create(
                    "aws:AWS::ECS::Service",
                    "s",
                    "us-east-1",
                    "{'DesiredCount':2,'TaskDefinition':{'$ref':'aws-dev/aws:AWS::ECS::TaskDefinition/t#/TaskDefinitionArn'}}"),
                create(
                    "aws:AWS::ECS::TaskDefinition",
                    "t",
                    "us-east-1",
                    "{'Cpu':'256','Memory':'512'}")))
        .isEqualTo("1401.6");
    // euros by way of dollars: (0.05 x 730 + 5) x 1.25 = 51.875 USD
    assertThat(
            monthly(
                create(
                    "azure:Microsoft.Compute/virtualMachines@2024-07-01",
                    "m",
                    "westeurope",
                    "{'properties':{'hardwareProfile':{'vmSize':'Standard_B2s'},'storageProfile':{'osDisk':{'diskSizeGB':40}}}}")))
        .isEqualTo("4150");
    // another region at the family's ratio: 0.01 x 730 x 1.1 = 8.03 USD
    assertThat(
            monthly(
                create(
                    "gcp:compute.googleapis.com/Instance",
                    "m",
                    "europe-west1",
                    "{'machineType':'e2-small'}")))
        .isEqualTo("642.4");
    // nothing but what is free by nature
    assertThat(
            monthly(
                create("aws:AWS::EC2::VPC", "v", "us-east-1", "{}"),
                create("aws:AWS::IAM::Role", "r", "us-east-1", "{}")))
        .isEqualTo("0");
  }

  @Test
  void what_depends_on_use_is_assumed_by_environment_and_never_nothing() {
    Line queue = estimate(create("aws:AWS::SQS::Queue", "q", "us-east-1", "{}")).lines().getFirst();
    assertThat(queue.confidence()).isEqualTo(Confidence.ASSUMED);
    assertThat(queue.note()).isEqualTo("assumed: 0.5 million-requests a month");
    Plan production = plan("production", create("aws:AWS::SQS::Queue", "q", "us-east-1", "{}"));
    assertThat(estimator().estimate(production).monthly()).isEqualTo(Money.of("320", "INR"));
  }

  @Test
  void what_has_no_price_is_a_line_and_never_zero() {
    Estimate estimate =
        estimate(
            make("a", "us-east-1", "{'InstanceType':'x9.huge'}"),
            create("aws:AWS::Braket::Computer", "b", "us-east-1", "{}"),
            make("c", "us-east-1", "{}"));
    assertThat(estimate.unpriced()).isEqualTo(3);
    assertThat(estimate.lines())
        .filteredOn(line -> line.confidence() == Confidence.UNPRICED)
        .allMatch(
            line -> line.monthly().isEmpty() && line.each().isEmpty() && !line.note().isBlank());
    assertThat(estimate.monthly()).isEqualTo(Money.of("102.4", "INR")); // the two root disks
  }

  @Test
  void another_regions_price_is_an_assumption_that_says_so() {
    Line line =
        estimate(
                create(
                    "gcp:compute.googleapis.com/Instance",
                    "m",
                    "europe-west1",
                    "{'machineType':'e2-small'}"))
            .lines()
            .getFirst();
    assertThat(line.confidence()).isEqualTo(Confidence.ASSUMED);
    assertThat(line.note()).isEqualTo("price of us-central1 x 1.1");
  }

  @Test
  void an_old_price_says_its_age() {
    Line line = estimate(make("a", "us-east-1", "{'InstanceType':'t3.large'}")).lines().getFirst();
    assertThat(line.note()).isEqualTo("price of 2026-01-01, more than 180 days old");
    assertThat(line.confidence()).isEqualTo(Confidence.PRICED);
  }

  @Test
  void before_and_after_stand_side_by_side() {
    Fields small = json("{'InstanceType':'t3.small'}");
    Fields large = json("{'InstanceType':'t3.medium'}");
    ResourceId id = new ResourceId("i");
    Estimate estimate =
        estimate(
            new Change.Replace(
                at("aws:AWS::EC2::Instance", "r"),
                "ap-south-1",
                "us-east-1",
                id,
                large,
                large,
                List.of()),
            new Change.Update(at("aws:AWS::EC2::Instance", "u"), "us-east-1", id, small, large),
            new Change.Delete(at("aws:AWS::EC2::Instance", "d"), "us-east-1", id, small),
            new Change.NoOp(at("aws:AWS::EC2::Instance", "n"), "us-east-1", id, small),
            new Change.Call(
                at("aws:AWS::EC2::Instance", "c"), "us-east-1", id, "stop", Fields.EMPTY));
    // root disks: gp3, 8 GB: 0.64 in us-east-1, 0.7296 in ap-south-1
    assertThat(estimate.before())
        .isEqualTo(inr("29.84", "15.24", "15.24", "15.24")); // replace, update, delete, no-op
    assertThat(estimate.monthly()).isEqualTo(inr("33.4336", "29.84", "15.24"));
    assertThat(estimate.lines())
        .filteredOn(line -> line.at().name().equals("d"))
        .allMatch(
            line ->
                line.monthly().orElseThrow().amount().signum() == 0 && line.note().equals("ends"));
    assertThat(estimate.lines()).noneMatch(line -> line.at().name().equals("c"));
  }

  @Test
  void without_a_rate_there_is_no_price() {
    var estimator =
        new BookEstimator(world, List.of(BOOK), UsageModels.shipped(), new Rates(List.of()));
    Estimate estimate =
        estimator.estimate(
            plan("development", make("a", "us-east-1", "{'InstanceType':'t3.small'}")));
    assertThat(estimate.unpriced()).isEqualTo(2);
    assertThat(estimate.lines().getFirst().note()).isEqualTo("no exchange rate from USD to INR");
    assertThat(estimate.rate()).isEmpty();
  }

  @Test
  void the_first_source_that_knows_a_price_is_asked() {
    var own =
        PriceBook.parse(
            "own.csv", HEAD + "aws,ec2,t3.small,us-east-1,hour,0,0.01,USD,contract,2026-11-20\n");
    var estimator =
        new BookEstimator(world, List.of(own, BOOK), UsageModels.shipped(), new Rates(RATES));
    Line line =
        estimator
            .estimate(plan("development", make("a", "us-east-1", "{'InstanceType':'t3.small'}")))
            .lines()
            .getFirst();
    assertThat(line.source()).isEqualTo("contract");
    assertThat(estimator.revision()).isNotEqualTo(estimator().revision());
  }

  @Test
  void rates_turn_around_and_go_by_way_of_a_third() {
    var rates = new Rates(RATES);
    assertThat(rates.rate("INR", "USD").orElseThrow().rate()).isEqualByComparingTo("0.0125");
    assertThat(rates.rate("EUR", "INR").orElseThrow())
        .satisfies(
            rate -> {
              assertThat(rate.rate()).isEqualByComparingTo("100");
              assertThat(rate.asOf()).isEqualTo("2026-11-19");
            });
    assertThat(rates.rate("USD", "JPY")).isEmpty();
  }

  @Test
  void five_thousand_lines_take_a_moment() {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < 5000; i++) {
      changes.add(make("m-" + i, "us-east-1", "{'InstanceType':'t3.small'}"));
    }
    Plan plan = plan("development", changes.toArray(Change[]::new));
    long start = System.nanoTime();
    Estimate estimate = estimator().estimate(plan);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(estimate.lines()).hasSize(10_000);
    assertThat(estimate.monthly()).isEqualTo(Money.of("6096000", "INR"));
  }

  @Test
  void mistakes_of_a_usage_file_are_told_at_once() {
    Invalid invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                UsageModels.read(
                    Map.of(
                        "u.yaml",
                        "free: [aws:X]\n"
                            + "types:\n"
                            + "  aws:X: []\n"
                            + "  aws:Y:\n"
                            + "    - {what: w, service: s, sku: '{size}', unit: hour}\n"
                            + "    - {what: w, service: s, sku: k, unit: GB, quantity:"
                            + " {development: 0}}\n")));
    assertThat(invalid.problems())
        .extracting(Problem::where)
        .contains("u.yaml:3", "u.yaml:5", "u.yaml:6");
    assertThat(invalid.problems()).anyMatch(p -> p.why().contains("never assumed to be nothing"));
  }

  @Test
  void every_type_of_the_fixture_is_known() {
    var models = UsageModels.shipped();
    List<ResourceType> all = new ArrayList<>(Fixtures.AWS.types());
    all.addAll(Fixtures.AZURE.types());
    all.addAll(Fixtures.GCP.types());
    assertThat(all).allMatch(models::knows);
  }

  @Test
  void every_figure_that_a_usage_model_asks_for_by_name_is_in_the_shipped_book() {
    var models = UsageModels.shipped();
    var book = PriceBook.shipped();
    for (String name : models.types()) {
      ResourceType type = ResourceType.of(name);
      for (UsageModel model : models.of(type)) {
        if (Metering.placeholders(model.service() + model.sku()).isEmpty()) {
          boolean known =
              book.all().stream()
                  .anyMatch(
                      p ->
                          p.family().equals(type.family())
                              && p.service().equals(model.service())
                              && p.sku().equals(model.sku())
                              && p.unit().equals(model.unit()));
          assertThat(known)
              .as("%s: %s %s per %s", name, model.service(), model.sku(), model.unit())
              .isTrue();
        }
      }
    }
  }

  private BookEstimator estimator() {
    return new BookEstimator(world, List.of(BOOK), UsageModels.shipped(), new Rates(RATES));
  }

  private Estimate estimate(Change... changes) {
    return estimator().estimate(plan("development", changes));
  }

  private String monthly(Change... changes) {
    Estimate estimate = estimate(changes);
    assertThat(estimate.unpriced()).isZero();
    return estimate.monthly().amount().toPlainString();
  }

  private static Money inr(String... dollars) {
    Money sum = Money.zero("INR");
    for (String each : dollars) {
      sum = sum.plus(new Money(new BigDecimal(each).multiply(BigDecimal.valueOf(80)), "INR"));
    }
    return sum;
  }

  private static Change make(String name, String region, String properties) {
    return create("aws:AWS::EC2::Instance", name, region, properties);
  }

  private static Change create(String type, String name, String region, String properties) {
    return new Change.Create(at(type, name), region, json(properties));
  }

  private static Address at(String type, String name) {
    String family = type.substring(0, type.indexOf(':'));
    return Address.of(family + "-dev/" + type + "/" + name);
  }

  private static Plan plan(String environment, Change... changes) {
    return Plans.seal(
        new Plan(
            "demo",
            "p-1",
            1,
            "t",
            "ann",
            "words",
            "title",
            environment,
            "test",
            List.of(changes),
            Map.of(),
            Optional.empty(),
            false,
            Optional.empty(),
            new Plan.Basis(Map.of(), Map.of(), "", ""),
            Fixtures.NOW,
            Fixtures.NOW,
            Digest.ofText("")));
  }
}
