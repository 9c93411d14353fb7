package dev.parley.app.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The moto that {@code deploy/peers/aws-moto.sh} has started, asked without Parley. */
public final class Moto {
  private Moto() {}

  /** Where it answers; a test without it is skipped. */
  public static URI endpoint() {
    String said = System.getProperty("aws.endpoint", "");
    assumeTrue(!said.isEmpty(), "no moto: run deploy/peers/aws-moto.sh");
    return URI.create(said);
  }

  /** The vendor's schemas. */
  public static Path schemas() {
    String said = System.getProperty("aws.schemas", "");
    assumeTrue(!said.isEmpty(), "no schemas: run deploy/peers/aws-moto.sh");
    return Path.of(said);
  }

  /** Keys; moto takes any, and which account they belong to is always the same one. */
  public static Map<String, String> keys() {
    return Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any");
  }

  /** Everything that was made is gone. */
  public static void reset() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(endpoint().resolve("/moto-api/reset"));
    send(request.POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** The URLs of all queues of a region; a page holds 1000 at most. */
  public static List<String> queues(String region) throws IOException, InterruptedException {
    var urls = new ArrayList<String>();
    Fields page = Fields.of("MaxResults", Value.num(1000));
    while (true) {
      Fields answer = sqs(region, "ListQueues", page);
      answer.itemsAt("QueueUrls").forEach(url -> urls.add(((Value.Text) url).text()));
      Optional<String> next = answer.text("NextToken");
      if (next.isEmpty()) {
        return List.copyOf(urls);
      }
      page = page.with("NextToken", Value.text(next.get()));
    }
  }

  private static Fields sqs(String region, String operation, Fields input)
      throws IOException, InterruptedException {
    var request =
        signed(region, "sqs")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + operation)
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(input)));
    String body = send(request);
    return body.isBlank() ? Fields.EMPTY : (Fields) Json.parsePlain(body);
  }

  /** A call of EC2; its answer as XML. */
  public static String ec2(String region, String form) throws IOException, InterruptedException {
    return send(
        signed(region, "ec2")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form + "&Version=2016-11-15")));
  }

  /** moto looks at the scope of a signature, and not whether it is one. */
  private static HttpRequest.Builder signed(String region, String service) {
    String scope = "any/20260101/" + region + "/" + service + "/aws4_request";
    return HttpRequest.newBuilder(endpoint().resolve("/"))
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=0");
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("moto answered " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    }
  }
}
