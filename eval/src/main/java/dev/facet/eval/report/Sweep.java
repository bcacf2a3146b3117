package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Html;
import dev.facet.base.Json;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What weights between a start and a training retrieve: as a table, as JSON, and as a part of a
 * report.
 *
 * @param about what was scored, in one sentence
 * @param points share by share
 */
public record Sweep(String about, List<Point> points) {
  /**
   * One model of it.
   *
   * @param share of the trained weights, from 0 to 1
   */
  public record Point(double share, RetrievalResult result) {}

  /** Plain ASCII for the console. */
  public String table() {
    StringBuilder table = new StringBuilder();
    line(table, "trained", "image to text", "text to image", "R-sum");
    line(table, "share", "R@1   R@5  R@10", "R@1   R@5  R@10", "");
    for (Point point : points) {
      line(
          table,
          Figures.fixed(point.share, 2),
          recalls(point.result.imageToText()),
          recalls(point.result.textToImage()),
          Figures.fixed(rsum(point), 1));
    }
    return table.toString();
  }

  /** A list of an object for each share, recalls as fractions. */
  public ArrayNode json() {
    ArrayNode all = Json.LINE.createArrayNode();
    for (Point point : points) {
      ObjectNode node = all.addObject();
      node.put("share", point.share);
      node.put("pairs", point.result.pairs());
      node.set("image_to_text", Json.LINE.valueToTree(point.result.imageToText()));
      node.set("text_to_image", Json.LINE.valueToTree(point.result.textToImage()));
      node.put("rsum", rsum(point));
    }
    return all;
  }

  /** Its part of a report. */
  String section() {
    StringBuilder out = new StringBuilder();
    out.append("<section><h2>Between start and training</h2>\n<p class=\"note\">");
    out.append(Html.text(about)).append(". Pick a share on a validation set.</p>\n");
    out.append("<div class=\"charts\">\n");
    out.append(chart("Image to text", RetrievalResult::imageToText));
    out.append(chart("Text to image", RetrievalResult::textToImage));
    return out.append("</div></section>\n").toString();
  }

  private String chart(String name, Function<RetrievalResult, Direction> direction) {
    return LineChart.draw(
        name,
        "share of the trained weights",
        "recall (%)",
        0,
        List.of(
            series("R@10", "s3", direction, Direction::r10),
            series("R@5", "s2", direction, Direction::r5),
            series("R@1", "s1", direction, Direction::r1)));
  }

  private Series series(
      String name,
      String style,
      Function<RetrievalResult, Direction> direction,
      ToDoubleFunction<Direction> recall) {
    return new Series(
        name,
        style,
        points.stream()
            .map(
                p ->
                    new Series.Point(
                        p.share, 100 * recall.applyAsDouble(direction.apply(p.result))))
            .toList());
  }

  private static double rsum(Point point) {
    Direction a = point.result.imageToText();
    Direction b = point.result.textToImage();
    return 100 * (a.r1() + a.r5() + a.r10() + b.r1() + b.r5() + b.r10());
  }

  private static String recalls(Direction d) {
    return String.format(
        Locale.ROOT, "%5.1f %5.1f %5.1f", 100 * d.r1(), 100 * d.r5(), 100 * d.r10());
  }

  private static void line(StringBuilder table, Object... cells) {
    table
        .append(String.format(Locale.ROOT, "%-8s %18s %18s %7s", cells).stripTrailing())
        .append(System.lineSeparator());
  }
}
