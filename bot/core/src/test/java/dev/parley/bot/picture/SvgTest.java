package dev.parley.bot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.picture.Graph.Edge;
import dev.parley.bot.picture.Graph.Node;
import dev.parley.bot.picture.Graph.Shade;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class SvgTest {
  private static Node node(String id) {
    return new Node(id, "+", id, "Type", Shade.CREATE);
  }

  @Test
  void what_is_needed_stands_left_of_what_needs_it() {
    var graph =
        new Graph(
            "g",
            List.of(node("lb"), node("web"), node("subnet"), node("vpc")),
            List.of(
                new Edge("vpc", "subnet"),
                new Edge("subnet", "web"),
                new Edge("web", "lb"),
                new Edge("vpc", "lb")));
    assertThat(new Layout(graph).columns())
        .containsExactly(List.of("vpc"), List.of("subnet"), List.of("web"), List.of("lb"));
  }

  @Test
  void a_cycle_still_gets_a_picture() {
    var graph =
        new Graph(
            "g",
            List.of(node("a"), node("b"), node("c")),
            List.of(new Edge("a", "b"), new Edge("b", "a"), new Edge("c", "a")));
    assertThat(new Layout(graph).columns().stream().mapToInt(List::size).sum()).isEqualTo(3);
  }

  @Test
  void the_same_graph_is_drawn_the_same_way() {
    var nodes = IntStream.range(0, 40).mapToObj(i -> node("n" + i)).toList();
    var edges = IntStream.range(1, 40).mapToObj(i -> new Edge("n" + i / 3, "n" + i)).toList();
    assertThat(Svg.draw(new Graph("g", nodes, edges)))
        .isEqualTo(Svg.draw(new Graph("g", nodes, edges)));
  }

  @Test
  void hostile_names_stay_text() throws Exception {
    var graph =
        new Graph(
            "</title><script>alert(1)</script>",
            List.of(new Node("a", "+", "<b>&\"'\u0001\uFFFE", "x<y", Shade.DELETE)),
            List.of());
    byte[] svg = Svg.draw(graph);
    assertThat(new String(svg, StandardCharsets.UTF_8)).doesNotContain("<script>");
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1);
  }
}
