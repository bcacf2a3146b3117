package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.training.Teacher;
import dev.facet.train.Trainer.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The model of a run, as often as there are replicas, each with a teacher of its own. */
final class Copies implements AutoCloseable {
  private final List<DualEncoder> models = new ArrayList<>();
  private final List<@Nullable DualEncoder> teachers = new ArrayList<>();

  private Copies() {}

  /**
   * Opens all.
   *
   * @param note told what was drawn although a folder was to give it, and what was ignored
   */
  static Copies open(Config config, Seen seen, CaptionTokenizer tokenizer, Consumer<String> note)
      throws IOException {
    Copies copies = new Copies();
    try {
      for (int rank = 0; rank < config.train().replicas(); rank++) {
        Consumer<String> once = rank == 0 ? note : again -> {};
        copies.models.add(Models.create(config, seen, tokenizer, rank, once));
        copies.teachers.add(teacher(config, seen, tokenizer, rank));
      }
      return copies;
    } catch (RuntimeException | IOException e) {
      copies.close();
      throw e;
    }
  }

  private static @Nullable DualEncoder teacher(
      Config config, Seen seen, CaptionTokenizer tokenizer, int rank) throws IOException {
    Path folder = config.train().teacher();
    return folder != null && seen instanceof Seen.Pixels pixels
        ? Teachers.open(config, folder, tokenizer, pixels.wanted(), rank)
        : null;
  }

  /** The copy that is saved. */
  DualEncoder first() {
    return models.getFirst();
  }

  List<Replica> all() {
    List<Replica> all = new ArrayList<>();
    for (int rank = 0; rank < models.size(); rank++) {
      DualEncoder teacher = teachers.get(rank);
      all.add(
          new Replica(
              models.get(rank),
              teacher == null ? null : new Teacher(teacher, teacher.logitScale())));
    }
    return all;
  }

  @Override
  public void close() {
    models.forEach(DualEncoder::close);
    for (DualEncoder teacher : teachers) {
      if (teacher != null) {
        teacher.close();
      }
    }
  }
}
