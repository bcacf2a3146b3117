package dev.facet.base.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {
  private static final HubName MODEL = HubName.of("hf:owner/clip-tiny");

  @TempDir Path home;
  private final LocalHub server = new LocalHub();
  private final List<String> told = new ArrayList<>();
  private final byte[] weights = new byte[100_000];

  HubTest() {
    new Random(1).nextBytes(weights);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Hub hub(String... more) throws IOException {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "HF_HOME", home.toString(), "HF_ENDPOINT", server.endpoint(), "HF_TOKEN", "hf_x"));
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return new Hub(
        HubSettings.of(variables),
        new HubWatch() {
          @Override
          public Count begin(HubName name, long total, long there) {
            told.add(name + " " + total + " " + there);
            return new Count() {
              @Override
              public void update(long done) {}

              @Override
              public void close() {}
            };
          }

          @Override
          public void note(String message) {
            told.add(message);
          }
        });
  }

  private LocalHub model() {
    return server
        .small("config.json", "{}")
        .small("README.md", "# A model")
        .small("pytorch_model.bin", "not needed")
        .large("model.safetensors", weights);
  }

  @Test
  void aModelLiesInTheCacheAsHuggingfaceHubLaysItOut() throws IOException {
    model();
    Path folder = hub().folder(MODEL);
    Path repository = home.resolve("hub/models--owner--clip-tiny");
    assertThat(folder).isEqualTo(repository.resolve("snapshots").resolve(LocalHub.COMMIT));
    assertThat(repository.resolve("refs/main")).hasContent(LocalHub.COMMIT);
    Path link = folder.resolve("model.safetensors");
    assertThat(Files.readSymbolicLink(link))
        .isEqualTo(Path.of("../../blobs", LocalHub.sha256(weights)));
    assertThat(link).hasBinaryContent(weights);
    assertThat(Files.readSymbolicLink(folder.resolve("config.json")).getFileName().toString())
        .isEqualTo(LocalHub.gitName("{}".getBytes(StandardCharsets.UTF_8)));
    try (Stream<Path> there = Files.list(folder)) {
      assertThat(there).hasSize(2);
    }
    assertThat(told).containsExactly("hf:owner/clip-tiny 100002 0");
  }

  @Test
  void aModelThatIsCachedIsUsedWithoutAsking() throws IOException {
    model();
    Path folder = hub().folder(MODEL);
    server.asked.clear();
    assertThat(hub().folder(MODEL)).isEqualTo(folder);
    assertThat(hub().folder(HubName.of("hf:owner/clip-tiny@" + LocalHub.COMMIT))).isEqualTo(folder);
    assertThat(hub("HF_HUB_OFFLINE", "1").fetch(MODEL)).isEqualTo(folder);
    assertThat(server.asked).isEmpty();
    assertThatThrownBy(() -> hub("HF_HUB_OFFLINE", "1").folder(HubName.of("hf:owner/other")))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("hf:owner/other is not in the cache at " + home.resolve("hub"))
        .hasMessageContaining("HF_HUB_OFFLINE is set");
  }

  /** As transformers leaves it where a model alone was asked for. */
  @Test
  void whatAnotherProgramHasNotFetchedOfAModelIsFetched() throws IOException {
    Path snapshot = home.resolve("hub/models--owner--clip-tiny/snapshots").resolve(LocalHub.COMMIT);
    Path ref = home.resolve("hub/models--owner--clip-tiny/refs/main");
    Files.createDirectories(snapshot);
    Files.createDirectories(ref.getParent());
    Files.writeString(ref, LocalHub.COMMIT);
    Files.writeString(snapshot.resolve("config.json"), "{}");
    Files.write(snapshot.resolve("model.safetensors"), weights);
    assertThat(hub("HF_HUB_OFFLINE", "yes").folder(MODEL)).isEqualTo(snapshot);
    assertThat(told).last().asString().contains("the 2 files in the cache are taken for all of it");
    model().small("preprocessor_config.json", "{}");
    assertThat(hub().folder(MODEL)).isEqualTo(snapshot);
    assertThat(snapshot.resolve("preprocessor_config.json")).hasContent("{}");
    assertThat(server.asked).doesNotContain("GET /model.safetensors");
  }

  @Test
  void theTokenGoesToTheHubAndNotBeyondIt() throws IOException {
    model();
    hub().folder(MODEL);
    assertThat(server.asked)
        .contains("GET /api/models/owner/clip-tiny/revision/main token", "GET /model.safetensors")
        .doesNotContain("GET /model.safetensors token");
    assertThat(HubSettings.of(Map.of("HF_TOKEN", "hf_secret")).toString())
        .doesNotContain("hf_secret");
  }

  @Test
  void aTokenThatIsNoneIsInNoMessage() {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_TOKEN", "hf_a\nhf_b")))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("HF_TOKEN")
        .hasMessageNotContaining("hf_a");
  }

  @Test
  void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
    model().breakAfter(60_000);
    Path folder = hub().folder(MODEL);
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(weights);
    Path part =
        home.resolve(
            "hub/models--owner--b/blobs/" + LocalHub.sha256(weights) + ".facet-incomplete");
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(weights, 40_000));
    folder = hub().folder(HubName.of("hf:owner/b"));
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(weights);
    assertThat(told).last().isEqualTo("hf:owner/b 100002 40000");
    assertThat(part).doesNotExist();
  }

  @Test
  void bytesThatAreNotWhatTheHubNamesAreThrownAway() throws IOException {
    model();
    Path part =
        home.resolve(
            "hub/models--owner--clip-tiny/blobs/" + LocalHub.sha256(weights) + ".facet-incomplete");
    Files.createDirectories(part.getParent());
    Files.write(part, new byte[40_000]);
    assertThatThrownBy(() -> hub().folder(MODEL))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("model.safetensors came with other bytes than the Hub names");
    assertThat(hub().folder(MODEL).resolve("model.safetensors")).hasBinaryContent(weights);
  }

  /** What Git keeps by itself has another digest than what it keeps elsewhere. */
  @Test
  void smallFilesAreHeldAgainstTheirDigestToo() throws IOException {
    HubName data = HubName.of("hf:datasets/owner/faces");
    server.small("data/a.jsonl", "{}");
    Path blob = Files.readSymbolicLink(hub().folder(data).resolve("data/a.jsonl")).getFileName();
    Path blobs = home.resolve("hub/datasets--owner--faces/blobs");
    Staged.delete(home.resolve("hub/datasets--owner--faces/snapshots"));
    Files.delete(blobs.resolve(blob));
    Files.writeString(blobs.resolve(blob + ".facet-incomplete"), "[]");
    assertThatThrownBy(() -> hub().folder(data))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("data/a.jsonl came with other bytes than the Hub names");
    assertThat(hub().folder(data).resolve("data/a.jsonl")).hasContent("{}");
  }

  @Test
  void ofADataSetTheHubIsAskedWhatIsMissing() throws IOException {
    HubName data = HubName.of("hf:datasets/owner/faces");
    server.small("README.md", "x").small(".gitattributes", "x").small("data/a.jsonl", "{}");
    Path folder = hub().folder(data);
    assertThat(home.resolve("hub/datasets--owner--faces/snapshots").resolve(LocalHub.COMMIT))
        .isEqualTo(folder);
    assertThat(Files.readSymbolicLink(folder.resolve("data/a.jsonl")).startsWith("../../../blobs"))
        .isTrue();
    assertThat(folder.resolve("README.md")).doesNotExist();
    server.small("data/b.jsonl", "[]");
    assertThat(hub().folder(data).resolve("data/b.jsonl")).hasContent("[]");
    server.refuse(503, "");
    assertThat(hub().folder(data)).isEqualTo(folder);
    assertThat(told).last().asString().contains("the 2 files in the cache are taken for all of it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | GatedRepo | hf:owner/clip-tiny is gated: its owners want you to agree to their"
            + " terms; visit",
        "401 | RepoNotFound | hf:owner/clip-tiny: there is no such repository, or it is private;"
            + " visit",
        "404 | RevisionNotFound | hf:owner/clip-tiny@main: there is no such revision; see",
      })
  void whatIsNotOpenOrNotThereIsToldWithItsPage(int status, String code, String message) {
    model().refuse(status, code);
    assertThatThrownBy(() -> hub().folder(MODEL))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(message + " " + server.endpoint() + "/owner/clip-tiny")
        .hasMessageNotContaining("hf_x")
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/../../b", "a\\\\b", ".", "a//b"})
  void aFileThatWouldLieElsewhereIsNotFetched(String name) {
    model().small(name, "x");
    assertThatThrownBy(() -> hub().folder(MODEL))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("lists a file that would lie outside of it");
    assertThat(home.resolve("hub/models--owner--clip-tiny/snapshots")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf:",
        "hf:..",
        "hf:../x",
        "hf:a/..",
        "hf:a/b/c",
        "hf:a--b/c",
        "hf:a/b@../x",
        "hf:a/b@",
        "hf:/a/b",
        "hf:a/b@x//y",
        "hf:a/b@/x",
        "hf:datasets/..",
        "hf:a b/c"
      })
  void aNameThatLeadsElsewhereIsRefused(String name) {
    assertThatThrownBy(() -> HubName.of(name))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("names nothing on the Hub");
  }

  @Test
  void namesAreReadWithTheirRevisions() {
    assertThat(HubName.of("hf:gpt2")).isEqualTo(new HubName(HubName.Kind.MODEL, "gpt2", "main"));
    assertThat(HubName.of("hf:datasets/a/b.c@refs/pr/1"))
        .isEqualTo(new HubName(HubName.Kind.DATASET, "a/b.c", "refs/pr/1"));
    assertThat(HubName.is(Path.of("hf:a/b"))).isTrue();
    assertThat(HubName.is(Path.of("models/hf"))).isFalse();
  }
}
