package dev.facet.prepare;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.filter.CaptionScorer;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.photo.Drawn;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationTest {
  private static final int PICTURES = 24;

  @TempDir private Path folder;
  private PictureServer server;
  private Path source;

  @BeforeEach
  void serve() throws IOException {
    server = new PictureServer();
    source = Files.createDirectory(folder.resolve("source"));
    for (int i = 0; i < PICTURES; i++) {
      server.serve("/" + i + ".jpg", jpeg(i));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyRowIsASampleOrOneCountedLoss() throws Exception {
    write(
        "a.jsonl",
        row("good", "/0.jpg", "a good one"),
        row("gone", "/none.jpg", "a dead address"),
        "{\"id\": \"nowhere\", \"url\": \"UNKNOWN\", \"caption\": \"no address\"}",
        row("mute", "/1.jpg", " "),
        row("again", "/0.jpg", "a copy"));

    Counts counts = Prepared.addresses().run(source, folder.resolve("out"));

    assertThat(counts.rows()).isEqualTo(5);
    assertThat(counts.rowsWithUsableUrl()).isEqualTo(4);
    assertThat(counts.downloadsOk()).isEqualTo(3);
    assertThat(counts.failures()).isEqualTo(Map.of("http_404", 1L, "no_usable_url", 1L));
    assertThat(counts.leftOut()).isEqualTo(Map.of("no_caption", 1L, "duplicate", 1L));
    assertThat(counts.samples()).isEqualTo(1);
    assertThat(Prepared.results(folder.resolve("out")))
        .containsEntry("gone", "http_404")
        .containsEntry("again", "duplicate");
  }

  @Test
  void shardsHoldThePicturesAsTheyWereFetched() throws Exception {
    writeAll("a.jsonl");
    Path out = folder.resolve("out");

    Counts counts = Prepared.addresses().run(source, out);

    int rows = 0;
    for (String split : Datasets.splits(out).keySet()) {
      try (Dataset data = Datasets.open(out, split)) {
        for (int c = 0; c < data.chunkCount(); c++) {
          try (Chunk chunk = data.open(c)) {
            for (int i = 0; i < data.rowCount(c); i++, rows++) {
              Row row = chunk.row(i);
              int number = Integer.parseInt(row.id());
              assertThat(row.image().asByteBuffer().remaining()).isEqualTo(jpeg(number).length);
              assertThat(row.captions()).containsExactly("caption " + number);
              assertThat(row.source()).isEqualTo(server.address("/" + number + ".jpg"));
            }
          }
        }
      }
    }
    assertThat(rows).isEqualTo(PICTURES);
    assertThat(counts.splits()).containsKeys("train", "test");
    assertThat(requireNonNull(Manifest.read(out)).rows()).isEqualTo(counts.splits());
  }

  @Test
  void rowsOfOneAddressAreFetchedOnce() throws Exception {
    write(
        "a.jsonl",
        row("a", "/0.jpg", "one"),
        row("b", "/0.jpg", "two"),
        row("c", "/0.jpg", "three"));

    Prepared.addresses().run(source, folder.resolve("out"));

    assertThat(server.asked("/0.jpg")).isEqualTo(1);
  }

  @Test
  void anAddressIsAskedOnceHoweverRowsLeadToIt() throws Exception {
    write(
        "a.jsonl",
        row("first", "/0.jpg", "it is the first"),
        rowOfSeveral("second", "/none.jpg", "/0.jpg"),
        rowOfSeveral("third", "/gone.jpg", "/none.jpg", "/0.jpg"),
        rowOfSeveral("fourth", "/away.jpg", "/gone.jpg"));
    Path out = folder.resolve("out");

    Counts counts = Prepared.addresses().keepingCopies().run(source, out);

    assertThat(counts.samples()).isEqualTo(3);
    assertThat(counts.failures()).isEqualTo(Map.of("http_404", 1L));
    for (String path : List.of("/0.jpg", "/none.jpg", "/gone.jpg")) {
      assertThat(server.asked(path)).as(path).isEqualTo(1);
    }
  }

  @Test
  void theNextAddressIsAskedWhereOneFails() throws Exception {
    write("a.jsonl", rowOfSeveral("a", "/none.jpg", "/3.jpg"));

    Counts counts = Prepared.addresses().run(source, folder.resolve("out"));

    assertThat(counts.samples()).isEqualTo(1);
  }

  @Test
  void aPreparationThatWasStoppedEndsAsOneThatWasNot() throws Exception {
    writeAll("a.jsonl");
    Path undisturbed = folder.resolve("undisturbed");
    Prepared.addresses().run(source, undisturbed);
    Path out = folder.resolve("out");

    Map<String, Integer> asked = new HashMap<>();
    for (int records = 5; records < PICTURES; records += 7) {
      StoppedAfter stopped = new StoppedAfter(records);
      assertThatThrownBy(() -> Prepared.addresses().run(source, out, TakedownList.NONE, stopped))
          .hasMessageContaining("stopped");
      for (String id : stopped.made) {
        asked.putIfAbsent(id, server.asked("/" + id + ".jpg"));
      }
    }
    Prepared.addresses().run(source, out);

    assertThat(Prepared.content(out)).isEqualTo(Prepared.content(undisturbed));
    assertThat(asked).hasSizeGreaterThanOrEqualTo(19);
    asked.forEach((id, times) -> assertThat(server.asked("/" + id + ".jpg")).isEqualTo(times));
  }

  @Test
  void whatIsFinishedIsNotDoneAgain() throws Exception {
    writeAll("a.jsonl");
    Path out = folder.resolve("out");
    Counts first = Prepared.addresses().run(source, out);
    int asked = server.asked();

    Counts second = Prepared.addresses().run(source, out);

    assertThat(second).isEqualTo(first);
    assertThat(server.asked()).isEqualTo(asked);
  }

  @Test
  void filesThatComeLaterMakeFurtherShardsAndMoveNoPicture() throws Exception {
    writeAll("b.jsonl");
    Path out = folder.resolve("out");
    Prepared.addresses().run(source, out);
    Map<String, String> before = Prepared.results(out);
    Map<String, List<Byte>> shards = Prepared.content(out);

    // The same pictures under other addresses, in a file that sorts before; and a new one.
    for (int i = 0; i < PICTURES; i++) {
      server.serve("/copy-" + i + ".jpg", jpegOfLowerQuality(i));
    }
    server.serve("/new.jpg", jpeg(1000));
    write(
        "a.jsonl",
        IntStream.rangeClosed(0, PICTURES)
            .mapToObj(
                i ->
                    i == PICTURES
                        ? row("new", "/new.jpg", "new")
                        : row("copy-" + i, "/copy-" + i + ".jpg", "copy " + i))
            .toArray(String[]::new));
    Counts counts = Prepared.addresses().run(source, out);

    assertThat(Prepared.content(out)).containsAllEntriesOf(shards);
    Map<String, String> after = Prepared.results(out);
    assertThat(after).containsAllEntriesOf(before);
    assertThat(counts.samples()).isEqualTo(PICTURES + 1);
    assertThat(counts.leftOut().keySet()).containsOnly("duplicate", "split_conflict");
    after.forEach(
        (id, result) -> {
          if (result.equals("split_conflict")) {
            assertThat(before.get(id.replace("copy-", ""))).isEqualTo("test");
          }
        });
  }

  @Test
  void copiesThatAreKeptAreOnTheSideOfTheFirst() throws Exception {
    for (int i = 0; i < PICTURES; i++) {
      server.serve("/copy-" + i + ".jpg", jpegOfLowerQuality(i));
    }
    write(
        "a.jsonl",
        IntStream.range(0, 2 * PICTURES)
            .mapToObj(
                i ->
                    i < PICTURES
                        ? row("copy-" + i, "/copy-" + i + ".jpg", "copy")
                        : row("" + (i - PICTURES), "/" + (i - PICTURES) + ".jpg", "caption"))
            .toArray(String[]::new));
    Path out = folder.resolve("out");

    Counts counts = Prepared.addresses().keepingCopies().run(source, out);

    assertThat(counts.samples()).isEqualTo(2 * PICTURES);
    Map<String, String> results = Prepared.results(out);
    for (int i = 0; i < PICTURES; i++) {
      assertThat(results.get("copy-" + i)).isEqualTo(results.get("" + i));
    }
  }

  @Test
  void whatWasTakenDownIsNeverAskedFor() throws Exception {
    write(
        "a.jsonl",
        row("a", "/0.jpg", "by its id"),
        row("b", "/1.jpg", "by its address"),
        row("c", "/2.jpg", "stays"));
    Path list = folder.resolve("takedown.txt");
    Files.writeString(list, "# asked for\nid: a\n" + server.address("/1.jpg") + "\n");
    Path out = folder.resolve("out");

    Counts counts =
        Prepared.addresses().run(source, out, TakedownList.read(list), new Prepared.Quiet());

    assertThat(counts.failures()).isEqualTo(Map.of("taken_down", 2L));
    assertThat(counts.samples()).isEqualTo(1);
    assertThat(server.asked("/0.jpg") + server.asked("/1.jpg")).isZero();
    assertThat(requireNonNull(Manifest.read(out)).takenDown())
        .hasSize(2)
        .noneMatch(entry -> entry.contains(":"));
    write("b.jsonl", row("a", "/5.jpg", "the same id again"));
    Prepared.addresses().run(source, out);
    assertThat(server.asked("/5.jpg")).isZero();
  }

  @Test
  void copiesOfAPictureThatWasTakenDownGoWithIt() throws Exception {
    server.serve("/copy.jpg", jpegOfLowerQuality(0));
    write(
        "a.jsonl",
        row("a", "/0.jpg", "one"),
        row("b", "/copy.jpg", "two"),
        row("c", "/2.jpg", "3"));
    Path list = folder.resolve("takedown.txt");
    Files.writeString(list, sha256(jpeg(0)));

    Path out = folder.resolve("out");
    Prepared.addresses().run(source, out, TakedownList.read(list), new Prepared.Quiet());

    assertThat(Prepared.results(out)).containsOnlyKeys("", "c").containsEntry("", "taken_down");
  }

  @Test
  void picturesThatAreThereKeepTheirSplits() throws Exception {
    for (String split : List.of("train", "test")) {
      Path own = Files.createDirectories(source.resolve(split));
      for (int i = 0; i < 5; i++) {
        int number = split.equals("train") ? i : i + 10;
        Files.write(own.resolve(number + ".jpg"), jpeg(number));
        Files.writeString(own.resolve(number + ".txt"), "caption " + number);
      }
    }

    Counts counts = Prepared.addresses().ofPictures().run(source, folder.resolve("out"));

    assertThat(counts.splits()).isEqualTo(Map.of("train", 5L, "test", 5L));
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws Exception {
    writeAll("a.jsonl");
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> Prepared.addresses().run(source, out))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("exists already");
    assertThat(out.resolve("letter.txt")).hasContent("dear");
  }

  @Test
  void settingsThatCannotBeUsedAreNotKept() throws Exception {
    write("a.jsonl", "{\"caption\": \"no address anywhere\"}");
    Path out = folder.resolve("out");

    assertThatThrownBy(() -> Prepared.addresses().run(source, out))
        .isInstanceOf(FacetException.class);

    assertThat(Preparation.settings(out)).isEmpty();
    writeAll("a.jsonl");
    Prepared.addresses().run(source, out);
    assertThat(Preparation.settings(out)).isPresent();
  }

  @Test
  void aSourceThatChangedMeanwhileIsToldWithItsName() throws Exception {
    writeAll("a.jsonl");
    Path out = folder.resolve("out");
    Prepared.addresses().run(source, out);
    write("a.jsonl", row("x", "/1.jpg", "another"));

    assertThatThrownBy(() -> Prepared.addresses().run(source, out))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("a.jsonl")
        .hasMessageContaining("another --out");
  }

  @Test
  void aDamagedPartIsToldAndCanBeMadeAnew() throws Exception {
    writeAll("a.jsonl");
    Path undisturbed = folder.resolve("undisturbed");
    Prepared.addresses().run(source, undisturbed);
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () -> Prepared.addresses().run(source, out, TakedownList.NONE, new StoppedBefore()))
        .hasMessageContaining("stopped");
    Path part = out.resolve(".prepare/parts/000-00000.spool");
    byte[] bytes = Files.readAllBytes(part);
    for (int i = 0; i < bytes.length; i += 100) {
      bytes[i] ^= 1;
    }
    Files.write(part, bytes);

    assertThatThrownBy(() -> Prepared.addresses().run(source, out))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("000-00000.spool is damaged: delete it");
    Files.delete(part);
    Prepared.addresses().run(source, out);

    assertThat(Prepared.content(out)).isEqualTo(Prepared.content(undisturbed));
  }

  @Test
  void aPartThatEndsTooEarlyLosesNoRowSilently() throws Exception {
    writeAll("a.jsonl");
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () -> Prepared.addresses().run(source, out, TakedownList.NONE, new StoppedBefore()))
        .hasMessageContaining("stopped");
    Path part = out.resolve(".prepare/parts/000-00000.spool");
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(bytes, bytes.length - 10));

    assertThatThrownBy(() -> Prepared.addresses().run(source, out))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("is damaged");
  }

  /** Fails when the first shard would be told. */
  private static final class StoppedBefore extends Prepared.Quiet {
    @Override
    public void written(long samples, long total) {
      throw FacetException.run("stopped");
    }
  }

  @Test
  void aSampleStaysIfOneOfItsCaptionsFits() throws Exception {
    write(
        "a.jsonl",
        row("fits", "/0.jpg", "right"),
        row("does_not", "/1.jpg", "wrong"),
        "{\"id\": \"one_does\", \"url\": \"%s\", \"caption\": [\"wrong\", \"right, too\"]}"
            .formatted(server.address("/2.jpg")),
        // of one photo, the first row whose caption fits stands for it
        row("first", "/3.jpg", "wrong as well"),
        row("second", "/3.jpg", "right for it"));
    Path out = folder.resolve("out");

    Counts counts = Prepared.addresses().atLeast(0.5, new Likes("right")).run(source, out);

    assertThat(counts.samples()).isEqualTo(3);
    assertThat(counts.leftOut()).isEqualTo(Map.of("dissimilar", 2L));
    assertThat(Prepared.results(out))
        .containsEntry("does_not", "dissimilar")
        .containsEntry("first", "dissimilar");
  }

  @Test
  void noCaptionIsScoredAgainAfterAStop() throws Exception {
    writeAll("a.jsonl");
    Path out = folder.resolve("out");
    Likes likes = new Likes("caption");
    Prepared prepared = Prepared.addresses().atLeast(0.5, likes);

    assertThatThrownBy(() -> prepared.run(source, out, TakedownList.NONE, new StoppedBefore()))
        .hasMessage("stopped");
    int asked = likes.asked.get();
    prepared.run(source, out);

    assertThat(asked).isEqualTo(PICTURES);
    assertThat(likes.asked).hasValue(PICTURES);
  }

  @Test
  void thePageShowsCountsAndSamplesAndRunsNothing() throws Exception {
    write(
        "a.jsonl", row("<b>one</b>", "/0.jpg", "<script>alert(1)</script>"), row("x", "/no", "y"));
    Path out = folder.resolve("out");

    Prepared.addresses().run(source, out);

    assertThat(Files.readString(out.resolve("prepare.html")))
        .contains("<b>1</b> samples of 2 rows", "http_404", "data:image/jpeg;base64,")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;one&lt;/b&gt;")
        .contains("default-src 'none'")
        .doesNotContain("<script", "src=\"http");
  }

  /** Finds captions right that begin with a word. */
  private static final class Likes implements CaptionScorer {
    private final String word;
    private final AtomicInteger asked = new AtomicInteger();

    Likes(String word) {
      this.word = word;
    }

    @Override
    public double[] score(List<byte[]> pictures, List<String> captions) {
      assertThat(pictures).hasSameSizeAs(captions);
      asked.addAndGet(captions.size());
      return captions.stream().mapToDouble(text -> text.startsWith(word) ? 0.9 : 0.1).toArray();
    }

    @Override
    public int batch() {
      return 5;
    }
  }

  /** Fails when so many records were made in one run. */
  private static final class StoppedAfter extends Prepared.Quiet {
    private final AtomicInteger left;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    StoppedAfter(int records) {
      left = new AtomicInteger(records);
    }

    @Override
    public void found(long rows) {
      left.addAndGet((int) -rows);
    }

    @Override
    public void made(PhotoRecord record) {
      record.rows().forEach(row -> made.add(row.id()));
      if (left.decrementAndGet() < 0) {
        throw FacetException.run("stopped");
      }
    }
  }

  private void writeAll(String file) throws IOException {
    write(
        file,
        IntStream.range(0, PICTURES)
            .mapToObj(i -> row("" + i, "/" + i + ".jpg", "caption " + i))
            .toArray(String[]::new));
  }

  private String rowOfSeveral(String id, String... paths) {
    return "{\"id\": \"%s\", \"caption\": \"one\", \"url\": \"%s\"}"
        .formatted(id, Stream.of(paths).map(server::address).collect(Collectors.joining(", ")));
  }

  private void write(String file, String... rows) throws IOException {
    Files.writeString(
        source.resolve(file), Arrays.stream(rows).collect(Collectors.joining("\n")) + "\n");
  }

  private String row(String id, String path, String caption) {
    return "{\"id\": \"%s\", \"url\": \"%s\", \"caption\": \"%s\"}"
        .formatted(id, server.address(path), caption);
  }

  private static byte[] jpeg(long seed) throws IOException {
    return Drawn.encoded(Drawn.picture(seed, 160, 120), "jpeg");
  }

  private static byte[] jpegOfLowerQuality(long seed) throws IOException {
    return Drawn.encoded(Drawn.resized(Drawn.picture(seed, 160, 120), 120, 90), "jpeg");
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
