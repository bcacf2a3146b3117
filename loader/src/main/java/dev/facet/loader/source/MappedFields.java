package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.MissingText;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.files.Endings;
import dev.facet.loader.files.PicturePath;
import dev.facet.loader.index.Entry;
import dev.facet.loader.index.Entry.Picture;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.json.ListJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns objects (a JSON object, a row of CSV) into entries by the names that the user gave, and
 * remembers whether any of those names was ever there. Thread-safe.
 */
final class MappedFields {
  /** As many names as a message lists. */
  private static final int MOST_NAMES = 40;

  /** Karpathy's splits have a picture's name here, and for COCO the folder it lies in there. */
  private static final String FILE = "filename";

  private static final String FOLDER = "filepath";

  /** What img2dataset and others call the hash of a picture's bytes. */
  private static final List<String> SHA256 = List.of("sha256");

  /** What Hugging Face calls the list of an image folder. */
  private static final String METADATA = "metadata";

  private final Fields fields;
  private final int dropPrefix;
  private final Set<String> names = new ConcurrentSkipListSet<>();
  private final Map<String, Integer> others = new ConcurrentSkipListMap<>();
  private volatile boolean sawEntry;
  private volatile boolean sawImage;
  private volatile boolean sawCaption;

  MappedFields(Fields fields, int dropPrefix) {
    this.fields = fields;
    this.dropPrefix = dropPrefix;
  }

  /** The entry of an object that names its picture, in a file of lines or a table. */
  Entry entry(JsonNode object, long number, ListedFile part) {
    String path = path(object);
    return entry(object, number, path == null ? part.split() : split(part, path));
  }

  /**
   * In Hugging Face's image folders one {@code metadata} file may speak of pictures in {@code
   * train} and {@code test}: then it is the picture's folder that tells.
   */
  private static String split(ListedFile part, String path) {
    String file = part.name().substring(part.name().lastIndexOf('/') + 1);
    boolean folderTells =
        Endings.stem(file).equals(METADATA) && SplitName.ofFolders(part.name()) == null;
    String its = folderTells ? SplitName.ofFolders(PicturePath.tidy(path)) : null;
    return its != null ? its : part.split();
  }

  /** The entry of an object that names its picture. */
  Entry entry(JsonNode object, long number, String split) {
    String path = path(object);
    String id = text(object, fields.id());
    Picture picture = path == null ? null : picture(path);
    return entry(object, number, split, id == null ? null : drop(id), picture);
  }

  /** The entry of an object that lies beside its picture. */
  Entry entry(
      JsonNode object, long number, String split, @Nullable String id, @Nullable Picture picture) {
    notice(object, picture);
    String its = text(object, fields.split());
    return new Entry(
        its != null && !its.isBlank() ? its : split,
        number,
        id,
        text(object, fields.source()),
        picture,
        text(object, SHA256),
        Captions.of(fields.captions(), name -> find(object, name)),
        FaceBoxes.of(first(object, fields.box())),
        labels(object),
        null);
  }

  /** A picture by its path, as a list has it. */
  Picture picture(String path) {
    return new Picture.InFile(PicturePath.tidy(drop(path)));
  }

  /** The id that an object names; null if none. */
  @Nullable String id(JsonNode object) {
    return text(object, fields.id());
  }

  /** Whether an object has a field in which pictures are named. */
  boolean namesPicture(JsonNode object) {
    return fields.image().stream().anyMatch(name -> isThere(object, name));
  }

  /** Whether a name is one of those that are looked for. */
  boolean knows(String name) {
    return fields.image().contains(name)
        || isCaption(name)
        || fields.id().contains(name)
        || fields.box().contains(name)
        || fields.split().contains(name)
        || fields.labels().contains(name);
  }

  /** Whether columns of these names are a table of pictures and captions. */
  boolean nameTable(List<String> columns) {
    return columns.stream().anyMatch(fields.image()::contains)
        && columns.stream().anyMatch(this::isCaption);
  }

  private boolean isCaption(String name) {
    return fields.captions().stream().anyMatch(field -> field.name().equals(name));
  }

  /** Whether an object has a field in which captions are. */
  boolean namesCaption(JsonNode object) {
    return fields.captions().stream().anyMatch(field -> isThere(object, field.name()));
  }

  /** An object whose captions these are, without anything else. */
  ObjectNode withCaptions(JsonNode captions) {
    return ListJson.MAPPER.createObjectNode().set(fields.captions().getFirst().name(), captions);
  }

  /** Adds the captions of an object to those that another one has of each field. */
  void addCaptions(JsonNode from, ObjectNode into) {
    for (CaptionField field : fields.captions()) {
      for (String caption : Captions.texts(find(from, field.name()))) {
        into.withArrayProperty(field.name()).add(caption);
      }
    }
  }

  /**
   * Called when all entries have been read.
   *
   * @throws FacetException if there were entries, and none had a caption or a picture under the
   *     names that were given
   */
  void refuseIfNeverSeen(Path root) {
    if (!sawEntry) {
      return; // nothing but malformed rows, which say more themselves
    }
    if (!sawImage) {
      throw neverSeen(root, "image", "a picture", fields.image());
    }
    if (!sawCaption) {
      throw neverSeen(
          root,
          "captions",
          "a caption",
          fields.captions().stream().map(CaptionField::name).toList());
    }
  }

  private FacetException neverSeen(Path root, String key, String what, List<String> wanted) {
    return FacetException.usage(
        ("no entry of %s has %s under %s; what is there: %s%s. Map data.columns.%s to one of these,"
                + " or take the preset of this data set")
            .formatted(
                root,
                what,
                String.join(" or ", wanted),
                names.isEmpty()
                    ? sawImage ? "pictures alone" : "nothing"
                    : String.join(", ", names),
                others.isEmpty() ? "" : "; files of other kinds: " + listed(others),
                key));
  }

  /** Takes note of files that are neither pictures nor texts: how many have which ending. */
  void noticeOthers(Map<String, Integer> counts) {
    counts.forEach((ending, count) -> others.merge(ending, count, Integer::sum));
  }

  /** For messages: {@code .cls (4), .npy (4)}. */
  static String listed(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .limit(MOST_NAMES)
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  private void notice(JsonNode object, @Nullable Picture picture) {
    if (sawImage && sawCaption) {
      return;
    }
    sawEntry = true;
    // Only ever set: `|=` of one thread could undo what another one saw meanwhile.
    // A field that is null everywhere has the right name all the same.
    if (picture != null || namesPicture(object)) {
      sawImage = true;
    }
    if (namesCaption(object)) {
      sawCaption = true;
    }
    if (names.size() < MOST_NAMES) {
      object.fieldNames().forEachRemaining(names::add);
    }
  }

  /** The path of the picture; of several, the first. */
  private @Nullable String path(JsonNode object) {
    JsonNode image = first(object, fields.image());
    if (image != null && image.isArray()) {
      image = image.path(0);
    }
    if (image != null && image.isObject()) {
      image = image.path("path");
    }
    if (image == null || !image.isTextual() || image.textValue().isBlank()) {
      return null;
    }
    String folder = object.path(FOLDER).asText();
    if (folder.isBlank() || !image.equals(object.path(FILE))) {
      return image.textValue();
    }
    // Others have the whole path there.
    boolean whole = Endings.isPicture(Endings.of(folder));
    return whole ? folder : folder + "/" + image.textValue();
  }

  private String drop(String text) {
    return text.substring(Math.min(dropPrefix, text.length()));
  }

  private Map<String, String> labels(JsonNode object) {
    Map<String, String> labels = new LinkedHashMap<>();
    object
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    addLabel(object, "label", labels);
    fields.labels().forEach(name -> addLabel(object, name, labels));
    return labels;
  }

  /** "none" is a label like any other. */
  private static void addLabel(JsonNode object, String name, Map<String, String> labels) {
    JsonNode label = find(object, name);
    if (label != null && label.isValueNode() && !isNan(label)) {
      labels.put(name, label.asText());
    }
  }

  /** A text, or a number written as one. */
  private static @Nullable String text(JsonNode object, List<String> names) {
    JsonNode value = first(object, names);
    return value != null && value.isValueNode() && !isNan(value) ? value.asText() : null;
  }

  /** Which is how pandas says that there is none. */
  private static boolean isNan(JsonNode value) {
    return value.isNumber() && Double.isNaN(value.doubleValue());
  }

  /** The first value that is not blank and does not {@linkplain MissingText stand for none}. */
  private static @Nullable JsonNode first(JsonNode object, List<String> names) {
    for (String name : names) {
      JsonNode value = find(object, name);
      boolean empty =
          value == null
              || (value.isTextual()
                  && (value.textValue().isBlank() || MissingText.is(value.textValue())));
      if (!empty) {
        return value;
      }
    }
    return null;
  }

  /** A value that is not null, by its name or by the way to it. */
  private static @Nullable JsonNode find(JsonNode object, String name) {
    JsonNode value = at(object, name);
    return value.isNull() || value.isMissingNode() ? null : value;
  }

  private static boolean isThere(JsonNode object, String name) {
    return !at(object, name).isMissingNode();
  }

  private static JsonNode at(JsonNode object, String name) {
    JsonNode value = object.path(name);
    int dot = name.indexOf('.');
    return value.isMissingNode() && dot > 0
        ? at(object.path(name.substring(0, dot)), name.substring(dot + 1))
        : value;
  }
}
