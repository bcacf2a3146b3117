package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import dev.facet.loader.source.Lists;
import dev.facet.loader.source.Tars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are held out of the training split, whatever the data set is. */
class HoldoutTest {
  private static final Holdout BOTH = new Holdout("train", 0.2, 0.1, HoldoutBy.AUTO);
  private static final Holdout BY_CONTENT = new Holdout("train", 0.3, 0.2, HoldoutBy.CONTENT);

  @TempDir Path dir;

  @Test
  void theSharesAreHeldOutAndNoRowIsInTwoParts() throws Exception {
    Path list = list("captions.jsonl", lines(0, 1000));
    Map<String, Set<String>> parts = parts(list, BOTH);
    assertThat(parts.keySet()).containsExactly("test", "train", "val");
    assertThat(part(parts, "val").size()).isBetween(150, 250);
    assertThat(part(parts, "test").size()).isBetween(70, 130);
    Set<String> all = new HashSet<>();
    parts.values().forEach(all::addAll);
    assertThat(all).hasSize(1000);
    assertThat(parts.values().stream().mapToInt(Set::size).sum()).isEqualTo(1000);
  }

  @Test
  void rowsThatComeOrGoOrMoveChangeTheSideOfNoOther() throws Exception {
    Map<String, Set<String>> before = parts(list("captions.jsonl", lines(0, 600)), BOTH);
    List<String> more = lines(200, 900);
    Collections.shuffle(more, new Random(1));
    Map<String, Set<String>> after = parts(list("captions.jsonl", more), BOTH);
    Set<String> still = new HashSet<>(part(before, "val"));
    still.removeAll(captions(0, 200));
    assertThat(part(after, "val")).containsAll(still);
    assertThat(Collections.disjoint(part(after, "val"), part(before, "train"))).isTrue();
    assertThat(Collections.disjoint(part(after, "test"), part(before, "train"))).isTrue();
  }

  @Test
  void aLargerShareKeepsWhatWasHeldOut() throws Exception {
    Path list = list("captions.jsonl", lines(0, 500));
    Set<String> few = part(parts(list, new Holdout("train", 0.1, 0, HoldoutBy.AUTO)), "val");
    Set<String> many = part(parts(list, new Holdout("train", 0.3, 0, HoldoutBy.AUTO)), "val");
    assertThat(many).containsAll(few).hasSizeGreaterThan(few.size());
  }

  @Test
  void allCaptionsOfAPictureAreOnOneSide() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(line(i + ".jpg", i + " a", ""));
      lines.add(line("./" + i + ".jpg", i + " b", ""));
    }
    assertPairs(parts(list("captions.jsonl", lines), BOTH));
    // Another name of the same picture, of which the list says so.
    lines.clear();
    for (int i = 0; i < 200; i++) {
      lines.add(line(i + ".jpg", i + " a", ",\"sha256\":\"ab" + i + "\""));
      lines.add(line("copy/" + i + ".jpg", i + " b", ",\"sha256\":\"AB" + i + "\""));
    }
    assertPairs(parts(list("captions.jsonl", lines), BOTH));
  }

  @Test
  void byContentACopyUnderAnotherNameIsOnTheSameSideInEveryFormat() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("pictures"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      picture(folder.resolve(i + ".jpg"), "picture " + i, i + " a");
      picture(folder.resolve("copies/x" + i + ".png"), "picture " + i, i + " b");
      lines.add(line("pictures/" + i + ".jpg", i + " a", ""));
      lines.add(line("pictures/copies/x" + i + ".png", i + " b", ""));
    }
    Map<String, Set<String>> beside = parts(folder, BY_CONTENT);
    assertPairs(beside);
    assertThat(parts(list("captions.jsonl", lines), BY_CONTENT)).isEqualTo(beside);
    // Facet's shards tell the SHA-256 of each picture: no need to look at it.
    Path shards = dir.resolve("shards");
    try (ShardWriter writer = new ShardWriter(shards, ShardWriter.Settings.of("test", Map.of()))) {
      for (int i = 0; i < 100; i++) {
        byte[] bytes = Files.readAllBytes(folder.resolve(i + ".jpg"));
        writer.write(shardRow("a" + i, bytes, i + " a"));
        writer.write(shardRow("b" + i, bytes, i + " b"));
      }
      writer.commit();
    }
    Holdout auto = new Holdout("train", 0.3, 0.2, HoldoutBy.AUTO);
    assertThat(parts(shards, auto)).isEqualTo(beside);
    assertThat(parts(shards, BY_CONTENT)).isEqualTo(beside);
    Files.delete(shards.resolve("manifest.json"));
    assertThat(parts(shards, auto)).isEqualTo(beside);
  }

  @Test
  void aPictureInATarIsOnTheSideThatItIsOnInAList() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      picture(dir.resolve("pictures/" + i + ".jpg"), "picture " + i, i + " a");
      lines.add(line("pictures/" + i + ".jpg", i + " a", ",\"sha256\":\"" + sha256(i) + "\""));
    }
    Path list = list("captions.jsonl", lines);
    Path tar = tar("packed", 0, 300, true);
    // By the hash that both tell, or by the bytes, which give the same.
    Map<String, Set<String>> sides = parts(list, BOTH);
    assertThat(sides.keySet()).containsExactly("test", "train", "val");
    assertThat(parts(tar, BOTH)).isEqualTo(sides);
    Holdout content = new Holdout("train", 0.2, 0.1, HoldoutBy.CONTENT);
    assertThat(parts(list, content)).isEqualTo(sides);
    assertThat(parts(tar, content)).isEqualTo(sides);
    assertThat(parts(tar("plain", 0, 300, false), content)).isEqualTo(sides);
  }

  @Test
  void picturesThatAreAddedToATarChangeTheSideOfNoOther() throws Exception {
    for (HoldoutBy by : HoldoutBy.values()) {
      Holdout holdout = new Holdout("train", 0.2, 0.1, by);
      Map<String, Set<String>> before = parts(tar("few-" + by, 100, 300, false), holdout);
      Map<String, Set<String>> after = parts(tar("many-" + by, 0, 500, false), holdout);
      assertThat(before.keySet()).containsExactly("test", "train", "val");
      before.forEach((split, captions) -> assertThat(after.get(split)).containsAll(captions));
    }
  }

  @Test
  void aPictureThatCannotBeReadIsHeldOutByItsNameAndCountedWhereItIsRead() throws Exception {
    Path list = list("captions.jsonl", List.of(line("gone.jpg", "a", ""), line("", "b", "")));
    DataSource source = DataSource.of(list).holding(BY_CONTENT);
    assertThat(Datasets.splits(source).values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(2);
  }

  @Test
  void rowsOfOtherSplitsStayWhereTheyAre() throws Exception {
    List<String> lines = lines(0, 200);
    lines.add(line("t.jpg", "for testing", ",\"split\":\"test\""));
    Path list = list("captions.jsonl", lines);
    Holdout validation = new Holdout("train", 0.2, 0, HoldoutBy.AUTO);
    assertThat(part(parts(list, validation), "test")).containsExactly("for testing");
  }

  @Test
  void aSplitThatTheDataHasByItselfIsNotMixedWithOneThatIsMade() throws Exception {
    List<String> lines = lines(0, 200);
    lines.add(line("t.jpg", "for testing", ",\"split\":\"test\""));
    assertRefused(list("captions.jsonl", lines), "'test' of its own", "set data.holdout_test to 0");
    Path shards = dir.resolve("own");
    try (ShardWriter writer = new ShardWriter(shards, ShardWriter.Settings.of("test", Map.of()))) {
      writer.write(shardRow("a", new byte[] {1}, "a"));
      writer.write(
          new ShardRow("v", new byte[] {2}, List.of("v"), null, 1, 1, Map.of(), "s", null, "val"));
      writer.commit();
    }
    assertRefused(shards, "'val' of its own", "set data.holdout to 0");
    Files.delete(shards.resolve("manifest.json"));
    assertRefused(shards, "'val' of its own", "set data.holdout to 0");
  }

  @Test
  void aShareOfTooFewRowsAndASplitThatIsNotThereAreToldWithTheirCure() throws Exception {
    Path list = list("captions.jsonl", lines(0, 3));
    assertThatThrownBy(
            () ->
                Datasets.open(
                    DataSource.of(list).holding(new Holdout("train", 1e-9, 0, HoldoutBy.AUTO)),
                    "val"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no rows in split 'val'", "there is train", "raise it");
    assertThatThrownBy(() -> Datasets.open(DataSource.of(list), "test"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no rows in split 'test'", "data.holdout");
  }

  private static void assertRefused(Path root, String... parts) {
    assertThatThrownBy(() -> Datasets.open(DataSource.of(root).holding(BOTH), "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(parts);
  }

  /** Captions come in pairs, {@code 7 a} and {@code 7 b}. */
  private static void assertPairs(Map<String, Set<String>> parts) {
    assertThat(parts.keySet()).containsExactly("test", "train", "val");
    for (Set<String> part : parts.values()) {
      assertThat(part)
          .allMatch(
              caption ->
                  part.contains(
                      caption.replace(" a", " c").replace(" b", " a").replace(" c", " b")));
    }
  }

  private static Set<String> part(Map<String, Set<String>> parts, String name) {
    return parts.getOrDefault(name, Set.of());
  }

  /** The captions of each part. */
  private static Map<String, Set<String>> parts(Path root, Holdout holdout) throws IOException {
    DataSource source = DataSource.of(root).holding(holdout);
    Map<String, Set<String>> parts = new TreeMap<>();
    for (Map.Entry<String, Long> split : Datasets.splits(source).entrySet()) {
      try (Dataset dataset = Datasets.open(source, split.getKey())) {
        Set<String> captions = new HashSet<>();
        Lists.rows(dataset).forEach(row -> captions.addAll(row.captions()));
        assertThat((long) captions.size()).isEqualTo(split.getValue());
        parts.put(split.getKey(), captions);
      }
    }
    return parts;
  }

  private Path list(String name, List<String> lines) throws IOException {
    return Files.write(dir.resolve(name), lines);
  }

  private static List<String> lines(int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i < to; i++) {
      lines.add(line(i + ".jpg", "caption " + i, ""));
    }
    return lines;
  }

  private static Set<String> captions(int from, int to) {
    Set<String> captions = new HashSet<>();
    for (int i = from; i < to; i++) {
      captions.add("caption " + i);
    }
    return captions;
  }

  private static String line(String image, String caption, String more) {
    return "{\"image\":\"%s\",\"caption\":\"%s\"%s}".formatted(image, caption, more);
  }

  private static void picture(Path file, String content, String caption) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
    String name = file.getFileName().toString();
    String text = name.substring(0, name.lastIndexOf('.')) + ".txt";
    Files.writeString(file.resolveSibling(text), caption);
  }

  /** In a folder of its own; the pictures are those that the lists here have. */
  private Path tar(String folder, int from, int to, boolean hashed) throws Exception {
    Tars tar = new Tars();
    for (int i = from; i < to; i++) {
      tar.add(i + ".jpg", "picture " + i).add(i + ".txt", i + " a");
      if (hashed) {
        tar.add(i + ".json", "{\"sha256\":\"" + sha256(i) + "\"}");
      }
    }
    Path made = Files.createDirectories(dir.resolve(folder));
    Files.write(made.resolve("0000.tar"), tar.whole());
    return made;
  }

  private static String sha256(int i) throws Exception {
    byte[] bytes = ("picture " + i).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static ShardRow shardRow(String id, byte[] bytes, String caption) {
    return new ShardRow(id, bytes, List.of(caption), null, 1, 1, Map.of(), "s", null, "train");
  }
}
