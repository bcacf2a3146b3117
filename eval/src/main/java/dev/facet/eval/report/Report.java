package dev.facet.eval.report;

import dev.facet.base.Html;
import dev.facet.base.Staged;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.Grouped;
import dev.facet.eval.measure.Measure;
import dev.facet.eval.measure.Measures;
import dev.facet.eval.measure.NamedMeasures;
import dev.facet.eval.retrieval.Chance;
import dev.facet.eval.retrieval.RetrievalResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.html}: one file that opens anywhere, with style, charts and pictures inside it, no
 * script and no link to elsewhere. Captions come from the web: they are escaped, and the page
 * forbids itself to run or load anything besides.
 */
public final class Report {
  private final StringBuilder out = new StringBuilder();

  private Report() {}

  /** Writes the page, whole or not at all. */
  public static void write(Path target, ReportData data) throws IOException {
    Staged.write(target, page(data));
  }

  static String page(ReportData data) throws IOException {
    Report report = new Report();
    report.put(
        Html.head("Facet report", data.runName(), Html.resource(Report.class, "report.css")));
    report.standing(data.standing());
    report.verdict(data.evaluation());
    report.recall(data.evaluation());
    data.groups().forEach(report::groups);
    data.classified().forEach(table -> report.put(table.html()));
    report.sweep(data.sweep());
    report.charts(data);
    report.gallery(data);
    data.tables().forEach(report::table);
    report.skipped(data.skipped());
    report.terms(data.terms());
    return report.out.append(Html.end()).toString();
  }

  private void standing(@Nullable String standing) {
    if (standing != null) {
      put("<p class=\"standing\">", Html.text(standing), "</p>\n");
    }
  }

  private void sweep(@Nullable Sweep sweep) {
    if (sweep != null) {
      put(sweep.section());
    }
  }

  private void verdict(@Nullable Evaluation evaluation) {
    if (evaluation == null) {
      put("<p class=\"verdict\">This run was not evaluated.</p>\n");
      return;
    }
    RetrievalResult result = evaluation.result();
    put("<p class=\"verdict\">Of ", Figures.count(result.captions()), " held-out captions, <b>");
    first(evaluation.measures().textToImage(), "picture", result.textToImageChance());
    put("Of ", Figures.count(result.images()), " pictures, <b>");
    first(evaluation.measures().imageToText(), "caption", result.imageToTextChance());
    put("</p>\n");
  }

  private void first(NamedMeasures measures, String answer, Chance chance) {
    Measure first = measures.get("r1");
    put(Figures.percent(first.value()), "</b> find a right ", answer, " first (");
    if (first.interval() != null) {
      put("95% interval: ", Figures.percents(first.interval()), "%; ");
    }
    put("chance: ", Figures.percent(chance.r1()), "). ");
  }

  private void recall(@Nullable Evaluation evaluation) {
    if (evaluation == null) {
      return;
    }
    RetrievalResult result = evaluation.result();
    put(
        "<section class=\"whole\"><h2>Retrieval</h2><div class=\"scroll\"><table"
            + " class=\"figures\">\n"
            + "<thead><tr>");
    for (String head : new String[] {"", "R@1", "R@5", "R@10", "Median rank", "MRR"}) {
      put("<th scope=\"col\">", head, "</th>");
    }
    put("</tr></thead>\n<tbody>\n");
    Measures measures = evaluation.measures();
    direction("Image to text", measures.imageToText(), result.imageToTextChance());
    direction("Text to image", measures.textToImage(), result.textToImageChance());
    put("</tbody></table></div>\n<p class=\"note\">", Html.text(RecallTable.about(result)));
    put(". R@K is the share of queries with a right answer among the first K.</p></section>\n");
  }

  private void groups(Grouped grouped) {
    put("<section class=\"whole\"><h2>By ", Html.text(grouped.label()), "</h2>\n");
    put("<div class=\"scroll\"><table class=\"figures\">\n<thead><tr><th scope=\"col\"></th>");
    GroupLines.HEAD.forEach(head -> put("<th scope=\"col\">", head, "</th>"));
    put("</tr></thead>\n<tbody>\n");
    lines("Image to text", GroupLines.imageToText(grouped));
    lines("Text to image", GroupLines.textToImage(grouped));
    put(
        "</tbody></table></div>\n<p class=\"note\">Groups are those of the queries; what they are ");
    put("searched among is the whole set. The interval of a gap holds for all pairs of groups.");
    String between = GroupLines.between(grouped);
    put(between == null ? "" : " " + Html.text(between) + ".", "</p>\n");
    grouped.warnings().forEach(each -> put("<p class=\"note\">", Html.text(each), ".</p>\n"));
    put("</section>\n");
  }

  private void lines(String name, List<GroupLines.Line> lines) {
    put("<tr><th scope=\"row\">", name, "</th></tr>\n");
    for (GroupLines.Line line : lines) {
      put("<tr class=\"chance\"><th scope=\"row\">", Html.text(line.name()), "</th>");
      line.cells().forEach(cell -> put("<td>", cell, "</td>"));
      put("</tr>\n");
    }
  }

  private void direction(String name, NamedMeasures m, Chance c) {
    put("<tr><th scope=\"row\">", name, "</th>");
    put("<td><b>", Figures.percent(m.get("r1").value()), "</b></td><td>");
    put(Figures.percent(m.get("r5").value()), "</td><td>");
    put(Figures.percent(m.get("r10").value()), "</td><td>");
    put(Figures.rank(m.get("median_rank").value()), "</td><td>");
    put(Figures.fixed(m.get("mrr").value(), 3), "</td></tr>\n");
    if (m.get("r1").interval() != null) {
      put("<tr class=\"chance\"><th scope=\"row\">95% interval</th><td>");
      put(Figures.percents(m.get("r1").interval()), "</td><td>");
      put(Figures.percents(m.get("r5").interval()), "</td><td>");
      put(Figures.percents(m.get("r10").interval()), "</td><td></td><td></td></tr>\n");
    }
    put("<tr class=\"chance\"><th scope=\"row\">by chance</th><td>", Figures.percent(c.r1()));
    put("</td><td>", Figures.percent(c.r5()), "</td><td>", Figures.percent(c.r10()));
    put("</td><td></td><td></td></tr>\n");
  }

  private void charts(ReportData data) {
    Curves curves = Curves.of(data.lines());
    if (!curves.isEmpty()) {
      put("<section><h2>Training</h2>\n");
      if (!curves.charts().isEmpty()) {
        put("<div class=\"charts\">\n", curves.charts(), "</div>\n");
      }
      if (!curves.single().isEmpty()) {
        put("<table class=\"keys\"><tbody>\n");
        curves.single().forEach(this::key);
        put("</tbody></table>\n");
      }
      put("</section>\n");
    }
  }

  private void gallery(ReportData data) {
    if (data.gallery().isEmpty()) {
      return;
    }
    put("<section><h2>Captions and what they find</h2>\n<p class=\"note\">Captions spread over ");
    put("the set, not chosen by success. Best picture first, with its score; a right one has a ");
    put("frame and a tick. Where none of the first is right, the right one stands apart, with ");
    put("its rank.</p>\n");
    for (GalleryEntry entry : data.gallery()) {
      put("<article><p class=\"caption\" dir=\"auto\">", Html.text(entry.caption()), "</p>");
      put("<p class=\"rank\">right picture at rank ", Figures.rank(entry.rank()), "</p>\n<ol>");
      for (FoundPicture shot : entry.shots()) {
        picture(shot, shot.right() ? "right" : "", "");
      }
      if (entry.right() != null) {
        picture(entry.right(), "right apart", "rank " + Figures.rank(entry.rank()) + ": ");
      }
      put("</ol></article>\n");
    }
    put("</section>\n");
  }

  private void picture(FoundPicture shot, String style, String place) {
    put("<li", style.isEmpty() ? "" : " class=\"" + style + "\"", "><img alt=\"");
    put(shot.right() ? "right" : "wrong", " picture\" src=\"data:image/jpeg;base64,");
    put(Base64.getEncoder().encodeToString(shot.jpeg()), "\"><span>");
    put(shot.right() ? "&#10003; " : "", place, Figures.fixed(shot.score(), 3), "</span></li>");
  }

  private void skipped(Map<String, Long> skipped) {
    if (skipped.isEmpty()) {
      put("<section><h2>Skipped samples</h2><p class=\"note\">None.</p></section>\n");
      return;
    }
    put("<section><h2>Skipped samples</h2><table class=\"keys\"><tbody>\n");
    skipped.forEach((reason, n) -> key(reason, Figures.count(n)));
    put("</tbody></table></section>\n");
  }

  private void table(ReportTable table) {
    put("<section class=\"whole\"><h2>", Html.text(table.title()), "</h2>");
    put("<table class=\"keys\"><tbody>\n");
    table.rows().forEach(this::key);
    put("</tbody></table></section>\n");
  }

  private void key(String name, String value) {
    put("<tr><th scope=\"row\">", Html.text(name), "</th><td>", Html.text(value), "</td></tr>\n");
  }

  private void terms(String terms) {
    put("<section class=\"terms whole\"><h2>Terms of the data</h2><p>");
    put(Html.text(terms.isEmpty() ? "The dataset's own terms apply." : terms));
    put(" This page shows pictures of people: share it only as far as those terms and the law ");
    put("allow.</p></section>\n");
  }

  private void put(String... parts) {
    for (String part : parts) {
      out.append(part);
    }
  }
}
