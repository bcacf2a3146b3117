package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FacetException;
import dev.facet.base.Interval;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.loader.data.Preset;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.model.clip.ModelPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigTest {
  private static final String DATA = "data:\n  root: pictures\n";

  @TempDir private Path folder;

  @Test
  void theDefaultsHoldWhereAFileSaysNothing() throws IOException {
    Config config = load(DATA);
    assertThat(config.data().root()).isEqualTo(Path.of("pictures"));
    assertThat(config.train().batch()).isEqualTo(256);
    assertThat(config.train().adamW().lr()).isEqualTo(5e-4);
    assertThat(config.model().preset()).isEqualTo(ModelPreset.SMALL);
    assertThat(config.model().imageSize()).isNull();
  }

  @Test
  void aRunIsNamedAfterItsConfigFile() throws IOException {
    Config config = load(DATA);
    assertThat(config.run().dir()).isEqualTo(Path.of("runs/my"));
    assertThat(config.run().name()).isEqualTo("my");
  }

  @Test
  void anAssignmentWinsOverTheFile() throws IOException {
    Config config =
        load(
            DATA + "train:\n  batch: 8\n",
            "train.batch=16",
            "train.lr=1e-4",
            "train.mask_identical_captions=false",
            "model.preset=vit-b-32",
            "augment=[face_box, random_resized_crop: {scale: [0.5, 0.75]}]",
            "model.image_size=96",
            "data.max_pixels=9_000_000",
            "run.name=2026");
    assertThat(config.train().batch()).isEqualTo(16);
    assertThat(config.train().adamW().lr()).isEqualTo(1e-4);
    assertThat(config.train().maskIdenticalCaptions()).isFalse();
    assertThat(config.model().preset()).isEqualTo(ModelPreset.VIT_B_32);
    assertThat(config.augment())
        .containsExactly(
            FaceBox.DEFAULT,
            new RandomResizedCrop(new Interval(0.5, 0.75), RandomResizedCrop.DEFAULT.ratio()));
    assertThat(load(DATA, "augment=[]").augment()).isEmpty();
    assertThat(config.model().imageSize()).isEqualTo(96);
    assertThat(config.data().decoding().maxPixels()).isEqualTo(9_000_000);
    assertThat(config.run().name()).isEqualTo("2026");
  }

  @Test
  void anEmptyAssignmentMeansNotSet() throws IOException {
    assertThat(load(DATA + "model:\n  image_size: 64\n", "model.image_size=").model().imageSize())
        .isNull();
  }

  @Test
  void everythingWrongIsToldAtOnceWithItsLine() throws IOException {
    String yaml =
        """
        train:
          batchsize: 64
          lr: fast
          batch: 1
          epochs: 2.5
          epochs: 3
        model:
          preset: smal
          image_size: 100
          patch_size: 16
        augment:
          - flip: {probability: yes}
          - random_resized_crop: {scale: [0.9, 0.5]}
        lr: 1
        """;
    assertThat(messageOf(yaml, "trian.lr=1", "train.beta1=1"))
        .startsWith("13 problems in the config:\n")
        .contains(":2:3: train.batchsize is not a setting; did you mean train.batch?")
        .contains(":3:7: train.lr is fast; it expects a number above 0 and at most 10")
        .contains(":4:10: train.batch is 1; it expects a whole number from 2 to 1048576")
        .contains(":5:11: train.epochs is 2.5; it expects a whole number")
        .contains(":6:3: train.epochs is given twice; delete one of the two")
        .contains(":8:11: model.preset is smal; it expects one of tiny, small, vit-b-32")
        .contains(":10:15: model.patch_size 16 does not divide model.image_size 100;")
        .contains("96 and 112")
        .contains(":12:25: augment[0].flip.probability is yes; it expects a number from 0 to 1")
        .contains(":13:34: augment[1].random_resized_crop.scale is [0.9, 0.5]; it expects two")
        .contains(":14:1: lr is not a setting; did you mean train.lr?")
        .contains(
            "data.root: no data is named: write data.root into the config or add --set data.root=")
        .contains("--set trian.lr=1: trian.lr is not a setting; did you mean train.lr?")
        .contains("--set train.beta1=1: train.beta1 is 1; it expects a number from 0 and below 1");
  }

  @Test
  void columnsTakeOneNameSeveralOrWeights() throws IOException {
    Config config =
        load(
            """
            data:
              root: pictures
              preset: facecaption-15m
              drop_prefix: 3
              columns:
                image: [bytes, image.bytes]
                captions:
                  short: 0.7
                  long text: 0.3
                box: []
            """,
            "data.columns.id=key");
    assertThat(config.data().sources())
        .containsExactly(
            new DataSource(
                Path.of("pictures"),
                Format.AUTO,
                null,
                new Fields(
                    List.of("bytes", "image.bytes"),
                    List.of(new CaptionField("short", 0.7), new CaptionField("long text", 0.3)),
                    List.of("key"),
                    List.of(),
                    Preset.FACECAPTION_15M.fields().split(),
                    Preset.FACECAPTION_15M.fields().source()),
                3,
                1));
    assertThat(load(DATA, "data.columns.captions=[a, b]").data().sources().getFirst().fields())
        .extracting(Fields::captions)
        .isEqualTo(List.of(new CaptionField("a", 0), new CaptionField("b", 0)));
  }

  @Test
  void whatIsHeldOutIsEvaluatedUnlessAnotherSplitIsNamed() throws IOException {
    assertThat(load(DATA).data().evalSplit()).isEqualTo("test");
    Config config = load(DATA, "data.holdout=0.05", "data.holdout_by=content");
    assertThat(config.data().evalSplit()).isEqualTo("val");
    assertThat(config.data().sources().getFirst().holdout())
        .isEqualTo(new Holdout("train", 0.05, 0, HoldoutBy.CONTENT));
    assertThat(load(DATA, "data.holdout=0.05", "data.eval_split=test").data().evalSplit())
        .isEqualTo("test");
    assertThat(load(DATA, "data.holdout_test=0.05").data().evalSplit()).isEqualTo("test");
    Config mixed =
        load(
            """
            data:
              holdout: 0.1
              mixture:
                - {root: first}
                - {root: second, holdout: 0.0}
            """);
    assertThat(mixed.data().sources())
        .extracting(source -> source.holdout().validation())
        .containsExactly(0.1, 0.0);
  }

  @Test
  void sharesThatLeaveNothingToTrainOnAndPartsOfOneNameAreRefused() throws IOException {
    assertThat(messageOf(DATA, "data.holdout=0.5", "data.holdout_test=0.5"))
        .contains("data.holdout 0.5 and data.holdout_test 0.5 leave nothing to train on");
    assertThat(messageOf(DATA, "data.holdout=0.5", "data.train_split=val"))
        .contains("data.train_split is val, which is also what the rows are called");
  }

  @Test
  void anEntryOfAMixtureIsReadAsTheDataSectionSaysWhereItSaysNothing() throws IOException {
    Config config =
        load(
            """
            data:
              image_root: photos
              columns: {captions: text}
              mixture:
                - root: first
                - root: second
                  weight: 2.5
                  preset: flip
                  format: jsonl
                  image_root: others
                  columns:
                    captions: [a]
            """);
    List<DataSource> sources = config.data().sources();
    assertThat(sources)
        .extracting(DataSource::root)
        .containsExactly(Path.of("first"), Path.of("second"));
    assertThat(sources).extracting(DataSource::weight).containsExactly(1.0, 2.5);
    assertThat(sources).extracting(DataSource::format).containsExactly(Format.AUTO, Format.JSONL);
    assertThat(sources).extracting(DataSource::dropPrefix).containsExactly(0, 7);
    assertThat(sources)
        .extracting(DataSource::imageRoot)
        .containsExactly(Path.of("photos"), Path.of("others"));
    assertThat(sources)
        .extracting(source -> source.fields().captions().getFirst().name())
        .containsExactly("text", "a");
    assertThat(config.data().name()).isEqualTo("first, second");
  }

  @Test
  void problemsInAMixtureHaveTheirOwnLines() throws IOException {
    assertThat(
            messageOf(
                """
                data:
                  mixture:
                    - root: first
                      weight: much
                    - preset: flop
                """))
        .startsWith("3 problems in the config:")
        .contains(":4:15: data.mixture[0].weight is much; it expects a number above 0")
        .contains(":5:7: data.mixture[1] lacks root: add it")
        .contains(":5:15: data.mixture[1].preset is flop; it expects one of facet,");
    assertThat(messageOf("data:\n  mixture:\n    - root: a\n", "data.synth_pictures=9"))
        .startsWith("--set data.synth_pictures=9: data.synth_pictures are drawn into data.root");
  }

  @Test
  void theDefaultVariationIsThatOfTheCode() throws IOException {
    assertThat(load(DATA).augmentation()).isEqualTo(Augmentation.DEFAULT);
  }

  @Test
  void evaluationSeesTheFaceAsInTrainingAndNothingAtRandom() throws IOException {
    Config config = load(DATA, "augment=[face_box: {margin: 0.5, jitter: 0.25}, flip]");
    assertThat(config.evaluation(ResizeMode.SQUASH, Interpolation.BILINEAR))
        .isEqualTo(
            Augmentation.evaluation(new FaceBox(0.5), ResizeMode.SQUASH, Interpolation.BILINEAR));
    Config nothing = load(DATA, "augment=[]");
    assertThat(nothing.evaluation(ResizeMode.SQUASH, Interpolation.BILINEAR).operations())
        .isEmpty();
  }

  @Test
  void settingsAloneNeedNoData() {
    assertThat(Config.loadWithoutData(null, List.of()).data().decoding())
        .isEqualTo(DecodeSettings.DEFAULT);
  }

  @Test
  void problemsAreListedInTheOrderOfTheFile() throws IOException {
    String message = messageOf(DATA + "train:\n  lr: x\n  batch: x\nmodel:\n  device: x\n");
    assertThat(message.lines().skip(1).map(line -> line.replaceAll(".*my.yaml:(\\d+):.*", "$1")))
        .containsExactly("4", "5", "7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.batch='64' | leave out the quotes",
        "train.batch=[64] | train.batch is [64]; it expects a whole number",
        "train.batch=&a [*a, 1] | train.batch is [..., 1]; it expects a whole number",
        "train.batch={a: 1} | train.batch is a section; it expects a whole number",
        "train.batch=null | train.batch is null; it expects a whole number",
        "train.batch=99999999999999999999 | it expects a whole number",
        "train.lr=.inf | it expects a number",
        "train.lr=.nan | it expects a number",
        "train.lr=1f | it expects a number",
        "train.mask_identical_captions=yes | it expects true or false",
        "augment=[random_resized_crop: {scale: 0.5}] | it expects two numbers [min, max]",
        "augment=[random_resized_crop: {scale: [0.5]}] | it expects two numbers [min, max]",
        "augment=[random_resized_crop: {scale: [a, b]}] | random_resized_crop.scale is [a, b]",
        "augment=[random_resized_crop: {scale: [0.9, 0.5]}] | the smaller one first",
        "augment=[flop] | augment[0]: there is no operation flop; did you mean flip?",
        "augment=[flip: {captions: no}] | augment[0].flip.captions is no; it expects one of keep, skip, swap",
        "augment.flip=0.5 | augment is set as a whole: it expects a list with a line for each operation",
        "augment={flip: 0.5} | in place of flip write \"- flip: {probability: 0.5, captions: skip}\"",
        "augment={box_margin: 0.5} | there are auto_contrast, brightness",
        "augment=[brightness, equalise, face_box] | --set augment=[brightness, equalise, face_box]: augment:",
        "eval.resize_mode=squish | eval.resize_mode is squish; it expects one of shortest, squash",
        "model.image_size=x | or null",
        "data.root= | --set data.root=: no data is named: write data.root into the config",
        "data.preset=flop | data.preset is flop; it expects one of facet, webdataset, facecaption-15m",
        "data.background=[0, 0, 256] | three whole numbers [red, green, blue] from 0 to 255",
        "data.background=#ffffff | data.background is empty; it expects three whole numbers",
        "data.columns.captions={a: 0} | data.columns.captions.a is 0; it expects a number above 0",
        "data.columns.captions={a: 1, a: 2} | data.columns.captions.a is given twice",
        "data.columns.captions=[] | it expects a name, a list of names, or names with weights",
        "data.columns.captions=[[a]] | data.columns.captions[0] is [a]; it expects a text",
        "data.columns.caption=a | did you mean data.columns.captions?",
        "data.columns.image={a: b} | data.columns.image is a section; it expects a text or a list",
        "data.colums.id=a | did you mean data.columns.id?",
        "data.mixture=[{root: a}] | data.mixture and data.root (pictures) are both given",
        "data.mixture=a | data.mixture is a; it expects a list, each entry a section with root, weight",
        "data.mixture=[a] | data.mixture[0] is a; it expects a section with root, weight",
        "data.mixture=[{weight: 1}] | data.mixture[0] lacks root: add it",
        "data.mixture=[{root: a}, {root: b, weight: 0}] | data.mixture[1].weight is 0; it expects a number above 0",
        "data.mixture=[{root: a, wieght: 2}] | data.mixture[0].wieght is not a setting; did you mean weight?",
        "data.mixture=[{root: a, columns: {image: 1, text: x}}] | data.mixture[0].columns.text is not a setting; columns has image, captions",
        "data.mixture=[{root: a, root: b}] | data.mixture[0].root is given twice",
        "data.mixture[0].root=a | data.mixture is set as a whole",
        "data.mixture=&a [{root: b, columns: *a}] | data.mixture[0].columns is [...]; it expects a section",
        "eval.sets=[{split: val}] | eval.sets[0] lacks name: add it",
        "eval.sets=[{name: a/b}] | eval.sets: \"a/b\" cannot be a name",
        "eval.sets=[{name: a, split: b}, {name: a, split: c}] | eval.sets has two sets named a",
        "eval.sets=[{name: a, use: test}] | eval.sets has no set with use: validation",
        "eval.sets=[{name: a, split: train}] | a is split train, which is trained on",
        "eval.sets=[{name: a, split: v}, {name: b, split: v, use: test}] | b tests on what a validates on, split v of pictures",
        "eval.sets=[{name: a}, {name: b, split: c, use: test, every: 5}] | a test set is scored once, at the end",
        "eval.sets=[{name: a, evry: 5}] | eval.sets[0].evry is not a setting; did you mean every?",
        "train.patience=3 | is evaluated at the end alone: set train.eval_every",
        "train.batch=[1, | not valid YAML",
        "train=5 | train is a section: name one of its settings, as in train.batch=5; it has batch, micro_batch, replicas",
        "run=X | run is a section: name one of its settings, as in run.dir=X; it has dir, name",
        "data=[X] | as in data.root=...; it has root, preset",
        "data.columns=X | data.columns is a section: name one of its settings, as in data.columns.image=X",
        "model.lora=8 | as in model.lora.rank=8",
        "optimizer.momentum=1 | there are run, seed, data, augment, model, train, eval",
        "trian.gradient_accumulation=2 | train has batch, micro_batch, replicas, epochs, max_steps, samples",
        "train.gradient_accumulation=2 | train has batch, micro_batch, replicas, epochs, max_steps, samples",
        "train.objective=flop | train.objective is flop; it expects one of contrastive, flip",
        "train.objective=flip | name its checkpoint folder in model.init",
        "data.holdout=1.0 | data.holdout is 1.0",
        "data.holdout_by=size | data.holdout_by is size; it expects one of auto, content",
        "data.eval_split=train | recall must be measured on held-out pictures",
        "data.synth_pictures=100 | train.batch is 256, but the training split has only 92 pictures",
      })
  void aWrongSettingIsNamedWithItsCure(String assignment, String part) throws IOException {
    assertThat(messageOf(DATA, assignment.strip())).contains(part.strip());
  }

  @Test
  void flipsOwnTrainingKeepsWhatGradientCheckpointingAndLoraWouldDrop() throws IOException {
    String message =
        messageOf(
            DATA
                + "train: {objective: flip}\n"
                + "model: {init: flip, gradient_checkpointing: true, lora: {rank: 8}}\n");
    assertThat(message)
        .contains("serves train.objective contrastive only")
        .contains("model.lora does not go with train.objective flip")
        .doesNotContain("preset");
  }

  @Test
  void aWarmUpLongerThanTheRunIsRefused() throws IOException {
    assertThat(
            messageOf(DATA, "data.synth_pictures=1000", "train.batch=92", "train.warmup_steps=100"))
        .contains("--set train.warmup_steps=100: train.warmup_steps asks for 100 steps")
        .contains("has 100 steps (train.epochs 10, at 10 an epoch); set it to about 10 steps");
  }

  @Test
  void brokenYamlIsToldWithItsPlace() throws IOException {
    assertThat(messageOf("train:\n  batch: [1\n")).contains("my.yaml:3:1: not valid YAML:");
    assertThat(messageOf("train:\n\tbatch: 1\n")).contains("my.yaml:2:1: not valid YAML:");
    assertThat(messageOf("just a text")).contains("my.yaml:1:1: a config is made of sections");
  }

  @Test
  void aMissingFileIsToldWithItsCure() {
    assertThatThrownBy(() -> Config.load(folder.resolve("none.yaml"), List.of()))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("none.yaml does not exist")
        .hasMessageContaining("facet config");
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws IOException {
    Config config =
        load(
            DATA,
            "run.name=\"a: 'b' #c\\n\\x1b\\\\\"",
            "data.root=' x y/ü'",
            "train.lr=1.2345678901234567e-5",
            "model.image_size=64",
            "data.columns.captions={'a: b': 0.125, c: 2}",
            "data.columns.id=[x, 'y, z', 'null']",
            "data.columns.box=[]",
            "data.background=[1, 2, 255]",
            "augment=[face_box: {jitter: 0.125}, flip: {captions: swap}, equalise, grey]",
            "seed=-9223372036854775808");
    Path written = Files.writeString(folder.resolve("written.yaml"), config.toYaml());
    assertThat(Config.load(written, List.of())).isEqualTo(config);
    Config mixture =
        load(
            "data:\n  mixture: [{root: '#1', weight: 0.1, columns: {captions: [b, a]}}, {root: c}]");
    Files.writeString(written, mixture.toYaml());
    assertThat(Config.load(written, List.of()).data()).isEqualTo(mixture.data());
    Config sets =
        load(
            "data:\n  root: a\neval:\n  sets: [{name: v, split: val, every: 5},"
                + " {name: t, use: test, root: '#1', preset: flip, columns: {captions: [b]}}]");
    Files.writeString(written, sets.toYaml());
    assertThat(Config.load(written, List.of()).eval()).isEqualTo(sets.eval());
  }

  @Test
  void aResumeWithOtherSettingsIsRefusedAndNamesThem() throws IOException {
    Config before = load(DATA);
    Config longer = load(DATA, "train.epochs=20", "data.threads=3");
    Resume.check(before, longer);
    Config other = load(DATA, "train.batch=64", "seed=1", "data.columns.captions=[a, b]");
    assertThatThrownBy(() -> Resume.check(before, other))
        .hasMessageContaining("train.batch was 256, is now 64")
        .hasMessageContaining("data.columns.captions was null, is now [a, b]")
        .hasMessageContaining("seed was 0, is now 1");
  }

  private Config load(String yaml, String... assignments) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), yaml);
    return Config.loadForTraining(file, Arrays.stream(assignments).map(Assignment::parse).toList());
  }

  private String messageOf(String yaml, String... assignments) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), yaml);
    FacetException thrown =
        catchThrowableOfType(
            FacetException.class,
            () ->
                Config.loadForTraining(
                    file, Arrays.stream(assignments).map(Assignment::parse).toList()));
    assertThat(thrown).isNotNull();
    assertThat(thrown.exitCode()).isEqualTo(2);
    return String.valueOf(thrown.getMessage());
  }
}
