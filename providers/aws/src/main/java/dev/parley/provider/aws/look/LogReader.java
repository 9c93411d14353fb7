package dev.parley.provider.aws.look;

import dev.parley.provider.LogLine;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.provider.aws.look.Recipe.Place;
import dev.parley.provider.aws.look.Recipe.Source;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.Resource;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;

/** Reads what a resource wrote, where its recipe says: log groups first, then texts. */
final class LogReader {
  private static final int PAGES = 50;
  private static final int PAGE = 10_000;

  private record Group(String name, Optional<String> prefix) {}

  private final Clients clients;
  private final Operations operations;
  private final String account;

  LogReader(Clients clients, Operations operations, String account) {
    this.clients = clients;
    this.operations = operations;
    this.account = account;
  }

  /** Oldest first; a place that does not exist yet has no lines. */
  List<LogLine> read(Resource resource, List<Place> places, Instant since, int limit) {
    var lines = new ArrayList<LogLine>();
    Set<Group> groups = new LinkedHashSet<>();
    for (Place place : places) {
      switch (place.source()) {
        case Source.Group group -> groups.addAll(groups(resource, place, group));
        case Source.Written written -> lines.addAll(written(resource, place, written, since));
      }
    }
    for (Group group : groups) {
      lines.addAll(events(resource, group, since, limit));
    }
    lines.sort(Comparator.comparing(LogLine::at));
    return List.copyOf(lines.subList(0, Math.min(limit, lines.size())));
  }

  private List<Group> groups(Resource resource, Place place, Source.Group named) {
    var groups = new ArrayList<Group>();
    for (Scope scope : scopes(resource, place)) {
      try {
        Template.plain(named.name().fill(scope))
            .filter(name -> !name.isBlank())
            .ifPresent(
                name ->
                    groups.add(
                        new Group(
                            name, named.prefix().flatMap(p -> Template.plain(p.fill(scope))))));
      } catch (Template.Missing _) {
        // what the resource does not have has no logs
      }
    }
    return groups;
  }

  private List<Scope> scopes(Resource resource, Place place) {
    Scope scope = Scope.of(resource);
    try {
      Fields shown =
          place.ask().map(ask -> ask(resource, ask, scope)).orElse(resource.properties());
      return place
          .each()
          .map(each -> Paths.items(shown, each).stream().map(scope::at).toList())
          .orElse(List.of(scope.at(shown)));
    } catch (Template.Missing _) {
      return List.of();
    }
  }

  private Fields ask(Resource resource, Recipe.Ask ask, Scope scope) {
    return operations.call(
        ask.operation(), resource.region(), (Fields) ask.input().fill(scope), Optional.empty());
  }

  private List<LogLine> written(
      Resource resource, Place place, Source.Written written, Instant since) {
    var lines = new ArrayList<LogLine>();
    for (Scope scope : scopes(resource, place)) {
      Optional<String> text = written.at().in(scope.item()).flatMap(Template::plain);
      Instant at =
          written
              .when()
              .flatMap(when -> when.in(scope.item()))
              .flatMap(Template::plain)
              .map(Instant::parse)
              .orElse(since);
      if (text.isPresent() && !at.isBefore(since)) {
        String source = place.ask().map(Recipe.Ask::operation).orElse(resource.name());
        decoded(text.get(), written.base64())
            .lines()
            .filter(line -> !line.isBlank())
            .forEach(line -> lines.add(new LogLine(at, source, line)));
      }
    }
    return lines;
  }

  private static String decoded(String text, boolean base64) {
    return base64 ? new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8) : text;
  }

  private List<LogLine> events(Resource resource, Group group, Instant since, int limit) {
    var lines = new ArrayList<LogLine>();
    var client = clients.client(CloudWatchLogsClient.class, resource.region());
    Optional<String> token = Optional.empty();
    try {
      for (int page = 0; page < PAGES && lines.size() < limit; page++) {
        FilterLogEventsRequest.Builder asked =
            FilterLogEventsRequest.builder()
                .logGroupName(group.name())
                .startTime(since.toEpochMilli())
                .limit(Math.clamp(limit - lines.size(), 1, PAGE));
        group.prefix().ifPresent(asked::logStreamNamePrefix);
        token.ifPresent(asked::nextToken);
        FilterLogEventsResponse said = client.filterLogEvents(asked.build());
        said.events()
            .forEach(
                event ->
                    lines.add(
                        new LogLine(
                            Instant.ofEpochMilli(event.timestamp()),
                            group.name() + "/" + event.logStreamName(),
                            event.message().stripTrailing())));
        token = Optional.ofNullable(said.nextToken());
        if (token.isEmpty()) {
          break;
        }
      }
    } catch (RuntimeException e) {
      ProviderException meant = AwsErrors.of(e, new AwsErrors.Asked(account, "logs", false));
      if (!(meant instanceof ProviderException.NotFound)) {
        throw meant;
      }
    }
    return lines;
  }
}
