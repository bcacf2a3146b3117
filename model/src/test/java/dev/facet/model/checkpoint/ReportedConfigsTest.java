package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Model folders that people reported are read as the note beside each says. */
@Tag("kit")
class ReportedConfigsTest {
  private static final Path REPORTED =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit", "reported");

  @Test
  void sectionsThatEndInDict() throws Exception {
    for (String each : new String[] {"cfg_dict_only.json", "cfg_dict_overrides.json"}) {
      Path file = REPORTED.resolve("clip-config-dict").resolve(each);
      Architecture read =
          Architectures.fromConfig(
              new ConfigFile(file.toString(), Json.read(file, ObjectNode.class)));
      assertThat(read.toJson().at("/text_config/hidden_size").asInt()).isEqualTo(32);
      assertThat(read.toJson().at("/text_config/vocab_size").asInt()).isEqualTo(518);
      assertThat(read.toJson().at("/vision_config/patch_size").asInt()).isEqualTo(8);
      assertThat(read.embedDim()).isEqualTo(24);
    }
  }

  @Test
  void processorConfigAlone() throws Exception {
    Preprocessing read =
        Preprocessing.of(REPORTED.resolve("processor-config-only"), Preprocessing.clip(32));
    assertThat(read.mean()).isEqualTo(List.of(0.5, 0.5, 0.5));
    assertThat(read.std()).isEqualTo(List.of(0.25, 0.25, 0.25));
    assertThat(read.resizing()).isEqualTo(new Resizing(false, Resizing.BILINEAR));
  }
}
