package dev.facet.prepare;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.photo.Drawn;
import dev.facet.prepare.synth.Synth;
import dev.facet.prepare.synth.SynthSettings;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TakeDownTest {
  private static final int PICTURES = 20;

  @TempDir private Path folder;
  private PictureServer server;
  private Path source;
  private Path out;

  /** A row for each picture, and one for a smaller copy of the first. */
  @BeforeEach
  void prepare() throws Exception {
    server = new PictureServer();
    source = Files.createDirectory(folder.resolve("source"));
    out = folder.resolve("out");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < PICTURES; i++) {
      server.serve("/picture-" + i + ".jpg", jpeg(i));
      rows.append(row("row-number-" + i, "/picture-" + i + ".jpg"));
    }
    server.serve("/copy-0.jpg", smaller(0));
    rows.append(row("copy-number-0", "/copy-0.jpg"));
    Files.writeString(source.resolve("a.jsonl"), rows);
    Prepared.addresses().run(source, out);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anIdAnAddressAndADigestGoWithoutATrace() throws Exception {
    String address = server.address("/picture-3.jpg");
    TakeDown.Result result =
        takeDown("id:row-number-2\n" + address + "\n" + sha256(jpeg(4)) + "\n");

    assertThat(result.rows()).isEqualTo(3);
    assertThat(result.outcomes()).isEqualTo(3);
    for (String trace :
        List.of("row-number-2\"", "row-number-3", "row-number-4", address, sha256(jpeg(4)))) {
      assertThat(holding(trace)).isEmpty();
    }
    assertThat(samples()).isEqualTo(PICTURES - 3);
  }

  @Test
  void aListedCopyTakesThePhotoThatStandsForIt() throws Exception {
    TakeDown.Result result = takeDown("id:copy-number-0\n");

    assertThat(result.rows()).isEqualTo(1);
    assertThat(result.outcomes()).isEqualTo(2);
    assertThat(holding("row-number-0\"")).isEmpty();
  }

  @Test
  void aHostTakesAllThatCameFromIt() throws Exception {
    TakeDown.Result result = takeDown("host:127.0.0.1\n");

    assertThat(result.rows()).isEqualTo(PICTURES);
    assertThat(result.emptied()).isNotEmpty();
    assertThat(requireNonNull(Manifest.read(out)).files()).isEmpty();
  }

  @Test
  void whatIsCountedStaysTheSum() throws Exception {
    takeDown("id:copy-number-0\n");

    Counts counts = Prepared.addresses().run(source, out);
    assertThat(counts.rows()).isEqualTo(PICTURES + 1);
    assertThat(counts.samples()).isEqualTo(PICTURES - 1);
    assertThat(counts.leftOut()).isEqualTo(Map.of("taken_down", 2L));
    assertThat(requireNonNull(Manifest.read(out)).rows()).isEqualTo(counts.splits());
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    takeDown("id:row-number-2\n");
    Map<String, String> before = content();

    TakeDown.Result again = takeDown("id:row-number-2\n");

    assertThat(again.rows() + again.outcomes()).isZero();
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aListThatNamesNothingThereIsKept() throws Exception {
    TakeDown.Result result = takeDown("id:somebody\n");

    assertThat(result.rows()).isZero();
    assertThat(requireNonNull(Manifest.read(out)).takenDown()).hasSize(1);
  }

  @Test
  void neitherItsAddressNorACopyComesBackInARowThatIsAddedLater() throws Exception {
    takeDown("id:row-number-0\n");
    int asked = server.asked("/picture-0.jpg");
    server.serve("/another-copy.jpg", smaller(0));
    Files.writeString(
        source.resolve("b.jsonl"),
        row("new-1", "/picture-0.jpg") + row("new-2", "/another-copy.jpg"));

    Counts counts = Prepared.addresses().run(source, out);

    assertThat(server.asked("/picture-0.jpg")).isEqualTo(asked);
    assertThat(counts.samples()).isEqualTo(PICTURES - 1);
    assertThat(samples()).isEqualTo(PICTURES - 1);
  }

  @Test
  void shardsThatWereMadeOtherwiseLoseWhatIsNamed() throws Exception {
    Path drawn = folder.resolve("drawn");
    Synth.write(new SynthSettings(drawn, 20, 1, 0.2, 1, "test"), done -> {});
    String id;
    try (Dataset data = Datasets.open(drawn, "train");
        Chunk chunk = data.open(0)) {
      id = chunk.row(0).id();
    }

    TakeDown.Result result =
        TakeDown.run(drawn, list("id:" + id + "\n"), DuplicateSettings.DEFAULT);

    assertThat(result.rows()).isEqualTo(1);
    assertThat(Datasets.splits(drawn).values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(19);
  }

  @Test
  void changesThatWereStoppedAreBroughtToTheirEnd() throws Exception {
    Path changes = Files.createDirectories(out.resolve(".takedown"));
    Files.writeString(changes.resolve("gone.json"), "[\"prepare.html\"]");
    Files.writeString(changes.resolve("notes.txt"), "new");
    Files.writeString(out.resolve("prepare.html"), "old");

    TakeDown.Result result = takeDown("id:somebody\n");

    assertThat(result.resumed()).isTrue();
    assertThat(out.resolve("notes.txt")).hasContent("new");
    assertThat(out.resolve("prepare.html")).doesNotExist();
    assertThat(changes).doesNotExist();
  }

  @Test
  void filesBesideThatNameItAreTold() throws Exception {
    Path report = folder.resolve("runs/report.html");
    Files.createDirectories(report.getParent());
    Files.writeString(report, "<p>row-number-2</p>");
    Path index = Files.writeString(out.resolve(".facet-index-1.bin"), "anything");

    TakeDown.Result result = takeDown("id:row-number-2\n");

    assertThat(result.left()).extracting(Remains.File::path).contains(report);
    Path page = out.resolve("prepare.html"); // which shows pictures
    assertThat(result.removed()).containsExactly(index, page);
    assertThat(index).doesNotExist();
    assertThat(page).doesNotExist();
  }

  @Test
  void aFolderWithoutShardsIsRefused() throws Exception {
    TakedownList list = list("id:a\n");
    assertThatThrownBy(() -> TakeDown.run(source, list, DuplicateSettings.DEFAULT))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no manifest.json");
  }

  private TakeDown.Result takeDown(String entries) throws IOException {
    return TakeDown.run(out, list(entries), DuplicateSettings.DEFAULT);
  }

  private TakedownList list(String entries) throws IOException {
    Path file = folder.resolve("list.takedown");
    Files.writeString(file, entries);
    return TakedownList.read(file);
  }

  private long samples() {
    return Datasets.splits(out).values().stream().mapToLong(Long::longValue).sum();
  }

  private List<String> holding(String text) throws IOException {
    return content().entrySet().stream()
        .filter(file -> file.getValue().contains(text))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            out.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }

  private String row(String id, String path) {
    return "{\"id\": \"%s\", \"url\": \"%s\", \"caption\": \"a face\"}\n"
        .formatted(id, server.address(path));
  }

  private static byte[] jpeg(long seed) throws IOException {
    return Drawn.encoded(Drawn.picture(seed, 160, 120), "jpeg");
  }

  private static byte[] smaller(long seed) throws IOException {
    return Drawn.encoded(Drawn.resized(Drawn.picture(seed, 160, 120), 120, 90), "jpeg");
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
