package dev.facet.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Html;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What weights between a start and a training retrieve: as a table, as JSON, and as a page with a
 * chart.
 *
 * @param title of the page
 * @param about what was scored, in one sentence
 * @param points share by share
 */
public record Sweep(String title, String about, List<Point> points) {
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

  /** Writes the page, whole or not at all. */
  public void write(Path page) throws IOException {
    StringBuilder out = new StringBuilder();
    out.append(Html.head("Facet blend", title, Html.resource(Report.class, "report.css")));
    out.append("<p class=\"verdict\">").append(Html.text(about)).append("</p>\n");
    out.append("<section><h2>Recall between start and training</h2>\n<div class=\"charts\">\n");
    out.append(chart("Image to text", RetrievalResult::imageToText));
    out.append(chart("Text to image", RetrievalResult::textToImage));
    out.append("</div></section>\n<section class=\"whole\"><h2>Figures</h2><div class=\"scroll\">");
    out.append("<table class=\"figures\"><thead><tr><th scope=\"col\">Share</th>");
    for (String name : List.of("Image to text", "Text to image")) {
      for (int k : new int[] {1, 5, 10}) {
        out.append("<th scope=\"col\">").append(name).append(" R@").append(k).append("</th>");
      }
    }
    out.append("<th scope=\"col\">R-sum</th></tr></thead>\n<tbody>\n");
    for (Point point : points) {
      out.append("<tr><th scope=\"row\">").append(Figures.fixed(point.share, 2)).append("</th>");
      for (Direction d : List.of(point.result.imageToText(), point.result.textToImage())) {
        for (double recall : new double[] {d.r1(), d.r5(), d.r10()}) {
          out.append("<td>").append(Figures.percent(recall)).append("</td>");
        }
      }
      out.append("<td>").append(Figures.fixed(rsum(point), 1)).append("</td></tr>\n");
    }
    out.append("</tbody></table></div></section>\n").append(Html.end());
    Staged.write(page, out.toString());
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
