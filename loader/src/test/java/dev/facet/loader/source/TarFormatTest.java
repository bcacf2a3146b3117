package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.loader.source.Lists.Outcome;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarFormatTest {
  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(dir.resolve("data"));
  }

  @Test
  void membersOfOneNameAreOneSampleWhereverTheyStand() throws Exception {
    write(
        "00000.tar",
        new Tars()
            .add("./a.JPG", "pic a")
            .add("b.png", "pic b")
            .add("._b.png", "not a picture")
            .add("a.txt", " first \n")
            .add("b.json", "{\"caption\":\"second\",\"key\":\"k7\",\"box\":[1,2,3,4],\"label\":5}")
            .add("README", "nothing"));
    try (IndexedDataset data = open("train");
        Chunk chunk = data.open(0)) {
      assertThat(Lists.rows(data))
          .containsExactly(
              new Outcome("00000.tar#a", List.of("first"), "pic a", null),
              new Outcome("k7", List.of("second"), "pic b", null));
      Row row = chunk.row(1);
      assertThat(row.faceBox()).isEqualTo(new Box(1, 2, 3, 4));
      assertThat(row.labels()).isEqualTo(Map.of("label", "5"));
      assertThat(row.source()).isEqualTo("00000.tar#1");
      assertThat(data.captions(0)).containsExactly(List.of("first"), List.of("second"));
    }
  }

  @Test
  void samplesOfJoinedTarsKeepTheirOwnTexts() throws Exception {
    Tars joined = new Tars();
    for (String each : new String[] {"one", "two", "three"}) {
      joined.add("0.jpg", "p " + each).add("0.txt", each).add("0.json", "{\"n\":1}");
      joined.add("1.txt", each + "'").add("1.jpg.chip.jpg", "c " + each);
    }
    joined.add("0.png", "p four").add("0.txt", "four");
    write("00000.tar", joined);
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .containsExactlyInAnyOrder(
              new Outcome("00000.tar#0", List.of("one"), "p one", null),
              new Outcome("00000.tar#0~2", List.of("two"), "p two", null),
              new Outcome("00000.tar#0~3", List.of("three"), "p three", null),
              new Outcome("00000.tar#0~4", List.of("four"), "p four", null),
              new Outcome("00000.tar#1.jpg.chip", List.of("one'"), "c one", null),
              new Outcome("00000.tar#1.jpg.chip~2", List.of("two'"), "c two", null),
              new Outcome("00000.tar#1.jpg.chip~3", List.of("three'"), "c three", null));
    }
  }

  @Test
  void ofAPictureInTwoFormsTheFirstCounts() throws Exception {
    write("00000.tar", new Tars().add("a.jpg", "jpg").add("a.png", "png").add("a.txt", "a"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data)).extracting(Outcome::picture).containsExactly("jpg");
    }
  }

  @Test
  void keysWithDotsFindTheirTexts() throws Exception {
    write(
        "00000.tar",
        new Tars()
            .add("face.v2.1.jpg", "p1")
            .add("face.v2.1.txt", "one")
            .add("3.jpg.chip.jpg", "p3")
            .add("3.txt", "three")
            .add("4.jpg.chip.jpg", "p4")
            .add("4.jpg.chip.txt", "four"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::captions, Outcome::picture)
          .containsExactlyInAnyOrder(
              tuple(List.of("one"), "p1"),
              tuple(List.of("three"), "p3"),
              tuple(List.of("four"), "p4"));
    }
  }

  @Test
  void membersThatShareANameUpToTheFirstDotAreOneSampleWhereNothingElsePairsThem()
      throws Exception {
    write(
        "00000.tar",
        new Tars()
            .add("s0.input.jpg", "p0")
            .add("s0.outputs.txt", "zero")
            .add("s0.meta.json", "{\"key\":\"k0\"}")
            .add("in.one/s1.Input.JPG", "p1")
            .add("in.one/s1.outputs.txt", "one"));
    write(
        "00001.tar",
        new Tars()
            .add("2.jpg", "p2")
            .add("2.0.txt", "two")
            .add("2.1.txt", "zwei")
            .add("3.txt", "three")
            .add("3.jpg", "p3")
            .add("3.1.txt", "drei"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .containsExactly(
              new Outcome("k0", List.of("zero"), "p0", null),
              new Outcome("00000.tar#in.one/s1.Input", List.of("one"), "p1", null),
              new Outcome("00001.tar#2", List.of("two", "zwei"), "p2", null),
              new Outcome("00001.tar#3", List.of("three", "drei"), "p3", null));
    }
  }

  @Test
  void namesWithDotsGiveNoPictureTheTextOfAnother() throws Exception {
    write(
        "00000.tar",
        new Tars()
            .add("face.1.jpg", "p1")
            .add("face.1.txt", "one")
            .add("face.2.jpg", "p2")
            .add("face.2.txt", "two")
            .add("face.3.txt", "of a picture that is not there")
            .add("other.1.jpg", "without a text")
            .add("other.2.txt", "of a picture that is not there"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::captions, Outcome::reason)
          .containsExactly(
              tuple(List.of("one"), null),
              tuple(List.of("two"), null),
              tuple(List.of("of a picture that is not there"), Reason.NO_IMAGE),
              tuple(List.of(), Reason.NO_CAPTION),
              tuple(List.of("of a picture that is not there"), Reason.NO_IMAGE));
    }
  }

  @Test
  void whichOfSeveralPicturesATextBelongsToIsAskedForOrTakenFromTheColumns() throws Exception {
    write(
        "00000.tar",
        new Tars()
            .add("s0.input.jpg", "p")
            .add("s0.target.jpg", "another")
            .add("s0.short.txt", "short")
            .add("s0.long.txt", "long"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.messages(data))
          .singleElement()
          .asString()
          .contains("2 pictures (input.jpg, target.jpg)", "data.columns.image");
    }
    Fields names = Preset.FACET.fields();
    Fields chosen =
        new Fields(
            List.of("input.jpg"),
            List.of(new CaptionField("long.txt", 0)),
            names.id(),
            names.box(),
            names.split(),
            names.source());
    try (IndexedDataset data =
        Lists.open(new DataSource(folder, Format.TAR, null, chosen, 0, 1), "train")) {
      assertThat(Lists.rows(data))
          .containsExactly(new Outcome("00000.tar#s0.input", List.of("long"), "p", null));
    }
  }

  @Test
  void picturesAndTextsAreKnownByTheEndingsThatWritersUse() throws Exception {
    write(
        "00000.tar",
        new Tars()
            .add("a.img", "pa")
            .add("a.text", "a")
            .add("b.image", "pb")
            .add("b.caption", "b")
            .add("c.IMG", "pc")
            .add("c.caption", "less")
            .add("c.TXT", "c")
            .add("c.cls", "7"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::captions, Outcome::picture)
          .containsExactly(
              tuple(List.of("a"), "pa"), tuple(List.of("b"), "pb"), tuple(List.of("c"), "pc"));
    }
  }

  @Test
  void theTextCountsBeforeTheJsonUnlessTheColumnsSayOtherwise() throws Exception {
    String json = "{\"caption\":\"of the JSON\",\"split\":\"train\"}";
    write("00000.tar", new Tars().add("a.jpg", "p").add("a.json", json).add("a.txt", "text"));
    assertThat(captions("train")).containsExactly("text");
    DataSource published =
        Lists.source(folder, Format.TAR, Preset.FACECAPTION_15M); // its captions are `caption`
    try (IndexedDataset data = Lists.open(published, "train")) {
      assertThat(Lists.rows(data).getFirst().captions()).containsExactly("of the JSON");
    }
  }

  @Test
  void membersOfNoKnownKindAreNamedWithTheirNumber() throws Exception {
    write("00000.tar", new Tars().add("a.npy", "1").add("b.npy", "2").add("a.cls", "3"));
    assertThatThrownBy(() -> open("train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("00000.tar holds neither", ".cls (1), .npy (2)");
    write("00000.tar", new Tars().add("a.jpg", "p").add("a.alt", "1").add("b.jpg", "p"));
    assertThatThrownBy(() -> open("train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("a caption under txt", ".alt (1)", "data.columns.captions");
  }

  @Test
  void compressedTarsAreRefusedWithTheCommandThatUnpacksThem() throws Exception {
    byte[] gzip = new byte[600];
    gzip[0] = 0x1f;
    gzip[1] = (byte) 0x8b;
    Path packed = Files.write(folder.resolve("00000.tar.gz"), gzip);
    Files.write(folder.resolve("00001.tgz"), gzip);
    assertThatThrownBy(() -> DataLayout.of(DataSource.of(folder)))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(packed.toString(), "and 1 more", "gunzip " + packed);
    assertThatThrownBy(() -> DataLayout.of(DataSource.of(packed)))
        .hasMessageContaining("gunzip " + packed);
    write("00000.tar", new Tars().add("a.jpg", "p").add("a.txt", "a"));
    assertThatThrownBy(() -> open("train")).hasMessageContaining("00001.tgz is a compressed tar");
    Files.delete(folder.resolve("00001.tgz"));
    assertThat(captions("train")).containsExactly("a");
    Files.move(packed, folder.resolve("00002.tar"));
    assertThatThrownBy(() -> open("train"))
        .hasMessageContainingAll("00002.tar", "compressed", "gunzip");
  }

  @Test
  void whatASampleLacksIsCountedAsItsReason() throws Exception {
    byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    write(
        "00000.tar",
        new Tars()
            .add("a.txt", "no picture")
            .add("b.jpg", "no text")
            .add("c.jpg", "")
            .add("c.txt", "empty picture")
            .add("d.jpg", "p")
            .add("d.txt", " ")
            .add("d.json", "{\"caption\":\"in the JSON\"}")
            .add("e.jpg", "p")
            .add("e.txt", '0', latin)
            .add("f.jpg", "p")
            .add("f.txt", "f")
            .add("f.json", "{broken")
            .add("g.jpg", "p")
            .add("g.json", "[7]"));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::reason)
          .containsExactly(
              Reason.NO_IMAGE,
              Reason.NO_CAPTION,
              Reason.EMPTY,
              null,
              Reason.MALFORMED,
              Reason.MALFORMED,
              Reason.MALFORMED);
      assertThat(Lists.rows(data).get(3).captions()).containsExactly("in the JSON");
      assertThat(Lists.messages(data))
          .satisfiesExactly(
              message ->
                  assertThat(message)
                      .contains("00000.tar#e", ".txt", "byte 4 is 0xe9", "save it as UTF-8"),
              message -> assertThat(message).contains("00000.tar#f", ".json", "not JSON"),
              message ->
                  assertThat(message)
                      .contains("00000.tar#g", ".json", "no JSON object but a list"));
      assertThat(data.notes())
          .singleElement()
          .asString()
          .contains("00000.tar: 3 rows are malformed");
    }
  }

  @Test
  void aFolderOfTarsThatVanishesIsNoTarThatIsGone() throws Exception {
    write("00000.tar", new Tars().add("a.jpg", "p").add("a.txt", "a"));
    Path disk = Files.createDirectory(folder.resolve("disk"));
    write("disk/00000.tar", new Tars().add("b.jpg", "p").add("b.txt", "b"));
    try (IndexedDataset data = open("train")) {
      Files.move(disk, dir.resolve("away"));
      assertThatThrownBy(() -> data.open(data.chunkCount() - 1))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll(disk.toString(), "is not there any more");
      Files.move(dir.resolve("away"), disk);
      Files.delete(folder.resolve("00000.tar"));
      assertThatThrownBy(() -> data.open(0))
          .isNotInstanceOf(StorageException.class)
          .hasMessageContainingAll("00000.tar is gone", "put it back");
    }
  }

  @Test
  void fileAndFolderNamesTellTheSplit() throws Exception {
    Files.createDirectory(folder.resolve("test"));
    write("train-00000.tar", new Tars().add("a.jpg", "p").add("a.txt", "a"));
    write("cc-validation-0000.tar", new Tars().add("b.jpg", "p").add("b.txt", "b"));
    write("test/00000.tar", new Tars().add("c.jpg", "p").add("c.txt", "c"));
    write("00000.tar", new Tars().add("d.jpg", "p").add("d.txt", "d"));
    write("shard-000000.tar", new Tars().add("e.jpg", "p").add("e.txt", "e"));
    assertThat(captions("train")).containsExactly("d", "e", "a");
    assertThat(captions("validation")).containsExactly("b");
    assertThat(captions("test")).containsExactly("c");
    assertThatThrownBy(() -> open("val"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("there is test, train, validation");
  }

  @Test
  void aTarThatEndsTooEarlyKeepsItsWholeSamplesAndCountsTheRest() throws Exception {
    byte[] whole =
        new Tars().add("a.jpg", "p").add("a.txt", "a").add("b.jpg", "z".repeat(3000)).whole();
    Files.write(folder.resolve("00000.tar"), Arrays.copyOf(whole, 3500));
    try (IndexedDataset data = open("train")) {
      assertThat(Lists.rows(data)).extracting(Outcome::picture).containsExactly("p", null);
      assertThat(Lists.messages(data))
          .singleElement()
          .asString()
          .contains("00000.tar is not whole", "ends within", "copy it again");
      assertThat(data.notes()).singleElement().asString().contains("00000.tar", "copy it again");
    }
  }

  @Test
  void aTarThatChangesOrGoesWhileInUseIsNamedWithItsCure() throws Exception {
    Path tar = write("00000.tar", new Tars().add("a.jpg", "p").add("a.txt", "a"));
    try (IndexedDataset data = open("train")) {
      Files.write(tar, new byte[10]);
      assertThatThrownBy(() -> data.open(0))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("00000.tar", "changed", "start again");
      Files.delete(tar);
      assertThatThrownBy(() -> data.open(0))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("00000.tar", "gone", "put it back");
    }
  }

  @Test
  void onlyTarsThatAChunkHasEntriesInAreOpened() throws Exception {
    write("1.tar", new Tars().add("a.jpg", "pa").add("a.txt", "a"));
    Path other =
        write("2.tar", new Tars().add("b.jpg", "pb").add("b.json", "{\"split\":\"test\"}"));
    write("3.tar", new Tars().add("c.jpg", "pc").add("c.txt", "c"));
    try (IndexedDataset data = open("train")) {
      Files.delete(other);
      assertThat(Lists.rows(data)).extracting(Outcome::picture).containsExactly("pa", "pc");
    }
  }

  @Test
  void aTarThatIsCutUnderAnOpenChunkFailsItsSamplesOnly() throws Exception {
    Path tar = write("00000.tar", new Tars().add("a.jpg", "p").add("a.txt", "a"));
    try (IndexedDataset data = open("train");
        Chunk chunk = data.open(0)) {
      Files.write(tar, new byte[10]);
      assertThat(Lists.outcome(chunk, 0, new Row()).reason()).isEqualTo(Reason.READ_ERROR);
    }
  }

  @Test
  void whatIsNoTarIsRefusedByName() throws Exception {
    Lists.write(folder.resolve("00000.tar"), "no tar at all".repeat(100));
    assertThatThrownBy(() -> open("train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("00000.tar", "no tar file");
  }

  @Test
  void weightedFieldsShareTheirWeightAmongTheirCaptions() throws Exception {
    String json = "{\"short\":[\"s1\",\"s2\"],\"long\":\"l\",\"none\":\"\"}";
    write("00000.tar", new Tars().add("a.jpg", "p").add("a.txt", "t").add("a.json", json));
    Fields names = Preset.WEBDATASET.fields();
    Fields weighted =
        new Fields(
            names.image(),
            List.of(
                new CaptionField("short", 3),
                new CaptionField("none", 9),
                new CaptionField("long", 1)),
            names.id(),
            names.box(),
            names.split(),
            names.source());
    DataSource source = new DataSource(folder, Format.TAR, null, weighted, 0, 1);
    try (IndexedDataset data = Lists.open(source, "train");
        Chunk chunk = data.open(0)) {
      Row row = chunk.row(0);
      assertThat(row.captions()).containsExactly("s1", "s2", "l");
      assertThat(List.of(row.weight(0), row.weight(1), row.weight(2)))
          .containsExactly(1.5, 1.5, 1.0);
    }
  }

  private List<String> captions(String split) throws IOException {
    try (IndexedDataset data = open(split)) {
      return Lists.rows(data).stream().flatMap(row -> row.captions().stream()).toList();
    }
  }

  private IndexedDataset open(String split) {
    return Lists.open(folder, Format.TAR, split);
  }

  private Path write(String name, Tars tar) throws IOException {
    return Files.write(folder.resolve(name), tar.whole());
  }
}
