package dev.parley.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.aws.AwsTenant;
import dev.parley.app.aws.Moto;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans of 40 steps on moto by change sets, with moto itself as the witness of what was made. 50
 * kills; {@code -Dcrash.kills} says otherwise.
 */
@Tag("peers")
class MotoCrashTest {
  private static final int STEPS = 40;
  private static final String REGION = "ap-south-1";
  @TempDir Path folder;

  @Test
  void a_plan_of_forty_steps_makes_forty_resources_however_often_it_is_killed() throws Exception {
    Moto.reset();
    try (var series = new CrashSeries(folder, Moto.keys())) {
      String catalog = "{live: false, folder: \"" + Moto.schemas() + "\"}";
      Path settings =
          Files.writeString(
              folder.resolve("parley.yaml"), AwsTenant.yaml(Moto.endpoint(), "[stack]", catalog));
      long expected = series.run(settings, CrashSeries.kills(50), STEPS);
      assertThat(expected).isGreaterThanOrEqualTo(STEPS);
      assertThat(Moto.queues(REGION))
          .as("queues that moto holds, %s", CrashSeries.seed())
          .hasSize((int) expected)
          .doesNotHaveDuplicates();
    }
  }
}
