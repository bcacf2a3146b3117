package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FLIP's protocol from the command line. */
final class RerankRunTest {
  @TempDir private Path folder;

  @Test
  void theMatchingHeadOrdersTheFirstCandidatesAnewAndTheRestIsToldBesides() throws IOException {
    SmallRun facet = new SmallRun(folder).withPictures();
    Path flip = TinyFolders.flip(folder.resolve("flip"));
    String[] eval = {
      "eval", "--checkpoint", flip.toString(), "--data", facet.data().toString(), "--split", "test"
    };
    assertThat(facet.facet(SmallRun.concat(eval, "--json"))).as(facet.err()).isZero();
    JsonNode plain = last(facet);
    assertThat(facet.facet(SmallRun.concat(eval, "--rerank", "256", "--json")))
        .as(facet.err())
        .isZero();
    JsonNode reranked = last(facet);

    assertThat(plain.path("reranked_first").asInt()).isZero();
    assertThat(reranked.path("reranked_first").asInt()).isEqualTo(256);
    for (String direction : new String[] {"image_to_text", "text_to_image"}) {
      for (String figure : new String[] {"r1", "r5", "r10", "median_rank", "mrr"}) {
        assertThat(reranked.path("by_similarity").path(direction).path(figure))
            .as(figure)
            .isEqualTo(plain.path(direction).path(figure));
      }
      assertThat(reranked.path(direction).path("interval").path("r1")).hasSize(2);
    }
    assertThat(reranked.at("/conventions/strict")).isNotEqualTo(plain.at("/conventions/strict"));
  }

  private static JsonNode last(SmallRun facet) throws IOException {
    return Json.LINE.readTree(facet.out().substring(Math.max(0, facet.out().lastIndexOf("\n{"))));
  }
}
