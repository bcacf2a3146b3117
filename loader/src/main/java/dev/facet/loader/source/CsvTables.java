package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables with a header line, quoted as in RFC 4180; separated by tabs if the header has one, else
 * by commas.
 */
record CsvTables(Path root, MappedFields fields) implements ListFormat {
  /** As much of a cell as a message shows. */
  private static final int SHOWN = 60;

  private static final ObjectReader ROWS =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build()
          .readerFor(String[].class);

  @Override
  public List<Part> parts() {
    return ListFiles.parts(root, "csv", "tsv");
  }

  @Override
  public Path imageRoot() {
    return ListFiles.folder(root);
  }

  @Override
  public void scan(Part part, Sink sink) throws IOException {
    long number = 0;
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(part.path()));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part.path()), 1 << 18);
        MappingIterator<String[]> rows = ROWS.with(schema).readValues(in)) {
      String[] header = rows.hasNextValue() ? rows.nextValue() : new String[0];
      while (rows.hasNextValue()) {
        String[] row = rows.nextValue();
        long end = rows.getParser().currentLocation().getCharOffset();
        refuseSurplus(header, row, part.path(), end);
        sink.add(fields.entry(object(header, row), number++, part.split()));
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          "row %d after the header is cut or no CSV (%s): mend it"
              .formatted(number, e.getOriginalMessage()),
          e);
    }
  }

  /** A row by the names in the header; cells that it lacks are left out. */
  private static ObjectNode object(String[] header, String[] row) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < Math.min(row.length, header.length); i++) {
      object.put(header[i].strip(), row[i]);
    }
    return object;
  }

  /** A caption with a comma but without quotes would lose all after the comma. */
  private static void refuseSurplus(String[] header, String[] row, Path file, long end)
      throws IOException {
    for (int i = header.length; i < row.length; i++) {
      if (!row[i].isBlank()) {
        throw new IOException(
            "line %d has more cells than the header, which has %d; the first surplus one is '%s': put cells that hold a separator in double quotes"
                .formatted(line(file, end - 1), header.length, shortened(row[i].strip())));
      }
    }
  }

  /** The number of the line with a character; the parser's own leaves out some lines. */
  private static long line(Path file, long character) throws IOException {
    long line = 1;
    try (Reader in = Files.newBufferedReader(file)) {
      int next = in.read();
      for (long at = next == '\uFEFF' ? -1 : 0; next >= 0 && at < character; at++) {
        line += next == '\n' ? 1 : 0;
        next = in.read();
      }
    }
    return line;
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private static char separator(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(1 << 16), StandardCharsets.ISO_8859_1);
      String header = begin.lines().findFirst().orElse("");
      return header.indexOf('\t') >= 0 ? '\t' : ',';
    }
  }
}
