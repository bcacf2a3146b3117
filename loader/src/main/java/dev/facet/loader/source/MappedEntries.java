package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.json.ListEntries;
import java.io.IOException;

/** Objects that name their pictures, on their way into an index. */
record MappedEntries(ListedFile part, MappedFields fields, Sink sink) implements ListEntries {
  @Override
  public void add(ObjectNode object, long number) throws IOException {
    sink.add(fields.entry(object, number, part));
  }

  @Override
  public void malformed(long number, String why) throws IOException {
    sink.addMalformed(number, null, why);
  }

  @Override
  public boolean isEntry(ObjectNode object) {
    return fields.namesPicture(object);
  }
}
