package dev.facet.prepare.part;

import dev.facet.augment.geometry.Box;
import dev.facet.loader.data.EncodedImage;
import dev.facet.prepare.face.Crop;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.face.Cropper;
import dev.facet.prepare.face.Cutting;
import dev.facet.prepare.face.Cutting.Cut;
import dev.facet.prepare.face.Face;
import dev.facet.prepare.face.FaceBoxes;
import dev.facet.prepare.filter.PictureFilter;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoHeader;
import dev.facet.prepare.photo.PhotoReader;
import dev.facet.prepare.photo.PhotoReading;
import dev.facet.prepare.photo.Unreadable;
import dev.facet.prepare.takedown.TakedownList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes samples of a photo's rows. One per thread; owns that thread's native memory. */
final class RowMaker implements AutoCloseable {
  /** Why a photo is not used for a row, though it is sound. */
  static final String MISMATCH = "sha256_mismatch";

  static final String TAKEN_DOWN = "taken_down";

  private final Captions captions;
  private final TakedownList takedown;
  private final boolean whole;
  private final FaceBoxes boxes;
  private final PhotoReader reader;
  private final Cropper cropper;
  private final PictureFilter filter;

  RowMaker(PartSettings settings, Captions captions, TakedownList takedown) {
    this.captions = captions;
    this.takedown = takedown;
    this.whole = settings.crop().region() == CropSettings.Region.WHOLE;
    this.boxes = new FaceBoxes(settings.crop().boxSpace());
    this.reader = new PhotoReader(settings.decoding());
    this.cropper = new Cropper(settings.crop());
    this.filter = new PictureFilter(settings.filter());
  }

  /** What became of the bytes. */
  sealed interface Result {}

  /**
   * They are a picture.
   *
   * @param others rows that want other bytes than these
   */
  record Found(Made made, List<Candidate> others) implements Result {}

  /** They are none. */
  record Failed(Unreadable why) implements Result {}

  /** The faces of a row and what is cut out for them. */
  private record Cuts(List<Face> faces, List<Cutting> cuttings) {}

  /**
   * Reads a photo and makes what its rows ask for.
   *
   * @param source where it comes from
   * @param host that was asked; empty for pictures that lie there
   */
  Result make(EncodedImage image, List<Candidate> rows, String source, String host) {
    List<Cuts> cuts = new ArrayList<>();
    PhotoReading reading =
        reader.read(
            image,
            header -> {
              List<Cutting> all = new ArrayList<>();
              for (Candidate row : rows) {
                Cuts planned = plan(header, row);
                cuts.add(planned);
                all.addAll(planned.cuttings);
              }
              return cropper.reduction(header, all);
            });
    return switch (reading) {
      case Unreadable unreadable -> new Failed(unreadable);
      case Photo photo -> made(photo, rows, cuts, source, host);
    };
  }

  private Cuts plan(PhotoHeader header, Candidate row) {
    double[] edges = row.edges();
    List<Face> faces =
        edges == null
            ? boxes.of(List.copyOf(row.boxes()), header)
            : List.of(boxes.of(edges, header));
    return new Cuts(faces, cropper.plan(header, faces));
  }

  private Result made(
      Photo photo, List<Candidate> rows, List<Cuts> cuts, String source, String host) {
    boolean takenDown = takedown.hasDigest(photo.sha256());
    List<RowRecord> records = new ArrayList<>();
    List<byte[]> pictures = new ArrayList<>();
    List<Candidate> others = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Candidate row = rows.get(i);
      String wanted = row.sha256();
      if (wanted != null && !wanted.isBlank() && !wanted.strip().equalsIgnoreCase(photo.sha256())) {
        others.add(row);
        continue;
      }
      if (takenDown) {
        records.add(failed(row, true, TAKEN_DOWN, "its picture was taken down", source, host));
        continue;
      }
      records.add(record(photo, row, cuts.get(i), source, host, pictures));
    }
    PhotoHeader header = photo.header();
    PhotoFacts facts =
        new PhotoFacts(
            photo.sha256(),
            photo.hash(),
            header.format().name().toLowerCase(Locale.ROOT),
            header.shownWidth(),
            header.shownHeight(),
            photo.encoded().length());
    return new Found(new Made(new PhotoRecord(facts, records), pictures), others);
  }

  private RowRecord record(
      Photo photo, Candidate row, Cuts cuts, String source, String host, List<byte[]> pictures) {
    Captions.Usable texts = captions.of(row.captions());
    List<int[]> found = new ArrayList<>();
    for (Face face : cuts.faces) {
      if (face instanceof Face.Found box) {
        found.add(new int[] {box.left(), box.top(), box.right(), box.bottom()});
      }
    }
    String crowd = filter.refusesFaces(found.size());
    List<FaceRecord> faces = new ArrayList<>();
    for (Cutting cutting : cuts.cuttings) {
      faces.add(
          switch (cutting) {
            case Cutting.None none -> new FaceRecord(none.reason(), null, null);
            case Cut cut -> face(photo, cut, texts, crowd, pictures);
          });
    }
    return new RowRecord(
        row.ordinal(),
        row.file(),
        row.row(),
        row.id(),
        true,
        RowRecord.OK,
        "",
        source,
        row.urls(),
        host,
        texts.count(),
        found,
        faces);
  }

  private FaceRecord face(
      Photo photo, Cut cut, Captions.Usable texts, @Nullable String crowd, List<byte[]> pictures) {
    String left = texts.left() != null ? texts.left() : crowd;
    if (left == null) {
      left = filter.refusesSize(cut.right() - cut.left(), cut.bottom() - cut.top());
    }
    if (left != null) {
      return new FaceRecord(RowRecord.OK, left, null);
    }
    Crop crop = cropper.crop(photo, cut);
    left = filter.refusesLook(crop.pixels());
    if (left != null) {
      return new FaceRecord(RowRecord.OK, left, null);
    }
    byte[] bytes = crop.encoded();
    pictures.add(bytes);
    Box box = cut.box();
    return new FaceRecord(
        RowRecord.OK,
        null,
        new SampleRecord(
            slot(cut),
            cut.width(),
            cut.height(),
            box == null ? null : new double[] {box.x1(), box.y1(), box.x2(), box.y2()},
            texts.texts(),
            bytes.length));
  }

  /** The same for the same place in the photo: two rows of it are the same sample then. */
  private long slot(Cut cut) {
    if (whole) {
      return 0;
    }
    return ((long) cut.left() << 48)
        ^ ((long) cut.top() << 32)
        ^ ((long) cut.right() << 16)
        ^ cut.bottom();
  }

  /** The record of a row that gets no picture. */
  RowRecord failed(
      Candidate row, boolean usable, String reason, String detail, String source, String host) {
    return new RowRecord(
        row.ordinal(),
        row.file(),
        row.row(),
        row.id(),
        usable,
        reason,
        detail,
        source,
        row.urls(),
        host,
        captions.of(row.captions()).count(),
        List.of(),
        List.of());
  }

  @Override
  public void close() {
    reader.close();
    cropper.close();
    filter.close();
  }
}
