package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables with a header line, quoted as in RFC 4180; separated by tabs if the header has one, else
 * by commas.
 */
record CsvTables(Path root, MappedFields fields) implements ListFormat {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvParser.Feature.IGNORE_TRAILING_UNMAPPABLE).build();

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
    CsvSchema schema =
        CsvSchema.emptySchema().withHeader().withColumnSeparator(separator(part.path()));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part.path()), 1 << 18);
        MappingIterator<JsonNode> rows =
            MAPPER.readerFor(JsonNode.class).with(schema).readValues(in)) {
      while (rows.hasNextValue()) {
        sink.add(fields.entry(rows.nextValue(), number++, part.split()));
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          "row %d after the header is cut or no CSV (%s): mend it"
              .formatted(number, e.getOriginalMessage()),
          e);
    }
  }

  private static char separator(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(1 << 16), StandardCharsets.ISO_8859_1);
      String header = begin.lines().findFirst().orElse("");
      return header.indexOf('\t') >= 0 ? '\t' : ',';
    }
  }
}
